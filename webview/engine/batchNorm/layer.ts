import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** A weight as a layer keeps it. */
interface Weight {
  read(): tf.Tensor;
}

/** The parts of TensorFlow.js' BatchNormalization that its formulas need; they are private in its typings only. */
export interface BatchNormLayer extends tfl.layers.Layer {
  /** May be negative: counted from the end. */
  readonly axis: number;
  readonly momentum: number;
  readonly epsilon: number;
  /** undefined with `scale: false`. */
  readonly gamma?: Weight;
  /** undefined with `center: false`. */
  readonly beta?: Weight;
  readonly movingMean: Weight;
  readonly movingVariance: Weight;
}

export const isBatchNorm = (layer: tfl.layers.Layer | undefined): layer is BatchNormLayer => layer?.getClassName() === 'BatchNormalization';

/** The axis of the channels, from 0. */
export const channelAxis = (layer: BatchNormLayer, rank: number): number => (layer.axis >= 0 ? layer.axis : layer.axis + rank);

/** The axes that a channel's statistics are over. */
export const otherAxes = (layer: BatchNormLayer, rank: number): number[] =>
  Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== channelAxis(layer, rank));

/** Mean and biased variance of the batch, [channels] each, on the device. To be called in a tidy. */
export const batchMoments = (layer: BatchNormLayer, input: tf.Tensor): { readonly mean: tf.Tensor; readonly variance: tf.Tensor } =>
  tf.moments(input, otherAxes(layer, input.rank));

/** The mean and variance that the layer normalises with, [channels] each. To be called in a tidy. */
export const usedMoments = (
  layer: BatchNormLayer,
  input: tf.Tensor,
  training: boolean,
): { readonly mean: tf.Tensor; readonly variance: tf.Tensor } =>
  training ? batchMoments(layer, input) : { mean: layer.movingMean.read(), variance: layer.movingVariance.read() };

/**
 * The layer's output with the setting that hands the input on: gamma = sqrt(variance + epsilon), beta = mean (Ioffe and Szegedy 2015).
 * The layer keeps its own gamma and beta. To be called in a tidy.
 */
export const identityOutput = (layer: BatchNormLayer, input: tf.Tensor, training: boolean): tf.Tensor => {
  const { mean, variance } = usedMoments(layer, input, training);
  const shape = input.shape.map((size, axis) => (axis === channelAxis(layer, input.rank) ? size : 1));
  const [means, variances] = [tf.reshape(mean, shape), tf.reshape(variance, shape)];
  const gamma = tf.sqrt(tf.add(variances, layer.epsilon));
  return tf.add(tf.mul(tf.div(tf.sub(input, means), tf.sqrt(tf.add(variances, layer.epsilon))), gamma), means);
};
