import assert from 'node:assert/strict';
import { hoverAt } from '../../../src/features/hover';
import { HEAD, readSource } from '../../support/readSource';

/** The first line of the hover on a word, and what stands below the block. */
function told(files: { readonly [path: string]: string }, word: string): readonly (string | undefined)[] {
  const text = files['/main.ts'] ?? '';
  const offset = text.indexOf(word);
  assert.ok(offset >= 0, word);
  const lines = (hoverAt(readSource(files), text, offset + 1)?.markdown ?? '').split('\n');
  return [lines[1], lines.at(-1)];
}

const NET = `${HEAD}export function createNet(units: number) {
  const net = tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [4] })] });
  net.summary();
  return net;
}
`;

describe('hover of what stands for a model', () => {
  const sequential = 'Sequential createNet   [null, 4] → [null, 3]';

  it('answers where a variable is used, declared and assigned, and where a call gives a model', () => {
    const text = `${NET}
class Trainer {
  private model: tf.Sequential | undefined;
  async run() {
    this.model = createNet(3);
    this.model.summary();
    const { model: again } = this;
    again!.predict(tf.zeros([1, 4]));
  }
}
void new Trainer().run();`;
    for (const word of ['net.summary', 'model = createNet', 'createNet(3)', 'model.summary', 'again }', 'again!'])
      assert.deepEqual(told({ '/main.ts': text }, word)[0], sequential, word);
  });

  it('answers in a file that imports the function that builds it, and says where that is', () => {
    const text = `import { createNet } from './net';\nconst model = createNet(3);\nawait model.fit(x, y);\n`;
    for (const word of ['model =', 'createNet(3)', 'model.fit'])
      assert.deepEqual(told({ '/main.ts': text, '/net.ts': NET }, word), [sequential, 'Built in [net\\.ts](<file:///net.ts>)'], word);
  });

  it('tells of each model where a line is reached with several', () => {
    const text = `${NET}for (const n of [3, 5]) createNet(n);\n`;
    const markdown = hoverAt(readSource({ '/main.ts': text }), text, text.indexOf('createNet(n)') + 1)?.markdown ?? '';
    assert.match(markdown, /→ \[null, 3\]/);
    assert.match(markdown, /→ \[null, 5\]/);
  });
});
