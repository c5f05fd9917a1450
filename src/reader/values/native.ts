import type { Value } from './values';

/** A built-in function that the reader knows how to run. */
export class Native {
  constructor(
    readonly name: string,
    readonly run: (self: Value, args: readonly Value[], at: CallPlace) => Value,
    /** Properties of the function object itself (`Array.from`, `Promise.all`). */
    readonly members?: ReadonlyMap<string, Value>,
    /** What `new` does, where it differs from calling. */
    readonly construct?: (args: readonly Value[], at: CallPlace) => Value,
  ) {}
}

/** Where a call stands in the source. */
export interface CallPlace {
  readonly path: string;
  /** 0-based offsets of the whole call. */
  readonly start: number;
  readonly end: number;
  /** The token that names what is called, or `new`. */
  readonly name?: { readonly start: number; readonly end: number };
}
