import * as tf from '@tensorflow/tfjs-core';

/**
 * A tensor of `fresh`'s shape that holds `old`'s values wherever both have a place, counted from the first index on each axis, and
 * `fresh`'s values elsewhere. Both are of one rank. Computed on the device that holds them; nothing is read back. The caller owns all three.
 */
export const resized = (old: tf.Tensor, fresh: tf.Tensor): tf.Tensor =>
  tf.tidy(() => {
    const common = fresh.shape.map((size, axis) => Math.min(size, old.shape[axis] ?? 0));
    if (common.includes(0)) return fresh.clone();
    let grown = tf.slice(old, zeros(old.rank), common);
    for (let axis = 0; axis < fresh.rank; axis++) {
      const missing = (fresh.shape[axis] ?? 0) - (common[axis] ?? 0);
      if (missing === 0) continue;
      const begin = zeros(fresh.rank);
      begin[axis] = common[axis] ?? 0;
      const size = [...grown.shape];
      size[axis] = missing;
      grown = tf.concat([grown, tf.slice(fresh, begin, size)], axis);
    }
    // A slice may share its memory with what it was cut from.
    return grown.clone();
  });

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
