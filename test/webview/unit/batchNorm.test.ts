import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { batchesLeft, channelsOf, normalised, type Setting } from '../../../webview/engine/batchNorm/formulas';
import { isBatchNorm, type BatchNormLayer } from '../../../webview/engine/batchNorm/layer';
import { channelReport, identityReport, reportOf } from '../../../webview/engine/batchNorm/report';

const never = new AbortController().signal;

const close = (found: number, expected: number, what: string): void =>
  assert.ok(Math.abs(found - expected) <= 1e-4 * Math.max(1, Math.abs(expected)), `${what}: ${found}, not ${expected}`);

/** A batch norm of TensorFlow.js with weights that say something, an input for it, and its two outputs. */
const example = (shape: readonly number[], options: Parameters<typeof tf.layers.batchNormalization>[0] = {}) => {
  const layer = tf.layers.batchNormalization({ ...options, inputShape: shape.slice(1) });
  const input = tf.add(tf.mul(tf.randomNormal([...shape], 0, 1, 'float32', 1), 3), 0.7);
  layer.apply(input);
  layer.setWeights(layer.weights.map((weight, k) => tf.randomUniform(weight.shape as number[], k === 0 ? -2 : 0.2, 2, 'float32', k + 5)));
  assert.ok(isBatchNorm(layer));
  return { layer: layer as BatchNormLayer, input };
};

const valuesOf = (tensor: tf.Tensor): Float32Array => tensor.dataSync<'float32'>();

/** The values of one channel, by their places; float64 and by hand. */
const ofChannel = (tensor: tf.Tensor, axis: number, channel: number): number[] => {
  const strides = tensor.shape.map((_, k) => tensor.shape.slice(k + 1).reduce((total, size) => total * size, 1));
  return [...valuesOf(tensor)].filter((_, k) => Math.floor(k / (strides[axis] ?? 1)) % (tensor.shape[axis] ?? 1) === channel);
};

/**
 * What TensorFlow.js makes of an input, by a layer of its own with the same weights. Channels go last for it: its cpu kernel takes the
 * weights in turn along the last axis, whatever the layer's axis is.
 */
const outputOf = (layer: BatchNormLayer, input: tf.Tensor, axis: number, training: boolean): tf.Tensor => {
  const copy = tf.layers.batchNormalization({ epsilon: layer.epsilon, momentum: layer.momentum });
  const last = [...input.shape.keys()].filter((k) => k !== axis).concat(axis);
  const output = tf.tidy(() => {
    const moved = tf.transpose(input, last);
    copy.build(moved.shape);
    copy.setWeights(layer.getWeights());
    const made = copy.apply(moved, { training }) as tf.Tensor;
    return tf.transpose(
      made,
      last.map((_, k) => last.indexOf(k)),
    );
  });
  for (const weight of copy.weights) weight.dispose();
  return output;
};

const momentsOf = (values: readonly number[]): { readonly mean: number; readonly variance: number } => {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return { mean, variance: values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length };
};

const cases = [
  { what: 'after a convolution', shape: [4, 5, 6, 3], axis: 3, options: {} },
  { what: 'after a dense layer', shape: [16, 5], axis: 1, options: { momentum: 0.9, epsilon: 1e-5 } },
  { what: 'over sequences', shape: [3, 7, 4], axis: 2, options: {} },
  { what: 'with channels first', shape: [2, 3, 5, 4], axis: 1, options: { axis: 1 } },
] as const;

