import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFile } from '../../../src/reader/read';
import { MemoryWorkspace } from '../../support/memoryWorkspace';
import { HEAD, onlyModel, readSource } from '../../support/readSource';

const DENSE = 'tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });';

describe('bad input', () => {
  it('syntax errors: what is whole around them is read', () => {
    const reading = readSource(`${HEAD}const good = ${DENSE}\nfunction broken( { const x = = 3;\nclass {`);
    assert.equal(reading.models[0]?.totalParams, 8);
  });

  it('an endless loop ends, says so, and leaves the rest of the file its answers', () => {
    const reading = readSource(
      `${HEAD}export function spin() { while (true) { tf.memory(); } }\nexport function grow() { for (;;) { grow(); } }\nexport const create = () => ${DENSE}`,
    );
    assert.equal(onlyModel(reading).totalParams, 8);
    assert.ok(
      reading.limits.some((limit) => limit.includes('rounds')),
      reading.limits.join(),
    );
  });

  it('what an unfinished loop counted is not taken for its value', () => {
    const reading = readSource(
      `${HEAD}let n = 0;\nfor (let i = 0; i < 1e6; i++) n++;\ntf.layers.dense({ units: n }).apply(tf.input({ shape: [2] }));`,
    );
    assert.equal(reading.sites[0]?.cases[0]?.outputShape?.[1], 'n');
  });

  it('a getter that loops, and recursion without end', () => {
    const reading = readSource(
      `${HEAD}const o = { get size() { while (true) {} } };\nexport const a = () => o.size;\nconst f = (n) => f(n + 1);\nexport const b = () => f(0);\nexport const create = () => ${DENSE}`,
    );
    assert.equal(onlyModel(reading).totalParams, 8);
  });

  it('a model of 10^12 parameters is counted, not made', () => {
    const reading = readSource(
      `${HEAD}export const create = () => tf.sequential({ layers: [tf.layers.dense({ units: 1e6, inputShape: [1e6], useBias: false })] });`,
    );
    assert.equal(onlyModel(reading).totalParams, 1e12);
  });

  it('a file of 10 MB is refused in words', () => {
    const reading = readSource(`${HEAD}const x = '${'x'.repeat(10_000_000)}';`);
    assert.match(reading.limits.join(), /files over 5,000,000 are not read/);
    assert.deepEqual(reading.sites, []);
  });

  it('ten thousand nested brackets', () => {
    for (const [open, close] of [
      ['(', ')'],
      ['[', ']'],
      ['{a:', '}'],
    ] as const) {
      const reading = readSource(`${HEAD}const x = ${open.repeat(10_000)}1${close.repeat(10_000)};`);
      assert.ok(reading.limits.length > 0 || reading.sites.length === 0);
    }
  });

  it('hostile names are names like any other', () => {
    const reading = readSource(`${HEAD}
      const o = { ['__proto__']: { units: 5 }, constructor: 7 };
      export function create() {
        const model = tf.sequential({ name: '<img src=x onerror=alert(1)>' });
        model.add(tf.layers.dense({ units: o['__proto__'].units, inputShape: [2], name: 'constructor' }));
        model.add(tf.layers.dropout({ rate: 0.5, name: 'toString' }));
        model.add(tf.layers.dense({ units: o.constructor, name: 'hasOwnProperty' }));
        model.add(tf.layers.dropout({ rate: 0.5, name: '[link](command:evil)' }));
        model.add(tf.layers['constructor']({ units: 3 }));
        model.add(tf.layers['__proto__']({ units: 3 }));
        return model;
      }`);
    assert.deepEqual(
      reading.sites.map((site) => site.cases.map((one) => one.params)),
      [[15], [0], [42], [undefined]],
    );
    assert.deepEqual(
      reading.problems.map((problem) => problem.message),
      ["Not a valid tensor name: '[link](command:evil)'"],
    );
    assert.equal(({} as Record<string, unknown>)['units'], undefined);
  });

  it('imports in a circle', () => {
    const reading = readSource({
      '/main.ts': `${HEAD}import { b } from './b';\nexport const a = 3;\nexport const create = () => tf.sequential({ layers: [tf.layers.dense({ units: b(), inputShape: [2] })] });`,
      '/b.ts': `import { a } from './main';\nexport const b = () => a * 2;`,
    });
    assert.equal(onlyModel(reading).totalParams, 18);
  });

  it('no program is ever executed', () => {
    const before = (globalThis as Record<string, unknown>)['owned'];
    readSource(
      `${HEAD}globalThis.owned = true; process.exit(3); require('fs').writeFileSync('owned', ''); (function(){}).constructor('globalThis.owned = true')(); eval('globalThis.owned = true'); new Function('globalThis.owned = true')(); setTimeout('globalThis.owned = true'); /(a+)+$/.test('${'a'.repeat(40)}!'); ${DENSE}`,
    );
    assert.equal((globalThis as Record<string, unknown>)['owned'], before);
  });

  it('nothing in the reader could execute one', () => {
    const root = join(__dirname, '../../../src');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^(reader|layers|features|model|rules)\b.*\.ts$/.test(file),
    );
    assert.ok(files.length > 50, 'the rooms were not found');
    for (const file of files) {
      // Data of our own, which webpack puts into a file beside the bundle, is no program.
      const text = readFileSync(join(root, file), 'utf8').replace(/import\(\/\* webpackChunkName: "\w+" \*\/ '\.\/\w+\.json'\)/g, '');
      assert.doesNotMatch(
        text,
        /\beval\s*\(|new Function\(|node:vm|node:child_process|node:fs|(?<!['\w])import\(|(?<!['\w])require\(/,
        file,
      );
    }
  });

  it('a file that leads to a whole application is read with the files next to it, and it is said that the rest was not', () => {
    const files: Record<string, string> = { '/main.ts': `${HEAD}import './part0';\nexport const create = () => ${DENSE}` };
    for (let n = 0; n < 500; n++) files[`/part${n}.ts`] = `import './part${n + 1}';\n`;
    const { reading, touched } = readFile('/main.ts', new MemoryWorkspace(files));
    assert.equal(onlyModel(reading).totalParams, 8);
    assert.ok(touched.length < 450, `${touched.length} files`);
    assert.deepEqual(reading.limits, ['more than 400 files are imported, one through the other; the rest was not read']);
  });

  it('the step budget is kept', () => {
    const loops = Array.from(
      { length: 50 },
      (_, i) => `export function f${i}() { for (let i = 0; i < 1e9; i++) for (let j = 0; j < 1e9; j++) tf.memory(); }`,
    ).join('\n');
    const reading = readSource(HEAD + loops, { stepBudget: 50_000 });
    assert.ok(
      reading.limits.some((limit) => limit.includes('steps')),
      reading.limits.join(),
    );
  });

  it('what TensorFlow.js refuses is a problem where it stands, in its own words; what follows is unknown', () => {
    const source = `${HEAD}export function create() {
      const input = tf.input({ shape: [8, 8, 4] });
      const a = tf.layers.conv2d({ filters: 4, kernelSize: 3 }).apply(input);
      const sum = tf.layers.add().apply([a, input]);
      return tf.model({ inputs: input, outputs: tf.layers.flatten().apply(sum) });
    }`;
    const reading = readSource(source);
    assert.deepEqual(
      reading.problems.map(({ span, message }) => [source.slice(span.start, span.end), message]),
      [['apply', 'Operands could not be broadcast together with shapes 6,6,4 8,8,4']].map(([at, message]) => [
        at,
        reading.problems[0]?.message ?? message,
      ]),
    );
    assert.match(reading.problems[0]?.message ?? '', /broadcast/);
    assert.match(reading.sites.find((site) => site.factory === 'flatten')?.unknown ?? '', /add at line 5 fails/);
  });
});
