import assert from 'node:assert/strict';
import { budgetProblems } from '../../../src/features/budget';
import { describeReal, runProgram } from '../../support/realProgram';
import { HEAD, readSource } from '../../support/readSource';
import type * as tf from '@tensorflow/tfjs';

const NET = `const model = tf.sequential({ layers: [
  tf.layers.conv2d({ name: 'c1', inputShape: [32, 32, 3], filters: 10, kernelSize: 5, padding: 'same' }),
  tf.layers.flatten(),
  tf.layers.dropout({ rate: 0.5 }),
  tf.layers.dense({ name: 'fc', units: 4 }),
] });
`;
// 760 + 40,964 parameters; 32*32*10 + 4 values; 32*32*10*75 + 10240*4 MACs.
const PARAMS = 41_724;
const MACS = 768_000 + 40_960;
const BYTES = 4 * (PARAMS + 10_240 + 4);

const problems = (source: string): readonly string[] =>
  budgetProblems(readSource(HEAD + source)).map(
    ({ span, severity, message, code }) => `${(HEAD + source).slice(span.start, span.end)} ${severity} ${code}: ${message}`,
  );

describe('budgets', () => {
  it('say by how much a model is over, and which layers are the heaviest; the counts are those of TensorFlow.js', () => {
    const program = `${HEAD}export const create = () => {\n// @budget params<40k\n${NET}return model; };`;
    const real = describeReal((runProgram({ '/main.ts': program }, '/main.ts')['create'] as () => tf.LayersModel)());
    assert.equal(real.totalParams, PARAMS);
    const [problem, ...more] = budgetProblems(readSource(program));
    assert.equal(more.length, 0);
    assert.equal(
      problem?.message,
      'params of create: 41,724, 1,724 over the budget of 40,000; heaviest: fc 40,964 (98.2 %), c1 760 (1.8 %)',
    );
    assert.deepEqual(
      problem.related?.map(({ at }) => program.slice(at.start, at.end)),
      ['dense', 'conv2d'],
    );
  });

  it('are kept at the limit with <= and broken with <', () => {
    assert.deepEqual(problems(`// @budget params<=${PARAMS} macs<=${MACS} memory<=${BYTES}B\n${NET}`), []);
    assert.deepEqual(
      problems(`// @budget params<${PARAMS} macs<${MACS}, memory<${BYTES}B\n${NET}`).map((line) => line.replace(/;.*/, '')),
      [
        `params<${PARAMS} warning budget: params of model: 41,724, not below 41,724`,
        `macs<${MACS} warning budget: macs of model: 808,960, not below 808,960`,
        `memory<${BYTES}B warning budget: memory of model: 208 kB, not below 208 kB`,
      ],
    );
  });

  it('hold beside, inside and above what builds the model, in several comments, with remarks', () => {
    const fails = (source: string): void => assert.equal(problems(source).length, 1, source);
    fails(`/** @budget params < 1k (a phone) */\n${NET}`);
    fails(`// @budget params<1k - a phone\nfunction create() {\n${NET}return model;\n}`);
    fails(`function create() { // @budget macs <= 0.1M\n${NET}return model;\n}`);
    fails(`// @budget params<1M macs<1G memory<100MB\n// @budget memory<1kB\nexport const create = () => { ${NET} return model; };`);
    fails(`class Net {\n  // @budget params<1_000\n  build() { ${NET} return model; }\n}`);
    assert.deepEqual(problems(`// @budget params<1M macs<1G memory<100MB\n${NET}`), []);
    assert.deepEqual(problems(`const text = '// @budget params<1';\n${NET}`), [], 'a text is no comment');
  });

  it('say that they cannot be told where the source leaves it open, and nothing is wrong', () => {
    const open = `export function create(n: number) {\n  // @budget params<1k macs<1k memory<1MB\n  const model = tf.sequential();\n  model.add(tf.layers.dense({ units: n, inputShape: [3] }));\n  return model;\n}`;
    assert.deepEqual(problems(open), [
      'params<1k hint budget: params of create cannot be told: 4*n',
      'macs<1k hint budget: macs of create cannot be told: 3*n',
      'memory<1MB hint budget: memory of create cannot be told',
    ]);
  });

  it('that cannot be read, or are about nothing, say what was expected', () => {
    const expected = 'expected `params<5M`, `macs<1G` or `memory<100MB`';
    assert.deepEqual(problems(`// @budget\n${NET}`), [], "what may be somebody else's tag is left alone");
    assert.deepEqual(problems(`// @budget 500 euros\n${NET}`), []);
    assert.deepEqual(problems(`// @budget params\n${NET}`), [`params warning budget: ${expected}, not \`params\``]);
    assert.deepEqual(problems(`// @budget params>5M\n${NET}`), [`params>5M warning budget: ${expected}, not \`params>5M\``]);
    assert.deepEqual(problems(`// @budget flops<5M\n${NET}`), [`flops<5M warning budget: ${expected}: there is no measure \`flops\``]);
    assert.deepEqual(problems(`// @budget memory<5M\n${NET}`), ['memory<5M warning budget: memory is measured in B, kB, MB or GB']);
    assert.deepEqual(problems(`// @budget params<5MB\n${NET}`), [
      'params<5MB warning budget: params is a count: a number, or one with k, M or G behind it',
    ]);
    assert.match(problems(`// @budget params<1k\nconst x = 1;\n${NET}`).join(), /^@budget warning budget: nothing here builds a model/);
    assert.match(problems(`${NET}// @budget params<1k\n`).join(), /^@budget warning budget: nothing here builds a model/);
  });

  it('take as long as the line is short: a hostile comment ends', () => {
    assert.equal(problems(`// @budget ${'params<1k '.repeat(20_000)}\n${NET}`).length > 0, true);
    assert.equal(problems(`// @budget params<${'1_'.repeat(50_000)}\n${NET}`).length, 1);
  });
});
