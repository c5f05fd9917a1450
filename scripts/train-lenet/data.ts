import * as tf from '@tensorflow/tfjs';
import { drawDigit, SIDE } from './drawing';
import { Random } from './random';

export interface Batch {
  /** [count, 32, 32, 1], 0-1. */
  readonly xs: tf.Tensor4D;
  /** [count, 10], one-hot. */
  readonly ys: tf.Tensor2D;
  readonly labels: readonly number[];
}

/** `count` fresh drawings, the ten digits in turn; the caller disposes of the tensors. */
export const drawBatch = (count: number, random: Random): Batch => {
  const labels = Array.from({ length: count }, (_, k) => k % 10);
  const values = new Float32Array(count * SIDE * SIDE);
  labels.forEach((label, k) => values.set(drawDigit(label, random), k * SIDE * SIDE));
  return {
    xs: tf.tensor4d(values, [count, SIDE, SIDE, 1]),
    ys: tf.tidy(() => tf.oneHot(tf.tensor1d([...labels], 'int32'), 10).toFloat() as tf.Tensor2D),
    labels,
  };
};

/** Seed of the drawings that accuracy is measured on; training never sees them. */
export const HELD_OUT_SEED = 20_001;
export const HELD_OUT_COUNT = 2_000;

/** Seed of the ten drawings that are shipped. */
export const SHIPPED_SEED = 30_001;

/** The share of `count` fresh drawings whose digit the model names. */
export const accuracyOn = (model: tf.LayersModel, seed: number, count: number): number => {
  const random = new Random(seed);
  let right = 0;
  for (let done = 0; done < count; done += 100) {
    const batch = drawBatch(Math.min(100, count - done), random);
    const named = tf.tidy(() => [...(model.predict(batch.xs) as tf.Tensor2D).argMax(1).dataSync()]);
    right += named.filter((digit, k) => digit === batch.labels[k]).length;
    tf.dispose([batch.xs, batch.ys]);
  }
  return right / count;
};
