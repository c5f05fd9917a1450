import type { DataType } from '@tensorflow/tfjs-core';
import { LimitError } from '../../limits';

/** What a kernel knows of a tensor: sizes and type, no values. */
export interface Info {
  readonly shape: number[];
  readonly dtype: DataType;
}

/**
 * A kernel that computes what its outputs would be, from inputs and attributes under TensorFlow.js' own names. It is registered for one kernel
 * name and so called with that kernel's inputs alone, which is why the parameters of each are its own.
 */
export type Kernel = (inputs: never, attrs: never) => Info | Info[];

export type Kernels = { readonly [kernelName: string]: Kernel };

export const info = (shape: readonly number[], dtype: DataType): Info => ({ shape: [...shape], dtype });

/** The same sizes and type, or the sizes with another type. */
export const like = (x: Info, dtype: DataType = x.dtype): Info => info(x.shape, dtype);

/** For a kernel whose outputs' sizes are not in its inputs' sizes. */
export const dependsOnValues = (what: string): (() => never) => {
  return () => {
    throw new LimitError(`The shape of ${what} depends on values, which are not known before the program runs.`);
  };
};

/** The sizes in another order. A place that is not there gives what JavaScript gives, and what is made of it is refused in the end. */
export const transposed = (shape: readonly number[], perm: readonly number[]): number[] =>
  shape.map((_, i) => shape[perm[i] as number] as number);
