import type { PictureShape } from '../inputs/picture';

/** What is fed into one input of a model. */
export type FeedInput =
  /** A shipped drawing; the examples of a batch are this digit and the ones after it. */
  | { readonly kind: 'digit'; readonly digit: number }
  /** The examples of a batch have this seed and the ones after it. */
  | { readonly kind: 'random'; readonly seed: number }
  | { readonly kind: 'zeros' }
  /** One example's values in the tensor's order; all examples of a batch have them. */
  | {
      readonly kind: 'values';
      /** Equal names are equal values. */
      readonly name: string;
      readonly values: Float32Array;
      /** True for a picture of one channel, which is gray by nature. */
      readonly gray: boolean;
    };

/** What is fed into a model: the same into each of its inputs, or one after another in the order of `Built.feeds`. */
export type InputChoice = FeedInput | { readonly kind: 'each'; readonly feeds: readonly FeedInput[] };

/** One input of a model. */
export interface FeedInfo {
  readonly name: string;
  /** Concrete, batch first. */
  readonly shape: readonly number[];
  /** Axes of sizes that the source leaves open, and that the panel or a person chose; the batch is none of them. */
  readonly open: readonly number[];
  /** What random values are drawn from: "0-1", "whole numbers below 1,000". */
  readonly range: string;
  /** Set where the input is a list of indices into an embedding: all are below this. */
  readonly indicesBelow: number | undefined;
  /** Pixels a side of the shipped digit that fits; undefined where none does. */
  readonly digit: number | undefined;
  /** Set where a picture can be fed in. */
  readonly picture: PictureShape | undefined;
}
