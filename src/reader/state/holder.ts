import type { Unknown } from '../values/values';
import type { Literal } from './assumptions';

/** The states a holder may be in, each with what must hold for it. */
export interface Version<State> {
  readonly literals: readonly Literal[];
  readonly state: State;
}

let births = 0;

/**
 * Anything that the source can change: a scope, an object, an array, a Sequential. Its state can be saved, put back and joined, which is how both
 * sides of an unknown condition are run. Whoever changes a holder calls `Journal.touch(holder)` first.
 */
export abstract class Holder<State = unknown> {
  constructor(
    /** Order of creation: what was born inside a branch needs no putting back. 0 for what was always there, and is only made late. */
    readonly born = ++births,
  ) {}

  abstract save(): State;
  abstract load(state: State): void;
  /** Loads the join of several states. */
  abstract join(versions: readonly Version<State>[]): void;
  /** Makes unknown what differs between the present state and `other`. */
  abstract blur(other: State, why: Unknown): void;
}

export const birthsSoFar = (): number => births;
