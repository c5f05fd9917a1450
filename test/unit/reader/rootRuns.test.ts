import assert from 'node:assert/strict';
import { readFile } from '../../../src/reader/read';
import { MemoryWorkspace } from '../../support/memoryWorkspace';

const HEAD = `import * as tf from '@tensorflow/tfjs';\n`;

/** Of each run of an entry point, the first word of its statement that is a name, and what is noted of it. */
function runs(source: string): readonly string[] {
  const { rootRuns } = readFile('/main.ts', new MemoryWorkspace({ '/main.ts': HEAD + source }));
  const nameOf = (statement: (typeof rootRuns)[number]['statement']): string =>
    /(?:function|class|const) (\w+)/.exec(statement?.getText() ?? '')?.[1] ?? '?';
  return rootRuns.map(({ statement, isConfined, changed }) =>
    [nameOf(statement), isConfined ? 'confined' : 'not confined', ...changed.map((run) => `after ${nameOf(run.statement)}`)].join(' '),
  );
}

describe('what is noted of the runs of entry points', () => {
  it('is that they change nothing but what they make', () => {
    const source = `export function a() { const all: number[] = []; all.push(3); let n = 1; n += 2; return tf.layers.dense({ units: n }); }
export const b = (n: number) => { const model = tf.sequential(); if (n > 3) model.add(tf.layers.dense({ units: n, inputShape: [2] })); return model; };`;
    assert.deepEqual(runs(source), ['a confined', 'b confined']);
  });

  it('is that they change what was there before', () => {
    for (const change of ['count += 1;', 'sizes.push(3);', 'options.units = 4;', 'model.add(tf.layers.dense({ units: 2 }));'])
      assert.deepEqual(
        runs(
          `let count = 0;\nconst sizes: number[] = [];\nconst options = { units: 3 };\nconst model = tf.sequential();\nexport function a() { ${change} return tf.layers.dense({ units: 2 }); }`,
        ),
        ['a not confined'],
        change,
      );
    assert.deepEqual(runs(`class Own extends tf.layers.Layer {}\nexport function a() { tf.serialization.registerClass(Own); }`), [
      'a not confined',
    ]);
  });

  it('is whose objects they change, where another run made them', () => {
    const source = `export class Store {
  units = 3;
  grow() { this.units = 5; return tf.layers.dense({ units: this.units }); }
  shrink() { this.units = 2; return tf.layers.dense({ units: this.units }); }
}`;
    assert.deepEqual(runs(source), ['Store confined', 'Store confined after Store']);
  });
});
