import * as tf from '@tensorflow/tfjs';

/** Weights are made of zeros, as TensorFlow.js itself does for models whose weights are loaded next: hundreds of megabytes in no time. */
export function withZeros<T>(work: () => T): T {
  const prototype = tf.layers.Layer.prototype as unknown as { addWeight(this: tf.layers.Layer, ...args: unknown[]): unknown };
  const { addWeight } = prototype;
  prototype.addWeight = function (...args) {
    this.setFastWeightInitDuringBuild(true);
    return addWeight.apply(this, args);
  };
  try {
    return work();
  } finally {
    prototype.addWeight = addWeight;
  }
}

/** Values in the weights, all together. */
export const sizeOf = (weights: readonly tf.LayerVariable[]): number =>
  weights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0);
