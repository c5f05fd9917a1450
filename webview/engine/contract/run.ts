import type { InputChoice } from './input';
import type { Statistics } from '../../draw/painter';

/** Running what was built, and reading what came out. */
export type RunRequests = {
  /** Runs what was built; each layer is told as it is done. */
  readonly run: { readonly takes: RunJob; readonly gives: Ran };
  /** Reads figures and outputs of the last run; asked for when everything is drawn. */
  readonly numbers: { readonly takes: Record<string, never>; readonly gives: Numbers };
};

export type RunEvents = {
  readonly layer: LayerRan;
};

export interface RunJob {
  readonly input: InputChoice;
  /** True for what layers do while a model is trained; its weights stay as they are. */
  readonly training?: boolean;
  /** Which example of the batch is drawn, measured and read; the first where it is left out. */
  readonly example?: number;
  /** Device pixels of a CSS pixel, for the thumbnails. */
  readonly ratio: number;
}

export interface LayerRan {
  readonly key: string;
  readonly milliseconds: number;
  /** The layer's first maps; undefined where it did not run. */
  readonly thumbnail: ImageBitmap | undefined;
  readonly stop: string | undefined;
  readonly unreached: boolean;
  /** Why the layer was computed elsewhere than on the backend: "computed on cpu: wasm has no kernel Einsum"; undefined where it was not. */
  readonly fallback: string | undefined;
}

export interface Ran {
  /** Sum over the layers, drawing not included. */
  readonly milliseconds: number;
  /** True for the first run of what was built: a GPU compiles its programs in it. */
  readonly first: boolean;
  /** Layers that ran. */
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
