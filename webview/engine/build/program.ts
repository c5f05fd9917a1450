import type * as tfl from '@tensorflow/tfjs-layers';
import type { GraphLayer, GraphNode } from '../../../src/model/graph';
import type { WeightSlot } from './slots';

/** A value that flows: one output of one step. Its index into `Program.values`. */
export type ValueId = number;

export interface Value {
  /** Concrete, batch first. */
  readonly shape: readonly number[];
  /** Steps that read it. */
  readonly readers: number;
}

/** One application of one layer. */
export interface Step {
  /** Path of models, layer and node: `encoder@3/conv1@0`. Unique in its program. */
  readonly key: string;
  /** Names of the nested models around the layer, outermost first. */
  readonly path: readonly string[];
  readonly layer: GraphLayer;
  readonly node: GraphNode | undefined;
  /** undefined for an input, and where the layer cannot be made. */
  readonly runs: tfl.layers.Layer | undefined;
  readonly inputs: readonly ValueId[];
  /** For each input whether it has a mask here: a nested model's inputs have none inside of it. */
  readonly masked: readonly boolean[];
  /** The value whose mask the layer is called with, not always one of its inputs; undefined where it is called without. */
  readonly maskFrom: ValueId | undefined;
  readonly outputs: readonly ValueId[];
  /** The slots of the layer's weights; empty from a shared layer's second application on. */
  readonly slots: readonly WeightSlot[];
  /** True from a shared layer's second application on. */
  readonly shared: boolean;
  /** Why it cannot run; undefined where it can. A step whose inputs are missing has `unreached` instead. */
  readonly stop: string | undefined;
  readonly unreached: boolean;
}

/** All values that must be there when a step runs: what goes in, and what has the mask that it is called with. */
export const readBy = ({ inputs, maskFrom }: Step): readonly ValueId[] =>
  maskFrom === undefined || inputs.includes(maskFrom) ? inputs : [...inputs, maskFrom];

/** What is fed in from outside. */
export interface Feed {
  readonly value: ValueId;
  readonly name: string;
  readonly shape: readonly number[];
  /** Axes of sizes that the source leaves open; the batch is none of them. */
  readonly open: readonly number[];
  /** True where a layer that reads it says that channels come first. */
  readonly channelsFirst: boolean;
  /** Below this, where the input is a list of indices into an embedding. */
  readonly indicesBelow: number | undefined;
}

/** A model, nested ones unfolded, in an order in which each step's inputs come before it. */
export interface Program {
  readonly steps: readonly Step[];
  readonly values: readonly Value[];
  readonly feeds: readonly Feed[];
  readonly outputs: readonly ValueId[];
  readonly slots: readonly WeightSlot[];
}
