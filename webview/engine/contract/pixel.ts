import type { Recomputed } from '../pixel/arithmetic';
import type { AxisSet, Region } from '../pixel/region';

/** One element of a layer of the last run: where it comes from, and how. Everything is read for this element alone. */
export type PixelRequests = {
  readonly pixel: { readonly takes: PixelJob; readonly gives: PixelReport };
  /** One map of a layer, as numbers. */
  readonly pixelMap: { readonly takes: PixelMapJob; readonly gives: PixelMap };
  /** One value. */
  readonly pixelValue: { readonly takes: PixelPlace; readonly gives: number };
};

export interface PixelPlace {
  readonly key: string;
  /** Index in the layer's first output, without the batch axis. */
  readonly at: readonly number[];
  /** Which example of the batch; the first where it is left out. */
  readonly example?: number;
}

export interface PixelJob extends PixelPlace {
  /** The input channel whose window is shown; the one that counts most where it is left open. */
  readonly channel: number | undefined;
}

export interface PixelReport extends PixelJob {
  readonly recomputed: Recomputed;
  /** What the element depends on in each of the model's inputs; inputs that it does not depend on have an empty region. */
  readonly inputs: readonly FieldPart[];
  /** The same for what the layer itself reads. */
  readonly parents: readonly FieldPart[];
  /** Names of layers of which nothing is known, so that they are taken to read everything. */
  readonly unknown: readonly string[];
}

export interface FieldPart {
  /** The step that gives the values. */
  readonly key: string;
  readonly name: string;
  /** Batch first. */
  readonly shape: readonly number[];
  readonly region: Region;
  /** By axis of one example: the indices that no layer reads. */
  readonly unread: readonly AxisSet[];
}

export interface PixelMapJob {
  readonly key: string;
  /** Which map, as the layer's layout counts them. */
  readonly map: number;
  /** Which example of the batch; the first where it is left out. */
  readonly example?: number;
}

export interface PixelMap extends PixelMapJob {
  readonly width: number;
  readonly height: number;
  /** Row by row; the last row of a folded strip may be short, its missing values are NaN. */
  readonly values: Float32Array<ArrayBuffer>;
}
