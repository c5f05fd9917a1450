import * as tf from '@tensorflow/tfjs-core';
import type { BatchNormChannel, BatchNormChannelJob, BatchNormIdentity, BatchNormReport, BatchNormSample } from '../contract/batchNorm';
import type { Box } from '../histograms/boxes';
import type { Values } from '../histograms/distribution';
import { distributionOf } from '../histograms/read';
import { batchMoments, channelAxis, identityOutput, otherAxes, type BatchNormLayer } from './layer';

/** Weights and batch statistics of a layer. The batch's are found on the device; six short lists are read. */
export const reportOf = async (key: string, layer: BatchNormLayer, input: tf.Tensor, training: boolean): Promise<BatchNormReport> => {
  const over = otherAxes(layer, input.rank).map((axis) => input.shape[axis] ?? 1);
  const batch = tf.tidy(() => batchMoments(layer, input));
  try {
    const movingMean = await listOf(layer.movingMean.read());
    const all = (value: number): number[] => new Array<number>(movingMean.length).fill(value);
    return {
      key,
      training,
      m: over.reduce((total, size) => total * size, 1),
      over,
      epsilon: layer.epsilon,
      momentum: layer.momentum,
      scale: layer.gamma !== undefined,
      center: layer.beta !== undefined,
      channels: {
        gamma: layer.gamma ? await listOf(layer.gamma.read()) : all(1),
        beta: layer.beta ? await listOf(layer.beta.read()) : all(0),
        movingMean,
        movingVariance: await listOf(layer.movingVariance.read()),
        batchMean: await listOf(batch.mean),
        batchVariance: await listOf(batch.variance),
      },
    };
  } finally {
    tf.dispose([batch.mean, batch.variance]);
  }
};

const listOf = async (tensor: tf.Tensor): Promise<number[]> => [...(await tensor.data<'float32'>())];

/** One channel before and after the layer; only that channel is read. */
export const channelReport = async (
  job: BatchNormChannelJob,
  layer: BatchNormLayer,
  { input, output, training }: { readonly input: tf.Tensor; readonly output: tf.Tensor; readonly training: boolean },
  signal: AbortSignal,
): Promise<BatchNormChannel> => {
  const axis = channelAxis(layer, input.rank);
  if (!Number.isInteger(job.channel) || !(job.channel >= 0 && job.channel < (input.shape[axis] ?? 0)))
    throw new Error(`This layer has no channel ${job.channel}.`);
  const part = channelBox(input.shape, axis, job.channel);
  const largest = new Largest();
  const before = await distributionOf(input, signal, part, (values, box) => largest.see(values, box));
  const result = job.identity ? tf.tidy(() => identityOutput(layer, input, training)) : output;
  try {
    const after = await distributionOf(result, signal, part);
    return { ...job, before, after, sample: await sampleOf(largest, result) };
  } finally {
    if (job.identity) result.dispose();
  }
};

const channelBox = (shape: readonly number[], axis: number, channel: number): Box => ({
  begin: shape.map((_, k) => (k === axis ? channel : 0)),
  size: shape.map((size, k) => (k === axis ? 1 : size)),
});

const sampleOf = async ({ at, value }: Largest, output: tf.Tensor): Promise<BatchNormSample | undefined> => {
  if (!at) return undefined;
  const one = tf.slice(
    output,
    [...at],
    at.map(() => 1),
  );
  try {
    const [y = Number.NaN] = await one.data<'float32'>();
    return { x: value, y, at };
  } finally {
    one.dispose();
  }
};

/** The largest finite value of what it sees, and its place in the tensor; the first of several. */
class Largest {
  at: readonly number[] | undefined;
  value = -Infinity;

  see(values: Values, box: Box): void {
    let k = 0;
    for (const value of values) {
      if (value > this.value && Number.isFinite(value)) {
        this.value = value;
        this.at = placeIn(box, k);
      }
      k++;
    }
  }
}

/** Where the k-th value of a box stands in the tensor that the box was cut from. */
const placeIn = ({ begin, size }: Box, k: number): number[] => {
  let rest = k;
  const place = [...begin];
  for (let axis = size.length - 1; axis >= 0; axis--) {
    const length = size[axis] ?? 1;
    place[axis] = (begin[axis] ?? 0) + (rest % length);
    rest = Math.floor(rest / length);
  }
  return place;
};

/** Holds a layer's output under the identity setting against its input; two numbers are read. */
export const identityReport = async (layer: BatchNormLayer, input: tf.Tensor, training: boolean): Promise<BatchNormIdentity> => {
  const both = tf.tidy(() => {
    const apart = tf.max(tf.abs(tf.sub(identityOutput(layer, input, training), input)));
    return tf.stack([apart, tf.max(tf.abs(input))]);
  });
  try {
    const [difference = Number.NaN, largest = Number.NaN] = await both.data<'float32'>();
    return { difference, largest, values: input.size };
  } finally {
    both.dispose();
  }
};
