import * as tf from '@tensorflow/tfjs-core';

export interface Windows {
  /** Along frames, rows, columns, as are the strides. */
  readonly filterSize: readonly number[];
  readonly strides: readonly number[];
  readonly pad: 'same' | 'valid';
}

/** Below every value that a layer gives. */
const LOWEST = -3e38;

/**
 * How many windows of a max pooling of volumes each input wins. TensorFlow.js' own gradient is no help here: on cpu it takes the wrong input
 * where a window is not as high as wide. So each place in the window is held against what came out; the first that is equal has won.
 * To be called in a tidy.
 * @param input [N, frames, rows, columns, C]
 */
export const volumeWins = (input: tf.Tensor, output: tf.Tensor, { filterSize, strides, pad }: Windows): tf.Tensor => {
  const { padInfo } = tf.backend_util.computePool3DInfo(input.shape as Five, three(filterSize), three(strides), 1, pad);
  const begins = [padInfo.front, padInfo.top, padInfo.left];
  const axes = [0, 1, 2].map((k): Axis => {
    const [size = 1, stride = 1, begin = 0] = [filterSize[k], strides[k], begins[k]];
    const [inputs = 1, outputs = 1] = [input.shape[k + 1], output.shape[k + 1]];
    // Each place of a window is read as a row of whole strides.
    return { axis: k + 1, stride, outputs, begin, end: Math.max(0, size - 1 + outputs * stride - begin - inputs) };
  });
  const padded = axes.reduce((tensor, { axis, begin, end }) => extended(tensor, axis, begin, end, LOWEST), input);
  let left = tf.onesLike(output);
  let wins = tf.zerosLike(padded);
  for (const offsets of places(filterSize)) {
    const read = axes.reduce((tensor, one, k) => everyStride(tensor, one, offsets[k] ?? 0), padded);
    const won = tf.mul(tf.cast(tf.equal(read, output), 'float32'), left);
    left = tf.sub(left, won);
    wins = tf.add(
      wins,
      axes.reduce((tensor, one, k) => backInPlace(tensor, one, offsets[k] ?? 0, padded.shape[one.axis] ?? 0), won),
    );
  }
  return tf.slice(wins, [0, ...begins, 0], input.shape);
};

type Five = [number, number, number, number, number];

/** One axis that the windows slide along. */
interface Axis {
  readonly axis: number;
  readonly stride: number;
  /** Windows. */
  readonly outputs: number;
  /** What is put before and after the input. */
  readonly begin: number;
  readonly end: number;
}

const three = (list: readonly number[]): [number, number, number] => [list[0] ?? 1, list[1] ?? 1, list[2] ?? 1];

const places = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>((all, size) => all.flatMap((place) => Array.from({ length: size }, (_, k) => [...place, k])), [[]]);

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

const withSize = (shape: readonly number[], axis: number, size: number): number[] => shape.map((dim, k) => (k === axis ? size : dim));

/** Not every backend pads five axes; all of them join. */
const extended = (tensor: tf.Tensor, axis: number, before: number, after: number, value: number): tf.Tensor => {
  const more = (size: number): tf.Tensor[] => (size > 0 ? [tf.fill(withSize(tensor.shape, axis, size), value)] : []);
  return before + after === 0 ? tensor : tf.concat([...more(before), tensor, ...more(after)], axis);
};

/** The values at an offset in each window. */
const everyStride = (tensor: tf.Tensor, { axis, stride, outputs }: Axis, offset: number): tf.Tensor => {
  const { shape } = tensor;
  const begin = shape.map((_, k) => (k === axis ? offset : 0));
  const rows = tf.slice(tensor, begin, withSize(shape, axis, outputs * stride));
  const [before, after] = [product(shape.slice(0, axis)), product(shape.slice(axis + 1))];
  const first = tf.slice(tf.reshape(rows, [before * outputs, stride, after]), [0, 0, 0], [before * outputs, 1, after]);
  return tf.reshape(first, withSize(shape, axis, outputs));
};

/** The other way: each window's value at an offset, zeros elsewhere. */
const backInPlace = (tensor: tf.Tensor, { axis, stride, outputs }: Axis, offset: number, length: number): tf.Tensor => {
  const { shape } = tensor;
  const [before, after] = [product(shape.slice(0, axis)), product(shape.slice(axis + 1))];
  const rows = extended(tf.reshape(tensor, [before * outputs, 1, after]), 1, 0, stride - 1, 0);
  return extended(tf.reshape(rows, withSize(shape, axis, outputs * stride)), axis, offset, length - offset - outputs * stride, 0);
};
