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
        '```layerscope-hover',
        'block   makes 6 layers, 948 params',
        'Conv2D              ×3  → 8×8×4 … 8×8×16  852',
        'BatchNormalization  ×3  → 8×8×4 … 8×8×16   96',
        // 64 places, each 3*3*3*4, 3*3*4*4 and 3*3*4*16.
        'cost    52,992 MACs',
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

  it('counts what it hands on to others, and links to the calls of it alone', () => {
    const source = `${HEAD}
function unit(x: tf.SymbolicTensor): tf.SymbolicTensor {
  return tf.layers.conv2d({ filters: 4, kernelSize: 1 }).apply(x) as tf.SymbolicTensor;
}
const twice = (x: tf.SymbolicTensor): tf.SymbolicTensor => unit(unit(x));
function stage(x: tf.SymbolicTensor): tf.SymbolicTensor {
  [1, 2].forEach(() => { x = twice(x); });
  return tf.layers.maxPooling2d({ poolSize: 2 }).apply(x) as tf.SymbolicTensor;
}
const x = tf.input({ shape: [8, 8, 4] });
export const model = tf.model({ inputs: x, outputs: stage(stage(unit(x))) });
`;
    const markdown = (word: string): readonly string[] =>
      (hoverAt(readSource(source), source, source.indexOf(word) + 1)?.markdown ?? '').split('\n');
    // 4*4 + 4 each.
    assert.match(markdown('unit(x: ')[1] ?? '', /^unit {3}makes 9 layers, 180 params$/);
    assert.match(markdown('twice = ')[1] ?? '', /^twice {3}makes 8 layers, 160 params$/);
    assert.match(markdown('stage(x: ')[1] ?? '', /^stage {3}makes 10 layers, 160 params$/);
    assert.match(markdown('stage(stage')[1] ?? '', /^stage {3}makes 5 layers, 80 params$/);
    assert.match(markdown('stage(x: ').at(-1) ?? '', /^Calls: line \[12\]\(<[^>]*>\)$/);
    assert.match(markdown('twice = ').at(-1) ?? '', /^Calls: line \[8\]\(<[^>]*>\)$/);
    assert.match(markdown('unit(x: ').at(-1) ?? '', /^Calls: line \[6\]\(<[^>]*>\) · \[12\]\(<[^>]*>\)$/);
  });

  it('tells the model of the function that builds it, at its name and where it is called', () => {
    const source = `${HEAD}
function createNet(units: number) {
  return tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [4] })] });
}
createNet(3).summary();
`;
    for (const word of ['createNet(units', 'createNet(3)'])
      assert.match(
        hoverAt(readSource(source), source, source.indexOf(word) + 1)?.markdown ?? '',
        /^Sequential createNet {3}\[null, 4\] → \[null, 3\]$/m,
      );
  });

  it('says nothing on functions that build nothing', () => {
    const source = `${HEAD}function other(n: number) { return n; }\nconst model = tf.sequential({ layers: [tf.layers.dense({ units: other(2), inputShape: [2] })] });\n`;
    assert.equal(hoverAt(readSource(source), source, source.indexOf('other(n') + 1), undefined);
  });
});
