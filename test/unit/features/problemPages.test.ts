import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type * as tf from '@tensorflow/tfjs';
import { ALL_DIAGNOSTICS, DEFAULT_DIAGNOSTICS, diagnosticsOf } from '../../../src/features/diagnostics';
import { oneLine } from '../../../src/features/writing';
import type { Problem } from '../../../src/model/reading';
import { PROBLEM_KINDS } from '../../../src/rules/codes';
import { runProgram } from '../../support/realProgram';
import { readSource } from '../../support/readSource';
import { predictOnes } from '../rules/ruleTest';

const FOLDER = 'docs/problems';
const pageOf = (code: string): string => readFileSync(join(FOLDER, `${code}.md`), 'utf8');

/** The programs of a page: the one with the problem, and the same put right. */
const programsOf = (page: string): readonly string[] => [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, program = '']) => program);

/** Files beside the programs of a page. */
const BESIDE: Readonly<Record<string, { readonly [path: string]: string }>> = {
  'model-file': { '/model.json': '{ "format": "layers-model" }' },
};

const problemsOf = (code: string, program: string, settings = DEFAULT_DIAGNOSTICS): readonly Problem[] =>
  diagnosticsOf(readSource({ ...BESIDE[code], '/main.ts': program }), program, settings);

/** Without the marks that keep Markdown from taking it for markup, and in one line. */
const plain = (markdown: string): string =>
  oneLine(markdown.replace(/^> ?/gm, '').replace(/\\([^A-Za-z0-9\s])/g, '$1')).replace(/\s+/g, ' ');

const create = (program: string): (() => tf.LayersModel) =>
  runProgram({ '/main.ts': program }, '/main.ts')['create'] as () => tf.LayersModel;

/** Builds the model as `summary` or training would. */
const build = (program: string): tf.LayersModel => {
  const model = create(program)();
  model.summary(undefined, undefined, () => undefined);
  return model;
};

/** What each program does when TensorFlow.js runs it, where it throws; the harms of rules have tests of their own in `test/unit/rules`. */
const THROWS: Readonly<Record<string, (program: string) => unknown>> = {
  'shape-mismatch': build,
  'layer-options': build,
  'layer-name': build,
  'strides-and-dilation': (program) => predictOnes(build(program)),
  'causal-padding': (program) => predictOnes(build(program)),
  'reshape-size': (program) => predictOnes(build(program)),
};

describe('the pages about problems', () => {
  it('are one for each kind, and none for others', () => {
    const pages = readdirSync(FOLDER).map((name) => name.replace(/\.md$/, ''));
    assert.deepEqual(pages.filter((page) => page !== 'README').sort(), PROBLEM_KINDS.map(({ code }) => code).sort());
  });

  it('are all in the index, with what they are shown as', () => {
    const rows = [...pageOf('README').matchAll(/^\| \[([\w-]+)\]\(\1\.md\) +\| (.*?) +\| (.*?) +\|$/gm)].map(([, ...cells]) => cells);
    const shownAs = ({ code, severity }: (typeof PROBLEM_KINDS)[number]): string =>
      problemsOf(code, programsOf(pageOf(code))[0] ?? '').length > 0 ? severity : `${severity}, off`;
    assert.deepEqual(
      rows,
      PROBLEM_KINDS.map((kind) => [kind.code, kind.title, shownAs(kind)]),
    );
  });

  for (const { code, severity } of PROBLEM_KINDS) {
    describe(code, () => {
      const page = pageOf(code);
      const [wrong = '', right = '', ...more] = programsOf(page);

      it('has a program with this problem, in the words that it quotes, and the program put right without any', () => {
        assert.deepEqual(more, []);
        const [problem, ...others] = problemsOf(code, wrong, ALL_DIAGNOSTICS);
        assert.equal(problem?.code, code);
        assert.deepEqual(others, []);
        assert.ok(plain(page).includes(oneLine(problem.message).replace(/\s+/g, ' ')), problem.message);
        const { span } = problem;
        const line = wrong.slice(0, span.start).split('\n').length;
        assert.ok(page.includes(`On line ${line}, at \`${wrong.slice(span.start, span.end)}\``));
        const asked = severity === 'hint' ? { enabled: true, severity: { [code]: 'hint' as const } } : DEFAULT_DIAGNOSTICS;
        assert.deepEqual(problemsOf(code, right, asked), []);
      });

      it('says how to silence it, and so it is', () => {
        assert.ok(page.includes(`// layerscope-ignore-next-line ${code}`));
        assert.ok(page.includes(`// layerscope-ignore-file ${code}`));
        assert.deepEqual(problemsOf(code, `// layerscope-ignore-file ${code}\n${wrong}`, ALL_DIAGNOSTICS), []);
        assert.deepEqual(problemsOf(code, wrong, { enabled: true, severity: { [code]: 'off' } }), []);
      });

      it('leads to pages that are there', () => {
        for (const [, target = ''] of page.matchAll(/\]\(([^)]+\.md)\)/g))
          assert.ok(existsSync(join(dirname(join(FOLDER, 'x')), target)), target);
      });

      const run = THROWS[code];
      if (run)
        it('has a program that TensorFlow.js refuses, and one that it takes', () => {
          assert.throws(() => run(wrong));
          run(right);
        });
    });
  }

  it('declared-shape: what comes out is not what is declared', () => {
    const [wrong = '', right = ''] = programsOf(pageOf('declared-shape'));
    const shapes = (program: string): readonly unknown[] => {
      const model = create(program)();
      return [(model.outputShape as readonly unknown[]).slice(1), predictOnes(model).shape.slice(1)];
    };
    assert.deepEqual(shapes(wrong), [[4], [8]]);
    assert.deepEqual(shapes(right), [[8], [8]]);
  });

  it('model-file: TensorFlow.js does not load it', async () => {
    const program = `import * as tf from '@tensorflow/tfjs';\nexport const create = () => tf.loadLayersModel(tf.io.fromMemory(${BESIDE['model-file']!['/model.json']} as never));\n`;
    await assert.rejects(async () => create(program)());
  });

  it('shape-statement, budget: the model is what the source makes, not what the comment says', () => {
    const [stated = ''] = programsOf(pageOf('shape-statement'));
    assert.deepEqual(build(stated).outputShape, [null, 4]);
    const [large = '', small = ''] = programsOf(pageOf('budget'));
    assert.ok(build(large).countParams() >= 10_000);
    assert.ok(build(small).countParams() < 10_000);
  });
});
