import assert from 'node:assert/strict';
import { hoverAt } from '../../../src/features/hover';
import { HEAD, readSource } from '../../support/readSource';

const SOURCE = `${HEAD}
function block(x: tf.SymbolicTensor, filters: number): tf.SymbolicTensor {
  const y = tf.layers.conv2d({ filters, kernelSize: 3, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  return tf.layers.batchNormalization().apply(y) as tf.SymbolicTensor;
}
const x = tf.input({ shape: [8, 8, 3] });
const a = block(x, 4);
const b = block(a, 4);
const c = block(b, 16);
export const model = tf.model({ inputs: x, outputs: c });
`;

const at = (word: string): string => hoverAt(readSource(SOURCE), SOURCE, SOURCE.indexOf(word) + 1)?.markdown ?? '';

describe('hover of a helper that builds layers', () => {
  it('tells at its name what all its calls made, with links to them', () => {
    // 3*3*3*4 + 4, 3*3*4*4 + 4, 3*3*4*16 + 16; 4*4, 4*4, 4*16.
    assert.equal(
      at('block(x: '),
      [
        '```text',
        'block   makes 6 layers, 948 params',
        'Conv2D              ×3  → 8×8×4 … 8×8×16  852',
        'BatchNormalization  ×3  → 8×8×4 … 8×8×16   96',
        '```',
        '',
        'Calls: line [8](<file:///main.ts#L8>) · [9](<file:///main.ts#L9>) · [10](<file:///main.ts#L10>)',
      ].join('\n'),
    );
  });

  it('tells at a call what this call made', () => {
    assert.deepEqual(at('block(b, 16)').split('\n').slice(1, 4), [
      'block   makes 2 layers, 656 params',
      'Conv2D              ×1  → 8×8×16  592',
      'BatchNormalization  ×1  → 8×8×16   64',
    ]);
    assert.match(at('block(x, 4)'), /^block {3}makes 2 layers, 128 params$/m);
  });

  it('says nothing on functions that build nothing', () => {
    const source = `${HEAD}function other(n: number) { return n; }\nconst model = tf.sequential({ layers: [tf.layers.dense({ units: other(2), inputShape: [2] })] });\n`;
    assert.equal(hoverAt(readSource(source), source, source.indexOf('other(n') + 1), undefined);
  });
});