describe('batch norm figures', () => {
  before(() => tf.setBackend('cpu'));

  for (const { what, shape, axis, options } of cases) {
    it(`are those of TensorFlow.js ${what}, in both modes, and change nothing`, async () => {
      const { layer, input } = example(shape, options);
      const weights = layer.getWeights().map((weight) => [...valuesOf(weight)]);
      const before = tf.memory().numTensors;
      for (const training of [false, true]) {
        const report = await reportOf('bn', layer, input, training);
        assert.equal(report.m, input.size / (shape[axis] ?? 1));
        assert.deepEqual([report.epsilon, report.momentum], [layer.epsilon, layer.momentum]);
        const setting: Setting = { ...report, identity: false };
        const truth = outputOf(layer, input, axis, training);
        channelsOf(report.channels, setting).forEach((channel) => {
          const xs = ofChannel(input, axis, channel.index);
          const { mean, variance } = momentsOf(xs);
          close(channel.batchMean, mean, 'batch mean');
          close(channel.batchVariance, variance, 'biased batch variance');
          close(channel.gamma, weights[0]?.[channel.index] ?? NaN, 'gamma');
          close(channel.beta, weights[1]?.[channel.index] ?? NaN, 'beta');
          close(channel.movingMean, weights[2]?.[channel.index] ?? NaN, 'moving mean');
          close(channel.movingVariance, weights[3]?.[channel.index] ?? NaN, 'moving variance');
          close(channel.drift, (mean - channel.movingMean) / Math.sqrt(channel.movingVariance + layer.epsilon), 'drift');
          const ys = ofChannel(truth, axis, channel.index);
          xs.forEach((x, k) => close(normalised(x, channel, layer.epsilon).y, ys[k] ?? NaN, `y of ${x}`));
        });
        truth.dispose();
      }
      assert.equal(tf.memory().numTensors, before);
    });

    it(`of one channel ${what} are its values before and after, and its largest input`, async () => {
      const { layer, input } = example(shape, options);
      const output = layer.apply(input) as tf.Tensor;
      const before = tf.memory().numTensors;
      const found = await channelReport({ key: 'bn', channel: 1, identity: false }, layer, { input, output, training: false }, never);
      const [xs, ys] = [ofChannel(input, axis, 1), ofChannel(output, axis, 1)];
      assert.equal(found.before.figures.count, xs.length);
      close(found.before.figures.mean, momentsOf(xs).mean, 'mean before');
      close(found.after.figures.std, Math.sqrt(momentsOf(ys).variance), 'deviation after');
      assert.equal(found.sample?.x, Math.max(...xs));
      assert.equal(found.sample.y, ys[xs.indexOf(Math.max(...xs))]);
      const place = found.sample.at.reduce((flat, index, k) => flat * (input.shape[k] ?? 1) + index, 0);
      assert.equal(valuesOf(input)[place], found.sample.x);
      assert.equal(tf.memory().numTensors, before);
    });

    it(`with gamma = sqrt(variance + epsilon) and beta = mean hand the input on ${what}`, async () => {
      const { layer, input } = example(shape, options);
      const before = tf.memory().numTensors;
      for (const training of [false, true]) {
        const identity = await identityReport(layer, input, training);
        assert.ok(identity.difference <= 1e-5, String(identity.difference));
        close(identity.largest, Math.max(...valuesOf(input).map(Math.abs)), 'largest input');
        const report = await reportOf('bn', layer, input, training);
        const [channel] = channelsOf(report.channels, { ...report, identity: true });
        assert.ok(channel);
        close(normalised(1.5, channel, layer.epsilon).y, 1.5, 'identity');
        const output = layer.apply(input) as tf.Tensor;
        const job = { key: 'bn', channel: 0, identity: true } as const;
        const one = await channelReport(job, layer, { input, output, training }, never);
        close(one.after.figures.mean, one.before.figures.mean, 'mean');
        close(one.after.figures.std, one.before.figures.std, 'deviation');
        output.dispose();
      }
      assert.equal(tf.memory().numTensors, before);
    });
  }

  it('take a missing gamma for 1 and a missing beta for 0', async () => {
    const { layer, input } = example([4, 3], { scale: false, center: false });
    const report = await reportOf('bn', layer, input, false);
    assert.deepEqual([report.scale, report.center], [false, false]);
    assert.deepEqual(
      [report.channels.gamma, report.channels.beta],
      [
        [1, 1, 1],
        [0, 0, 0],
      ],
    );
  });

  it('refuse a channel that is not there', async () => {
    const { layer, input } = example([4, 3]);
    const output = layer.apply(input) as tf.Tensor;
    for (const channel of [-1, 3, 0.5, NaN])
      await assert.rejects(
        channelReport({ key: 'bn', channel, identity: false }, layer, { input, output, training: false }, never),
        /no channel/,
      );
  });
});

describe('batches that a moving average still needs', () => {
  it('are the fewest after which less than 1 % of a deviation is left', () => {
    for (const momentum of [0.5, 0.9, 0.99, 0.999])
      for (const drift of [0.011, -0.5, 1, -3, 1e4]) {
        const count = batchesLeft(drift, momentum);
        assert.ok(momentum ** count * Math.abs(drift) < 0.01);
        assert.ok(momentum ** (count - 1) * Math.abs(drift) >= 0.01);
      }
    assert.equal(batchesLeft(1, 0.99), 459);
  });

  it('are as many as TensorFlow.js itself takes', () => {
    const layer = tf.layers.batchNormalization({ momentum: 0.8, epsilon: 1e-5 }) as unknown as BatchNormLayer;
    const input = tf.tensor2d([[4], [6]]);
    layer.apply(input);
    const distance = (): number => Math.abs((valuesOf(layer.movingMean.read())[0] ?? NaN) - 5) / Math.sqrt(1 + 1e-5);
    const count = batchesLeft(5 / Math.sqrt(1 + 1e-5), 0.8);
    for (let k = 0; k < count - 1; k++) layer.apply(input, { training: true });
    assert.ok(distance() >= 0.01);
    layer.apply(input, { training: true });
    assert.ok(distance() < 0.01);
  });

  it('are none where it is there, one without momentum, and never enough with a momentum of 1 or 99', () => {
    assert.equal(batchesLeft(0.009, 0.99), 0);
    assert.equal(batchesLeft(5, 0), 1);
    assert.equal(batchesLeft(5, 1), Infinity);
    assert.equal(batchesLeft(5, 99), Infinity);
  });
});

describe('channels that are switched off', () => {
  const setting: Setting = { epsilon: 1e-3, momentum: 0.99, training: false, identity: false };
  const off = (gamma: number, batchMean: number, batchVariance: number, movingVariance = 1): string | undefined =>
    channelsOf(
      {
        gamma: [gamma],
        beta: [0.3],
        movingMean: [0],
        movingVariance: [movingVariance],
        batchMean: [batchMean],
        batchVariance: [batchVariance],
      },
      setting,
    )[0]?.off;

  it('are told with their reason', () => {
    assert.equal(off(0, 0, 1), 'gamma');
    assert.equal(off(1e-5, 0, 1), 'gamma');
    assert.equal(off(1, 0, 0), 'input');
    assert.equal(off(1, 5, 1e-14), 'input');
    assert.equal(off(0.01, 0, 1, 1e9), 'output');
    assert.equal(off(1, 0, 1), undefined);
  });
});
