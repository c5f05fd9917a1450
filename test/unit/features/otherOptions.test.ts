import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { hoverAt } from '../../../src/features/hover';
import { HEAD, readSource } from '../../support/readSource';

tf.env().set('IS_TEST', true);

const firstLine = (source: string, word: string): string | undefined =>
  hoverAt(readSource(HEAD + source), HEAD + source, (HEAD + source).indexOf(word) + 1)?.markdown.split('\n')[1];

const shapeOf = (...layers: readonly tf.layers.Layer[]): string =>
  `[${JSON.stringify(tf.sequential({ layers: [...layers] }).outputShape)
    .slice(1, -1)
    .split(',')
    .join(', ')}]`;

describe('what the neighbours of an option would give', () => {
  it('is, of a dropout, what TensorFlow.js scales by', () => {
    const source = 'const m = tf.sequential({ layers: [tf.layers.dropout({ rate: 0.5, inputShape: [4] })] });';
    assert.equal(
      firstLine(source, 'rate:'),
      'rate    0.25 → 25 % dropped, the rest times 1.33; 0.5 → 50 % dropped, the rest times 2; 0.75 → 75 % dropped, the rest times 4',
    );
    const kept = tf.tidy(() => [...tf.dropout(tf.ones([400]), 0.75, undefined, 1).dataSync()].filter((value) => value !== 0));
    assert.ok(kept.every((value) => value === 4));
  });

  it('is, of a batch norm’s momentum, how long it remembers', () => {
    const source = 'const m = tf.sequential({ layers: [tf.layers.batchNormalization({ momentum: 0.99, inputShape: [4] })] });';
    assert.equal(
      firstLine(source, 'momentum:'),
      "memory  μ ← 0.99*μ + 0.01*(the batch's mean); batches until half is forgotten: 0.9 → 7, 0.99 → 69, 0.999 → 693",
    );
  });

  it('is, of a concatenation’s axis, each shape that it can make', () => {
    const source = `const a = tf.input({ shape: [4, 6] }); const b = tf.input({ shape: [4, 2] });
const c = tf.layers.concatenate({ axis: -1 }).apply([a, b]) as tf.SymbolicTensor; const m = tf.model({ inputs: [a, b], outputs: c });`;
    assert.equal(firstLine(source, 'axis:'), 'axis    1 → refused, 2 → [null, 4, 8]');
    assert.throws(() => tf.layers.concatenate({ axis: 1 }).apply([tf.input({ shape: [4, 6] }), tf.input({ shape: [4, 2] })]));
  });

  it('is, of returnSequences, both shapes', () => {
    const source = 'const m = tf.sequential({ layers: [tf.layers.lstm({ units: 7, returnSequences: true, inputShape: [5, 3] })] });';
    const [every, last] = [true, false].map((returnSequences) =>
      shapeOf(tf.layers.lstm({ units: 7, returnSequences, inputShape: [5, 3] })),
    );
    assert.equal(firstLine(source, 'returnSeq'), `returns true → ${every}, false → ${last}`);
  });

  it('is, of an upsampling’s size, the sizes that it makes', () => {
    const source = 'const m = tf.sequential({ layers: [tf.layers.upSampling2d({ size: [2, 2], inputShape: [5, 5, 3] })] });';
    assert.equal(firstLine(source, 'size:'), 'size    1 → 5, 2 → 10, 3 → 15');
    assert.equal(shapeOf(tf.layers.upSampling2d({ size: [3, 3], inputShape: [5, 5, 3] })), '[null, 15, 15, 3]');
  });

  it('is, of units and filters, what half and twice as many cost', () => {
    const source = 'const m = tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [84] })] });';
    const params = [5, 10, 20].map((units) => tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [84] })] }).countParams());
    assert.equal(
      firstLine(source, 'units:'),
      `unit    each 84 + 1 = 85 params; 5 → ${params[0]}, 10 → ${params[1]}, 20 → ${params[2]?.toLocaleString('en-US')}`,
    );
  });

  const model = (layer: string): string => `const m = tf.sequential({ layers: [tf.layers.${layer}] });`;

  it('is, of an input’s shape, how much one example is', () => {
    assert.equal(firstLine(model('flatten({ inputShape: [227, 227, 3] })'), 'inputShape:'), 'example 227*227*3 = 154,587 values, 618 kB');
    assert.equal(firstLine('const x = tf.input({ shape: [10] });', 'shape:'), 'example 10 values, 40 B');
  });

  it('is, of a reshape, that both have as many values', () => {
    assert.equal(firstLine(model('reshape({ targetShape: [3, 4], inputShape: [12] })'), 'targetShape:'), 'values  12 = 3*4');
    assert.equal(
      firstLine(model('reshape({ targetShape: [7, 7, 64], inputShape: [3136] })'), 'targetShape:'),
      'values  3136 = 7*7*64 = 3,136',
    );
  });

  it('is, of an embedding, the table’s rows', () => {
    const source = model('embedding({ inputDim: 5000, outputDim: 16, inputShape: [20] })');
    assert.equal(firstLine(source, 'inputDim:'), 'table   5,000 numbers that it takes, 0 … 4999; 16 params for each');
    assert.equal(
      tf.layers.embedding({ inputDim: 5000, outputDim: 16 }).apply(tf.input({ shape: [20] })) instanceof tf.SymbolicTensor,
      true,
    );
  });

  it('is, of a bidirectional layer’s merge mode, both lengths', () => {
    const source = model("bidirectional({ layer: tf.layers.lstm({ units: 6 }) as tf.RNN, mergeMode: 'concat', inputShape: [12, 5] })");
    const shape = (mergeMode: 'concat' | 'sum'): string =>
      shapeOf(tf.layers.bidirectional({ layer: tf.layers.lstm({ units: 6 }) as tf.RNN, mergeMode, inputShape: [12, 5] }));
    assert.equal(firstLine(source, 'mergeMode:'), `joined  concat → ${shape('concat')}; sum, mul, ave → ${shape('sum')}`);
  });

  it('is, of a depth multiplier, the channels', () => {
    const source = model('depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, inputShape: [8, 8, 5] })');
    const channels = [1, 2, 3].map(
      (depthMultiplier) =>
        tf
          .sequential({ layers: [tf.layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier, inputShape: [8, 8, 5] })] })
          .outputShape.at(-1) as number,
    );
    assert.equal(firstLine(source, 'depthMultiplier:'), `filters 1 → ${channels[0]}, 2 → ${channels[1]}, 3 → ${channels[2]} channels`);
  });

  it('is, of a normalisation’s scale and center, what is left', () => {
    const source = model('batchNormalization({ scale: true, center: true, inputShape: [4, 4, 8] })');
    const params = (options: object): number =>
      tf.sequential({ layers: [tf.layers.batchNormalization({ ...options, inputShape: [4, 4, 8] })] }).countParams();
    assert.equal(
      firstLine(source, 'scale:'),
      `scale   false: no γ, ${params({ scale: false })} params; fit then throws in TensorFlow.js 4.22`,
    );
    assert.equal(
      firstLine(source, 'center:'),
      `center  false: no β, ${params({ center: false })} params; fit then throws in TensorFlow.js 4.22`,
    );
  });

  it('is, of zero padding, the sizes with more and less', () => {
    const source = model('zeroPadding2d({ padding: [1, 1], inputShape: [28, 28, 3] })');
    const size = (padding: [number, number]): number =>
      tf.sequential({ layers: [tf.layers.zeroPadding2d({ padding, inputShape: [28, 28, 3] })] }).outputShape[1] as number;
    assert.equal(
      firstLine(source, 'padding:'),
      `zeros   0 → 28, 1 → ${size([1, 1])}, 2 → ${size([2, 2])}; a convolution of 2*p + 1 keeps its input's size with p`,
    );
  });

  it('is the crash of fit that a missing scale or center brings', async () => {
    for (const options of [{ scale: false }, { center: false }]) {
      const net = tf.sequential({ layers: [tf.layers.batchNormalization({ ...options, inputShape: [3] }), tf.layers.dense({ units: 1 })] });
      net.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      await assert.rejects(net.fit(tf.ones([4, 3]), tf.ones([4, 1]), { verbose: 0 }));
    }
  });
});
