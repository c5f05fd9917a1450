/** Dead units and copies, looked for when they are asked for and never while something is drawn. */
export type UnitRequests = {
  /** undefined where the layer has no units of its own: it has no weights and no activation, or did not run. */
  readonly units: { readonly takes: { readonly key: string }; readonly gives: UnitReport | undefined };
};

/** Units of a layer's output that say nothing, or nothing new, over the values that were seen. */
export interface UnitReport {
  /** Channels of a map, features of a sequence, values of a vector. */
  readonly units: number;
  /** Inputs of the batch. */
  readonly inputs: number;
  /** Values of each unit over all inputs and positions. */
  readonly seen: number;
  /** Units that are zero everywhere. */
  readonly dead: readonly number[];
  /** Units that are one another's copies, two or more in each group; dead ones are in none. */
  readonly copies: readonly (readonly number[])[];
  /** True where the search for copies was ended before all likely pairs were compared. */
  readonly cut: boolean;
}

/** With fewer values a unit that is zero everywhere is no surprise: half of a dense layer's are after a ReLU, for any one input. */
export const FEWEST_SEEN = 16;
