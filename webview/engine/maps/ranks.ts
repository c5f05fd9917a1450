import * as tf from '@tensorflow/tfjs-core';
import { MOST_SORTED, type Sort } from '../contract/picture';

/** Stands for figures that are not numbers: they come first. */
const FIRST = 3e38;

/**
 * The order of a layer's maps, found on the device so that nothing must be read before it can be drawn.
 * @param values [N, ..., C], or [N, C, ...] with channels first
 * @returns for each tile the index of its map, [C] float32, which belongs to the caller; undefined where the maps stay in their own order
 */
export const orderOf = (values: tf.Tensor, channelsFirst: boolean, sort: Sort, example: number): tf.Tensor1D | undefined => {
  const count = (channelsFirst ? values.shape[1] : values.shape.at(-1)) ?? 1;
  if (sort === 'index' || count < 2 || count > MOST_SORTED) return undefined;
  return tf.tidy(() => {
    const one = tf.slice(values, [example, ...values.shape.slice(1).map(() => 0)], [1, ...values.shape.slice(1)]);
    const flat = channelsFirst ? tf.reshape(one, [count, -1]) : tf.transpose(tf.reshape(one, [-1, count]));
    return inverse(ranksOf(figureOf(tf.cast(flat, 'float32'), sort)));
  });
};

/** @param maps [C, values of a map] */
const figureOf = (maps: tf.Tensor, sort: Sort): tf.Tensor1D => {
  const figure =
    sort === 'strength'
      ? tf.mean(tf.abs(maps), 1)
      : sort === 'variance'
        ? tf.mean(tf.square(tf.sub(maps, tf.mean(maps, 1, true))), 1)
        : tf.mean(tf.cast(tf.equal(maps, 0), 'float32'), 1);
  // None of these is negative; what is not even that is not a number.
  return tf.where(tf.greaterEqual(figure, 0), figure, tf.fill(figure.shape, FIRST)) as tf.Tensor1D;
};

/** How many maps come before each: those with a larger figure, and earlier ones with the same. */
const ranksOf = (figures: tf.Tensor1D): tf.Tensor1D => {
  const count = figures.shape[0];
  const mine = tf.reshape(figures, [count, 1]);
  const others = tf.reshape(figures, [1, count]);
  const index = tf.range(0, count);
  const earlier = tf.cast(tf.less(tf.reshape(index, [1, count]), tf.reshape(index, [count, 1])), 'float32');
  const same = tf.mul(tf.cast(tf.equal(others, mine), 'float32'), earlier);
  return tf.sum(tf.add(tf.cast(tf.greater(others, mine), 'float32'), same), 1);
};

/** The map of each rank. */
const inverse = (ranks: tf.Tensor1D): tf.Tensor1D => {
  const count = ranks.shape[0];
  const index = tf.range(0, count);
  const has = tf.cast(tf.equal(tf.reshape(index, [count, 1]), tf.reshape(ranks, [1, count])), 'float32');
  return tf.sum(tf.mul(has, tf.reshape(index, [1, count])), 1);
};
