import * as tf from '@tensorflow/tfjs-core';
import type { Sort } from '../contract/picture';

/** Stands for figures that are not numbers: they come first. */
const FIRST = 3e38;

/** Pairs of maps that are compared at once: more would take much memory. */
const MOST_PAIRS = 2 ** 22;

/**
 * The order of a layer's maps, found on the device so that nothing must be read before it can be drawn.
 * @param values [N, ..., C], or [N, C, ...] with channels first
 * @param mostPairs of maps that are compared at once
 * @returns for each tile the index of its map, [C] float32, which belongs to the caller; undefined where the maps stay in their own order
 */
export const orderOf = (
  values: tf.Tensor,
  channelsFirst: boolean,
  sort: Sort,
  example: number,
  mostPairs = MOST_PAIRS,
): tf.Tensor1D | undefined => {
  const count = (channelsFirst ? values.shape[1] : values.shape.at(-1)) ?? 1;
  if (sort === 'index' || count < 2) return undefined;
  return tf.tidy(() => {
    const one = tf.slice(values, [example, ...values.shape.slice(1).map(() => 0)], [1, ...values.shape.slice(1)]);
    const flat = channelsFirst ? tf.reshape(one, [count, -1]) : tf.transpose(tf.reshape(one, [-1, count]));
    return inverse(ranksOf(figureOf(tf.cast(flat, 'float32'), sort), mostPairs), mostPairs);
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
const ranksOf = (figures: tf.Tensor1D, mostPairs: number): tf.Tensor1D => {
  const count = figures.shape[0];
  const others = tf.reshape(figures, [1, count]);
  const theirs = tf.reshape(tf.range(0, count), [1, count]);
  return byBlocks(count, mostPairs, (from, size) => {
    const mine = tf.reshape(tf.slice(figures, [from], [size]), [size, 1]);
    const earlier = tf.cast(tf.less(theirs, column(from, size)), 'float32');
    const same = tf.mul(tf.cast(tf.equal(others, mine), 'float32'), earlier);
    return tf.sum(tf.add(tf.cast(tf.greater(others, mine), 'float32'), same), 1);
  });
};

/** The map of each rank. */
const inverse = (ranks: tf.Tensor1D, mostPairs: number): tf.Tensor1D => {
  const count = ranks.shape[0];
  const index = tf.reshape(tf.range(0, count), [1, count]);
  const theirs = tf.reshape(ranks, [1, count]);
  return byBlocks(count, mostPairs, (from, size) => {
    const has = tf.cast(tf.equal(column(from, size), theirs), 'float32');
    return tf.sum(tf.mul(has, index), 1);
  });
};

/** `from`, `from` + 1, …, one below the other. */
const column = (from: number, size: number): tf.Tensor => tf.reshape(tf.range(from, from + size), [size, 1]);

/** Makes a list in parts, so that what is compared with every map stays small. */
const byBlocks = (count: number, mostPairs: number, part: (from: number, size: number) => tf.Tensor): tf.Tensor1D => {
  const most = Math.max(1, Math.floor(mostPairs / count));
  const parts = Array.from({ length: Math.ceil(count / most) }, (_, k) => tf.tidy(() => part(k * most, Math.min(most, count - k * most))));
  return (parts.length === 1 && parts[0] ? parts[0] : tf.concat(parts)) as tf.Tensor1D;
};
