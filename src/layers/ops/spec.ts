/**
 * What the reader hands over to learn what a `tf` function or tensor method would give: plain, concrete data. No tensor here has values; a
 * function whose result depends on values (`tf.whereAsync(condition)`, `tf.unique`) is refused with `limit`.
 */

/**
 * A tensor without values. Sizes are whole numbers, batch first where there is one; rank 0 is a scalar. `variable` is there on what
 * `tf.variable` gives: it can be assigned to.
 */
export interface OpTensor {
  readonly tensor: { readonly shape: readonly number[]; readonly dtype: string; readonly variable?: true };
}

/** A typed array of the program's that holds so many numbers, whichever they are. */
export interface OpValues {
  readonly values: { readonly type: 'Float32Array' | 'Int32Array' | 'Uint8Array' | 'Uint8ClampedArray'; readonly length: number };
}

/** An argument of a call: tensors, lists and records of them among plain values. Nested lists of numbers are TensorLike, as TensorFlow.js takes them. */
export type OpArgument =
  undefined | null | boolean | number | string | readonly OpArgument[] | { readonly [key: string]: OpArgument } | OpTensor | OpValues;

/** What a call gives: a tensor, a list or record of tensors, or a plain value (`x.rank`, `x.size`). */
export type OpValue = undefined | null | boolean | number | string | readonly OpValue[] | { readonly [key: string]: OpValue } | OpTensor;

export interface OpResult {
  readonly value: OpValue;
  /** What TensorFlow.js wrote to console.warn. */
  readonly warnings: readonly string[];
  /** Multiply-accumulates, counted as for layers (`layers/cost.ts`); NaN where no count is agreed on. */
  readonly macs: number;
}

/** TensorFlow.js refused in its own words; with `limit`, the refusal is Layerscope's own and TensorFlow.js was not asked. */
export interface OpRefused {
  readonly error: string;
  readonly limit?: true;
}

const hasRecord = (value: unknown, key: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.hasOwn(value, key) &&
  typeof (value as Record<string, unknown>)[key] === 'object' &&
  (value as Record<string, unknown>)[key] !== null;

export const isOpTensor = (value: unknown): value is OpTensor =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'tensor') && !Array.isArray(value);

export const isOpValues = (value: unknown): value is OpValues =>
  hasRecord(value, 'values') && typeof (value as OpValues).values.type === 'string';

export const isOpRefused = (outcome: OpResult | OpRefused): outcome is OpRefused => Object.hasOwn(outcome, 'error');
