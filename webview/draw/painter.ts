import type { Tensor } from '@tensorflow/tfjs-core';
import type { Atlas } from './atlas';
import type { Layout } from './layout';

/** How values become colours. */
export interface Look {
  /** `shared`: one scale for the whole layer. `own`: one for each map. */
  readonly scale: 'shared' | 'own';
  /**
   * `auto`: diverging around zero where the layer has negative values, sequential elsewhere. `gray`: for pictures that are gray by nature.
   * A layout with a `colorStride` is drawn in colour instead, its three values a pixel on one scale around zero, which is middle gray.
   */
  readonly map: 'auto' | 'gray';
}

/** Figures of a layer's output or of one of its maps. `min`, `max`, `mean`, `std` are over finite values, NaN where there are none. */
export interface Statistics {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Population standard deviation. */
  readonly std: number;
  readonly zeros: number;
  readonly nans: number;
  readonly infinities: number;
  readonly count: number;
}

/** One layer's output, or one of its weights, as the painters see it. */
export interface Subject {
  readonly tensor: Tensor;
  readonly layout: Layout;
  /** Row of the layer's figures in the painter's table; below `SLOTS`, or one of `PASSING`. */
  readonly slot: number;
  /** Which map each tile shows: [count] whole numbers as float32, 0-based. In the order of the maps where there is none. */
  readonly order?: Tensor;
  /** Cells that are outlined: above one half where they are. Values lie as those of `tensor` do. */
  readonly marks?: Tensor;
}

/** Puts the first band of an atlas on a sheet, its left upper corner at `x` and `y`, in pixels. */
export type Put = (subject: Subject, atlas: Atlas, look: Look, x: number, y: number) => void;

/** Layers whose figures a painter can hold at once. */
export const SLOTS = 4096;

/** Rows for subjects that are drawn once and forgotten at once. */
export const PASSING = { filters: SLOTS, bias: SLOTS + 1, other: SLOTS + 2 } as const;

/** Rows of a painter's table. */
export const ROWS = SLOTS + 3;

/** A map whose range is below this part of the layer's is flat: an own scale would show nothing but rounding. */
export const FLAT = 1e-5;

/**
 * Draws maps on the device that holds the values. Nothing is read back while drawing: `measure` and `paint` leave the figures
 * that decide the scale on the device; only `readTotals` and `readMaps` bring them here, when someone wants to print them.
 */
export interface Painter {
  /** The longest side of a picture, in pixels. */
  readonly maxSide: number;
  /** Finds the figures of a subject, once; `paint` does so itself where it was not done. */
  measure(subject: Subject): void;
  /** One bitmap a band of the atlas. */
  paint(subject: Subject, atlas: Atlas, look: Look): ImageBitmap[];
  /** One bitmap with pictures of several subjects: `fill` puts them there, at once and not later. */
  paintSheet(width: number, height: number, fill: (put: Put) => void): ImageBitmap;
  /** Figures of the first `slots` layers; those that were not measured are zeros. */
  readTotals(slots: number): Promise<Statistics[]>;
  /** Figures of each map of a measured subject. */
  readMaps(subject: Subject): Promise<Statistics[]>;
  /** Frees what is kept for a slot; must be called before its subject's tensor changes. */
  forget(slot: number): void;
  dispose(): void;
}

/** Figures as the devices write them: range = (min, max, mean, sum of squared deviations), counts = (finite, zeros, nans, infinities). */
export const statisticsFrom = (range: ArrayLike<number>, counts: ArrayLike<number>, at: number): Statistics => {
  const finite = counts[at] ?? 0;
  const count = finite + (counts[at + 2] ?? 0) + (counts[at + 3] ?? 0);
  const known = (value: number | undefined): number => (finite === 0 ? Number.NaN : (value ?? Number.NaN));
  return {
    min: known(range[at]),
    max: known(range[at + 1]),
    mean: known(range[at + 2]),
    std: known(Math.sqrt(Math.max(0, (range[at + 3] ?? 0) / Math.max(1, finite)))),
    zeros: counts[at + 1] ?? 0,
    nans: counts[at + 2] ?? 0,
    infinities: counts[at + 3] ?? 0,
    count,
  };
};
