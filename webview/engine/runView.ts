import type * as tf from '@tensorflow/tfjs-core';
import type { Program, Step, ValueId } from './build/program';

/** One layer of the last run, with its values. They belong to the run: what is made of them is its maker's to free, they are not. */
export interface StepValues {
  readonly step: Step;
  readonly inputs: readonly tf.Tensor[];
  readonly outputs: readonly tf.Tensor[];
}

/**
 * What an analysis may ask of the session: it reads the last run and changes nothing of it. Its work takes turns with runs, so the values stay
 * while `use` is at work, however long that takes; `use` must stop where its signal fires.
 */
export interface RunView {
  readonly program: Program;
  /** Which example of the batch is shown, 0-based. */
  readonly example: number;
  /** True where the last run was in training mode. */
  readonly training: boolean;
  /** Throws where the program has no step of this key. */
  step(key: string): Step;
  /** The values are at hand, in their order; those that were not kept are computed again. Rejects where a layer that makes one did not run. */
  withValues<T>(
    ids: readonly ValueId[],
    signal: AbortSignal,
    use: (tensors: readonly tf.Tensor[], signal: AbortSignal) => T | Promise<T>,
  ): Promise<T>;
  /** The same for all that a layer takes and gives. */
  withStep<T>(key: string, signal: AbortSignal, use: (values: StepValues, signal: AbortSignal) => T | Promise<T>): Promise<T>;
}
