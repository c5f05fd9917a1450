/**
 * What the reader hands over to learn what a `tf` function or tensor method would give: plain, concrete data. No tensor here has values; a
 * function whose result depends on values (`tf.where(condition)`, `tf.unique`) is refused with `limit`.
 */

/** A tensor without values. Sizes are whole numbers, batch first where there is one; rank 0 is a scalar. */
export interface OpTensor {
  readonly tensor: { readonly shape: readonly number[]; readonly dtype: string };
}

/** An argument of a call: tensors, lists and records of them among plain values. Nested lists of numbers are TensorLike, as TensorFlow.js takes them. */
export type OpArgument =
  undefined | null | boolean | number | string | readonly OpArgument[] | { readonly [key: string]: OpArgument } | OpTensor;

/** What a call gives: a tensor, a list or record of tensors, or a plain value (`x.rank`, `x.size`). */
export type OpValue = undefined | null | boolean | number | string | readonly OpValue[] | { readonly [key: string]: OpValue } | OpTensor;

export interface OpResult {
  readonly value: OpValue;
  /** What TensorFlow.js wrote to console.warn. */
  readonly warnings: readonly string[];
}

/** TensorFlow.js refused in its own words; with `limit`, the refusal is Layerscope's own and TensorFlow.js was not asked. */
export interface OpRefused {
  readonly error: string;
  readonly limit?: true;
}

export const isOpTensor = (value: unknown): value is OpTensor =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'tensor') && !Array.isArray(value);

export const isOpRefused = (outcome: OpResult | OpRefused): outcome is OpRefused => Object.hasOwn(outcome, 'error');
