import assert from 'node:assert/strict';
import { join } from 'node:path';
import { EXIT } from '../../../src/cli/output';
import { run } from '../../../src/cli/run';

const root = join(__dirname, '../../..');

function cli(...args: string[]): { readonly code: number; readonly out: string; readonly err: string } {
  let out = '';
  let err = '';
  const code = run(args, root, { out: (text) => (out += text), err: (text) => (err += text) });
  return { code, out, err };
}

interface Answer {
  readonly version: number;
  readonly files: readonly {
    readonly path: string;
    readonly sites: readonly {
      line: number;
      column: number;
      factory: string;
      className: string;
      layers: readonly Record<string, unknown>[];
    }[];
    readonly models: readonly Record<string, unknown>[];
    readonly problems: readonly unknown[];
  }[];
}

describe('the command line', () => {
  it('prints JSON: positions on the factory, shapes, counts, totals', () => {
    const { code, out, err } = cli('read', '--json', 'examples/lenet5.ts');
    const { version, files } = JSON.parse(out) as Answer;
    const [file] = files;
    assert.deepEqual([code, err, version, file?.path], [EXIT.fine, '', 1, 'examples/lenet5.ts']);
    const [first] = file?.sites ?? [];
    assert.deepEqual(first?.layers, [{ name: 'c1', outputShape: [null, 28, 28, 6], params: 156, trainableParams: 156 }]);
    assert.deepEqual([first?.factory, first?.className], ['conv2d', 'Conv2D']);
    assert.deepEqual(
      file?.models.map((model) => model['totalParams']),
      [61706],
    );
    assert.deepEqual(file?.problems, []);
  });

  it('prints a table with source lines and totals', () => {
    const { code, out } = cli('read', 'examples/vgg16.ts');
    assert.equal(code, EXIT.fine);
    assert.match(out, /Total params: 138,357,544/);
    assert.match(out, /\(Conv2D\)\s+\[null, 224, 224, 64\]\s+1,792/);
  });

  it('reads several files in one go', () => {
    const { files } = JSON.parse(cli('read', '--json', 'examples/lenet5.ts', 'examples/alexnet.ts').out) as Answer;
    assert.deepEqual(
      files.map((file) => file.path),
      ['examples/lenet5.ts', 'examples/alexnet.ts'],
    );
  });

  it('a file that is not there: a message, and an exit code that is not zero; the others are still answered', () => {
    const { code, out, err } = cli('read', '--json', 'nowhere.ts', 'examples/lenet5.ts');
    assert.equal(code, EXIT.failed);
    assert.match(err, /nowhere\.ts: there is no such file/);
    assert.equal((JSON.parse(out) as Answer).files.length, 1);
  });

  it('a file outside the folder, and one in node_modules, are refused in words', () => {
    assert.match(cli('read', '../outside.ts').err, /outside the current folder/);
    assert.match(cli('read', 'node_modules/typescript/package.json').err, /node_modules/);
  });

  it('a call that is wrong gets the usage and exit code 2', () => {
    for (const args of [[], ['read'], ['train', 'x.ts'], ['read', '--colour', 'x.ts']]) {
      const { code, err } = cli(...args);
      assert.equal(code, EXIT.usage);
      assert.match(err, /Usage: layerscope read/);
    }
    assert.equal(cli('--help').code, EXIT.fine);
  });
});
