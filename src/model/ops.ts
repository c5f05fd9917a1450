import type { Plain } from './plain';
import type { Shape } from './shape';
import type { SourceSpan } from './span';

/**
 * What a custom layer's `call` computes, as a straight line of TensorFlow.js functions: no condition, no loop, no code of the source is left in
 * it, so that it can be run from a list of allowed functions. Only a `call` that was read completely has one.
 */
export interface OpList {
  readonly steps: readonly OpStep[];
  /** What `call` returns: one value, or several where the layer has several outputs. */
  readonly outputs: readonly OpRef[];
}

export interface OpStep {
  /** The function's path in `tf` (`matMul`, `image.resizeBilinear`); tensor methods under the function's name. */
  readonly op: string;
  readonly args: readonly OpOperand[];
  /** Batch first; null for the batch and for what it decides. Several shapes where the function gives several tensors, `?` sizes where not known. */
  readonly outputShape: Shape | readonly Shape[];
  /** Where the call stands in the source; left out in a model's graph, which is the same wherever its source has moved to. */
  readonly at?: SourceSpan;
}

/**
 * A tensor that a step takes: an input of the layer, one of its weights by name, or output `index` of an earlier step: 0 for a step that gives one
 * tensor, else its position in a list or its key in a record (`mean` of `tf.moments`).
 */
export type OpRef =
  { readonly $input: number } | { readonly $weight: string } | { readonly $step: number; readonly index: number | string };

/** A number that the batch decides: `$batch` times the batch size, and `plus`. */
export interface OpBatch {
  readonly $batch: number;
  readonly plus: number;
}

/** A number that JSON cannot hold. */
export interface OpNumber {
  readonly $number: 'Infinity' | '-Infinity' | 'NaN';
}

/** An argument: a tensor, a number that the batch decides, plain data (null also for an argument that is left out; `{"$unknown": …}` where open), or a list or record with tensors in it. */
export type OpOperand = OpRef | OpBatch | OpNumber | Plain | readonly OpOperand[] | { readonly [key: string]: OpOperand };
