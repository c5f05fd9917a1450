import assert from 'node:assert/strict';
import { meantAt } from '../../../src/features/meantAt';
import { HEAD, readSource } from '../../support/readSource';

const SOURCE = `${HEAD}
function block(x: tf.SymbolicTensor, filters: number) {
  const y = tf.layers.conv2d({ filters, kernelSize: 3 }).apply(x);
  return tf.layers.reLU().apply(y) as tf.SymbolicTensor;
}
const image = tf.input({ shape: [16, 16, 3] });
const first = block(image, 8);
const twice = block(block(first, 16), 32);
const out = tf.layers.flatten().apply(block(twice, 4)) as tf.SymbolicTensor;
export const net = tf.model({ inputs: image, outputs: out });
`;

describe('what a caret means', () => {
  const reading = readSource(SOURCE);
  const at = (word: string, nth = 0): number => {
    let offset = -1;
    for (let found = 0; found <= nth; found++) offset = SOURCE.indexOf(word, offset + 1);
    assert.ok(offset >= 0, word);
    return offset;
  };
  const meant = (offset: number): readonly string[] => {
    const start = SOURCE.lastIndexOf('\n', offset - 1) + 1;
    return meantAt(reading, SOURCE, offset, { start, end: SOURCE.indexOf('\n', offset) });
  };
  /** Classes of the layers that a call, or a site, made: as the panel finds them. */
  const made = (id: string | undefined): readonly string[] => {
    const { graph } = reading.models.find(({ title }) => title === 'net') ?? {};
    assert.ok(graph && id);
    return graph.nodes.flatMap((node) => {
      const layer = graph.layers[node.layer];
      return layer && (layer.site?.id === id || node.callPath?.includes(id))
        ? [`${layer.className} ${JSON.stringify(node.outputShape)}`]
        : [];
    });
  };

  it("is the layers of a helper's call, where it stands on the call's line", () => {
    assert.deepEqual(made(meant(at('const first'))[0]), ['Conv2D [null,14,14,8]', 'ReLU [null,14,14,8]']);
  });

  it('is the call whose name it is on, of several on a line', () => {
    assert.deepEqual(made(meant(at('block(block'))[0]), ['Conv2D [null,10,10,32]', 'ReLU [null,10,10,32]']);
    assert.deepEqual(made(meant(at('block(first') + 5)[0]), ['Conv2D [null,12,12,16]', 'ReLU [null,12,12,16]']);
    assert.deepEqual(meant(at('const twice')).slice(0, 2).map(made), [
      ['Conv2D [null,10,10,32]', 'ReLU [null,10,10,32]'],
      ['Conv2D [null,12,12,16]', 'ReLU [null,12,12,16]'],
    ]);
  });

  it('is the layer whose output it is on', () => {
    assert.deepEqual(made(meant(at('image, 8') + 1)[0]), ['InputLayer [null,16,16,3]']);
  });

  it('is a layer of the line before a call on it, unless it is on the call', () => {
    assert.deepEqual(made(meant(at('flatten'))[0]), ['Flatten [null,256]']);
    assert.deepEqual(made(meant(at('block(twice') + 2)[0]), ['Conv2D [null,8,8,4]', 'ReLU [null,8,8,4]']);
  });

  it('is all layers of a line in the helper, and nothing where nothing is made', () => {
    assert.equal(made(meant(at('const y'))[0]).length, 4);
    assert.deepEqual(meant(at('const image') - 1), []);
    assert.deepEqual(made(meant(at('export const net'))[0]), ['InputLayer [null,16,16,3]'], 'only used');
  });
});
