import type { InputChoice } from './input';
import type { Statistics } from '../../draw/painter';

/** Running what was built, and reading what came out. */
export type RunRequests = {
  /** Runs what was built; each layer is told as it is done. */
  readonly run: { readonly takes: RunJob; readonly gives: Ran };
  /** Draws the first maps of several layers, small; layers that did not run are left out. */
  readonly thumbnails: { readonly takes: ThumbnailsJob; readonly gives: readonly ThumbnailSheet[] };
  /** Reads figures and outputs of the last run; asked for when everything is drawn. */
  readonly numbers: { readonly takes: Record<string, never>; readonly gives: Numbers };
};

export type RunEvents = {
  readonly layer: LayerRan;
  /** Small pictures of layers that were told before. They come when there are many, or when some time has passed since the last. */
  readonly thumbnails: ThumbnailSheet;
};

export interface RunJob {
  readonly input: InputChoice;
  /** True for what layers do while a model is trained; its weights stay as they are. */
  readonly training?: boolean;
  /** Which example of the batch is drawn, measured and read; the first where it is left out. */
  readonly example?: number;
  /** Device pixels of a CSS pixel, for the thumbnails. */
  readonly ratio: number;
  /** Steps whose thumbnails are seen; those of others are drawn when they are asked for. undefined: all are seen. */
  readonly visible?: readonly string[];
}

export interface LayerRan {
  readonly key: string;
  /** Names what the layer gave for the shown example: as long as it is the same number, nothing has to be drawn again. undefined where the layer did not run. */
  readonly content?: number | undefined;
  /** When it was computed. */
  readonly milliseconds: number;
  /** True where the layer is not behind what changed: it is as it was, and nothing was computed for it. */
  readonly again?: boolean;
  readonly stop: string | undefined;
  readonly unreached: boolean;
  /** Why the layer was not computed by the backend's own kernel: "computed on cpu: wasm has no kernel Einsum"; undefined where it was. */
  readonly fallback: string | undefined;
}

export interface ThumbnailsJob {
  /** Of steps, in the order in which they are to be drawn. */
  readonly keys: readonly string[];
  /** Device pixels of a CSS pixel. */
  readonly ratio: number;
}

/** The first maps of several layers, in one picture: on a GPU it is the pictures that cost time, not what is in them. */
export interface ThumbnailSheet {
  readonly bitmap: ImageBitmap;
  readonly thumbnails: readonly Thumbnail[];
}

/** A layer's part of the sheet, in its pixels. */
export interface Thumbnail {
  /** Of the step. */
  readonly key: string;
  /** As `LayerRan.content`. */
  readonly content: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Ran {
  /** Sum over the layers that were computed, drawing not included. */
  readonly milliseconds: number;
  /** The same without what only a first run takes, a GPU's making of its programs, as far as that can be told. */
  readonly steady: number;
  /** True for the first run of a model that was just opened: a GPU compiles its programs in it. */
  readonly first: boolean;
  /** Layers that were computed: all, or those behind what changed. */
  readonly computed: number;
  /** Layers that have outputs. */
  readonly layers: number;
  /** The first layer that did not run, and why: "norm1: class LRN is a custom layer". */
  readonly stop: string | undefined;
}

export interface Numbers {
  /** By step key. */
  readonly figures: Readonly<Record<string, Statistics>>;
  /** The model's first output, where it is a vector of up to 1,000 values; undefined elsewhere. */
  readonly output: { readonly key: string; readonly values: readonly number[] } | undefined;
}
