import assert from 'node:assert/strict';
import { depthOf } from '../../../../src/features/compare/depth';
import { spatialSizes } from '../../../../src/features/compare/spatialSizes';
import type { ModelGraph } from '../../../../src/model/graph';
import { HEAD, onlyModel, readSource } from '../../../support/readSource';

const graphOf = (body: string): ModelGraph =>
  onlyModel(readSource(`${HEAD}export function create(n: number, flag: boolean) {\n${body}\n}\n`)).graph;

const INPUT = 'const x = tf.input({ shape: [16, 16, 3] });\n';

describe('the longest way through a model', () => {
  it('counts what has weights, normalisations and activations aside', () => {
    const graph = graphOf(`return tf.sequential({ layers: [
      tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [9, 9, 1] }), tf.layers.batchNormalization({}), tf.layers.prelu({}),
      tf.layers.flatten({}), tf.layers.dense({ units: 3 }), tf.layers.dropout({ rate: 0.5 }), tf.layers.embedding({ inputDim: 4, outputDim: 2 }),
    ] });`);
    assert.equal(depthOf(graph), 3);
  });

  it('takes the deeper of two branches, in depth and in sizes', () => {
    const graph = graphOf(`${INPUT}
      const short = tf.layers.conv2d({ filters: 4, kernelSize: 1, strides: 4 }).apply(x);
      let long = tf.layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }).apply(x);
      long = tf.layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }).apply(long);
      return tf.model({ inputs: x, outputs: tf.layers.add().apply([short, long]) as tf.SymbolicTensor });`);
    assert.equal(depthOf(graph), 2);
    assert.deepEqual(spatialSizes(graph), ['16', '8', '4']);
  });

  it('counts a layer as often as it is gone through', () => {
    const graph = graphOf(`const x = tf.input({ shape: [3] });
      const shared = tf.layers.dense({ units: 3 });
      return tf.model({ inputs: x, outputs: shared.apply(shared.apply(x)) as tf.SymbolicTensor });`);
    assert.equal(depthOf(graph), 2);
  });

  it('has sizes of rows and columns where they differ, none for vectors, and no border of zeros', () => {
    const graph = graphOf(`return tf.sequential({ layers: [
      tf.layers.zeroPadding2d({ padding: [1, 1], inputShape: [8, 12, 1] }), tf.layers.conv2d({ filters: 2, kernelSize: 3 }),
      tf.layers.maxPooling2d({ poolSize: [2, 3] }), tf.layers.flatten(), tf.layers.dense({ units: 5 }),
    ] });`);
    assert.deepEqual(spatialSizes(graph), ['8×12', '4']);
  });

  it('reads the sizes where channels come first', () => {
    const graph = graphOf(`return tf.sequential({ layers: [
      tf.layers.conv2d({ filters: 2, kernelSize: 3, dataFormat: 'channelsFirst', inputShape: [3, 9, 9] }), tf.layers.activation({ activation: 'relu' }),
    ] });`);
    assert.equal(spatialSizes(graph).at(-1), '7');
  });

  it('has the steps of a sequence, and names for what is open', () => {
    const sequence = graphOf('return tf.sequential({ layers: [tf.layers.conv1d({ filters: 2, kernelSize: 3, inputShape: [n, 4] })] });');
    assert.equal(depthOf(sequence), 1);
    assert.ok(spatialSizes(sequence).every((size) => !/^\d+$/.test(size)));
    const any = graphOf(
      "return tf.sequential({ layers: [tf.layers.conv1d({ filters: 2, kernelSize: 3, padding: 'same', inputShape: [null, 4] })] });",
    );
    assert.deepEqual(spatialSizes(any), ['any']);
  });

  it('is not known where the outputs are not', () => {
    const graph = graphOf(`${INPUT}return tf.model({ inputs: x, outputs: elsewhere(tf.layers.flatten().apply(x)) });`);
    assert.equal(depthOf(graph), undefined);
    assert.deepEqual(spatialSizes(graph), []);
  });
});
