import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { EXIT } from '../../../src/cli/output';
import { run } from '../../../src/cli/run';

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";
const GOOD = `${HEAD}const model = tf.sequential();\nmodel.add(tf.layers.dense({ units: 10, inputShape: [4] }));\n`;
const REFUSED = `${HEAD}const model = tf.sequential();\n  model.add(tf.layers.dense({ units: 4 }));\n`;
const COSTLY = GOOD.replace('const model', '// @budget params<50\nconst model');
const OPEN = `${HEAD}// @budget params<50\nexport const f = (n: number) => tf.sequential({ layers: [tf.layers.dense({ units: n, inputShape: [4] })] });\n`;

const ESCAPE = '\u001b';

interface Answer {
  readonly version: number;
  readonly files: readonly { readonly path: string; readonly problems: readonly Record<string, unknown>[] }[];
}

describe('layerscope check', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'check-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function lay(files: { readonly [path: string]: string }): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }

  function check(args: readonly string[], isColoured = false): { readonly code: number; readonly out: string; readonly err: string } {
    let [out, err] = ['', ''];
    const code = run(['check', ...args], folder, { out: (text) => (out += text), err: (text) => (err += text), isColoured });
    return { code, out, err };
  }

  it('prints nothing but a count, and ends with 0, where all is well', () => {
    lay({ 'good.ts': GOOD });
    assert.deepEqual(check(['good.ts']), { code: EXIT.fine, out: 'no problems in 1 file\n', err: '' });
  });

  it('prints file, line, column, severity, message and code, and ends with 1', () => {
    lay({ 'src/bad.ts': REFUSED });
    const { code, out } = check(['src']);
    assert.equal(code, EXIT.failed);
    assert.match(
      out,
      /^src\/bad\.ts:3:\d+ error The first layer in a Sequential model must get an `inputShape`.* \[[a-z-]+\]\n1 problem in 1 file\n$/,
    );
  });

  it('fails where a budget is broken, and not where it cannot be told', () => {
    lay({ 'costly.ts': COSTLY, 'open.ts': OPEN });
    const { code, out } = check(['costly.ts']);
    assert.equal(code, EXIT.failed);
    assert.match(out, /^costly\.ts:2:12 warning params of model: 50, not below 50; heaviest: \S+ 50 \(100 %\) \[budget\]\n/);
    assert.equal(check(['open.ts']).code, EXIT.fine);
    const hint = check(['--severity', 'hint', 'open.ts']);
    assert.equal(hint.code, EXIT.failed);
    assert.match(hint.out, /^open\.ts:2:12 hint params of f cannot be told: 5\*n \[budget\]/);
    assert.equal(check(['--severity', 'error', 'costly.ts']).code, EXIT.fine);
  });

  it('walks folders: sources with TensorFlow.js, packages and builds left out, large files skipped with a word', () => {
    lay({
      'src/good.ts': GOOD,
      'src/deep/er/bad.mjs': REFUSED,
      'src/plain.ts': 'export const x = 1;\n',
      'node_modules/p/bad.ts': REFUSED,
      'dist/bad.js': REFUSED,
      'src/large.ts': `${HEAD}// ${'x'.repeat(6 * 1024 * 1024)}`,
    });
    const { code, out, err } = check(['--json', '.']);
    const { version, files } = JSON.parse(out) as Answer;
    assert.deepEqual([code, version, files.map(({ path }) => path)], [EXIT.failed, 1, ['src/good.ts', 'src/deep/er/bad.mjs']]);
    assert.deepEqual(
      files[1]?.problems.map(({ line, column, endLine, severity }) => [line, column, endLine, severity]),
      [[3, 23, 3, 'error']],
    );
    assert.equal(err, 'layerscope: src/large.ts: is larger than 5 MB and is not read; skipped\n');
  });

  it('checks a file once, however often it is named', () => {
    lay({ 'src/good.ts': GOOD });
    assert.equal(check(['src', 'src/good.ts', './src']).out, 'no problems in 1 file\n');
  });

  it('ends with 2 where something that is named cannot be read, and still answers the rest', () => {
    lay({ 'bad.ts': REFUSED });
    const { code, out, err } = check(['bad.ts', 'nowhere', '../elsewhere.ts', '..']);
    assert.equal(code, EXIT.usage);
    assert.match(out, /1 problem in 1 file/);
    assert.match(err, /nowhere: there is no such file\n.*elsewhere\.ts: lies outside[^\n]*\n.*\.\.: lies outside/);
  });

  it('ends with 2 and the usage where the call is wrong', () => {
    for (const args of [[], ['--severity', 'awful', 'x.ts'], ['--fix', 'x.ts']]) {
      const { code, err } = check(args);
      assert.equal(code, EXIT.usage);
      assert.match(err, /layerscope check/);
    }
  });

  it('uses colour only where it is told that a terminal is there', () => {
    lay({ 'bad.ts': REFUSED });
    assert.ok(!check(['bad.ts']).out.includes(ESCAPE));
    assert.ok(check(['bad.ts'], true).out.includes(`${ESCAPE}[31merror${ESCAPE}[0m`));
    assert.ok(!check(['--json', 'bad.ts'], true).out.includes(ESCAPE));
  });

  it('takes what control characters a source brings as text', () => {
    lay({ 'bad.ts': `${HEAD}// @budget params<50 \u001b[31m\n` });
    assert.ok(!check(['--severity', 'hint', 'bad.ts']).out.includes(ESCAPE));
  });
});
