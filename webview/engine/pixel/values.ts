import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { WeightSlot } from '../build/slots';

/** What the arithmetic of one element reads from. */
export interface Operands {
  readonly layer: tfl.layers.Layer;
  /** Batch first. */
  readonly inputs: readonly tf.Tensor[];
  readonly output: tf.Tensor;
  /** Which example of the batch. */
  readonly example: number;
  readonly training: boolean;
}

/** A part of a tensor's values that was read: row-major, of its own sizes. */
export interface Part {
  readonly values: ArrayLike<number>;
  readonly begin: readonly number[];
  readonly size: readonly number[];
}

/** Reads only what is asked for: the device cuts the part out, so that a window of a large tensor costs no more than the window. */
export const readPart = async (tensor: tf.Tensor, begin: readonly number[], size: readonly number[]): Promise<Part> => {
  const part = tf.slice(tensor, [...begin], [...size]);
  try {
    return { values: await part.data<'float32'>(), begin, size };
  } finally {
    part.dispose();
  }
};

/** Part of an input's or output's example; places and sizes without the batch axis. */
export const readExample = async (tensor: tf.Tensor, example: number, begin: readonly number[], size: readonly number[]): Promise<Part> => {
  const part = await readPart(tensor, [example, ...begin], [1, ...size]);
  return { values: part.values, begin, size };
};

export const readElement = async (tensor: tf.Tensor, example: number, at: readonly number[]): Promise<number> =>
  readExample(
    tensor,
    example,
    at,
    at.map(() => 1),
  ).then(({ values }) => values[0] ?? Number.NaN);

/** The value at a place of the whole tensor. */
export const partAt = (part: Part, at: readonly number[]): number =>
  part.values[at.reduce((index, place, axis) => index * (part.size[axis] ?? 1) + place - (part.begin[axis] ?? 0), 0)] ?? Number.NaN;

/** A weight by the name that its layer gave it; undefined where it has none of that name. */
export const weightOf = (layer: tfl.layers.Layer, name: string): tf.Tensor | undefined => {
  const slots = layer.weights as unknown as readonly WeightSlot[];
  return slots.find((slot) => slot.originalName === name || slot.originalName.endsWith(`/${name}`))?.read();
};

/** One value of a vector of weights; undefined where the layer has no such weight. */
export const readWeight = async (layer: tfl.layers.Layer, name: string, index: number): Promise<number | undefined> => {
  const weight = weightOf(layer, name);
  if (!weight) return undefined;
  return (await readPart(weight, [index], [1])).values[0];
};
