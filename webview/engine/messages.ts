import type { LayerOrigin, ModelGraph } from '../../src/model/graph';
import type { Contract } from '../../src/protocol/channel';
import type { BackendChoice, BackendName } from '../../src/protocol/panel';
import type { Atlas } from '../draw/atlas';
import type { Layout } from '../draw/layout';
import type { Look, Statistics } from '../draw/painter';
import type { Room } from '../draw/sizes';
import type { Need } from './build/memory';

/** What the worker answers, and what it tells. */
export interface EngineContract extends Contract {
  readonly requests: {
    /** Chooses and starts a backend; the first request, and sent once. */
    readonly start: { readonly takes: { readonly backend: BackendChoice }; readonly gives: BackendReport };
    /** Builds a model without any values, and says what it will need; whatever was built before is freed. */
    readonly build: { readonly takes: BuildJob; readonly gives: Built };
    /** Fills the weights of what was built. */
    readonly fill: { readonly takes: Record<string, never>; readonly gives: null };
    /** Runs what was built; each layer is told as it is done. */
    readonly run: { readonly takes: RunJob; readonly gives: Ran };
    /** Draws the tiles of one layer of the last run. */
    readonly picture: { readonly takes: PictureJob; readonly gives: Picture };
    /** Reads figures and outputs of the last run; asked for when everything is drawn. */
    readonly numbers: { readonly takes: Record<string, never>; readonly gives: Numbers };
    /** Reads the figures of each map of one layer of the last run. */
    readonly maps: { readonly takes: { readonly key: string }; readonly gives: readonly Statistics[] };
    /** What is allocated now. */
    readonly memory: { readonly takes: Record<string, never>; readonly gives: Memory };
  };
  readonly events: {
    readonly filling: { readonly bytes: number; readonly of: number };
    readonly layer: LayerRan;
    /** The device is gone, or gave wrong results: what was computed is not to be trusted, and the engine must be started anew. */
    readonly lost: { readonly reason: string };
  };
}

/** What the page answers. */
export interface PageContract extends Contract {
  readonly requests: {
    /** A file of `dist/panel`: the worker has no network of its own. */
    readonly file: { readonly takes: { readonly name: string }; readonly gives: ArrayBuffer };
  };
  readonly events: Record<string, never>;
}

export interface BackendReport {
  readonly name: BackendName;
  /** What drives it; empty where it says nothing. */
  readonly renderer: string;
  /** Why not a better one: "webgl: software renderer SwiftShader". */
  readonly passedOver: readonly string[];
}

export interface BuildJob {
  readonly graph: ModelGraph;
  readonly seed: number;
  /** Bytes of layer outputs that may be kept for drawing again. */
  readonly activationBudget: number;
}

export interface Built {
  readonly steps: readonly StepInfo[];
  readonly need: Need;
  readonly weights: WeightsInfo;
  readonly feeds: readonly FeedInfo[];
  /** True where the model takes one of the shipped digits. */
  readonly takesDigit: boolean;
  /** Names of the output's classes, where they are known. */
  readonly classNames: readonly string[];
  /** Why nothing was allocated and nothing can run; undefined where it can. */
  readonly refused: string | undefined;
}

export type WeightsInfo =
  | { readonly kind: 'shipped'; readonly accuracy: number; readonly drawings: number }
  | { readonly kind: 'fresh'; readonly seed: number }
  | { readonly kind: 'none' };

export interface FeedInfo {
  readonly name: string;
  readonly shape: readonly number[];
  /** Sizes that the source leaves open and that the panel chose. */
  readonly chosen: readonly number[];
  /** What random values are drawn from: "0-1", "whole numbers below 1,000". */
  readonly range: string;
}

/** One row of the layer list. */
export interface StepInfo {
  readonly key: string;
  readonly name: string;
  /** Names of the nested models around the layer, outermost first. */
  readonly path: readonly string[];
  readonly className: string;
  /** Of the first output, batch first; undefined where it cannot be known. */
  readonly shape: readonly number[] | undefined;
  readonly layout: Layout | undefined;
  readonly params: number;
  /** Shape and parameters as they were read from the source, for layers that do not run; undefined where they are not known. */
  readonly read: { readonly shape: string; readonly params: string } | undefined;
  /** True from a shared layer's second application on: its parameters were counted before. */
  readonly shared: boolean;
  readonly activation: string | undefined;
  readonly site: LayerOrigin | undefined;
  readonly callPath: readonly string[];
  readonly stop: string | undefined;
  readonly unreached: boolean;
}

export type InputChoice = { readonly kind: 'digit'; readonly digit: number } | { readonly kind: 'random'; readonly seed: number };

export interface RunJob {
  readonly input: InputChoice;
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

export interface PictureJob {
  readonly key: string;
  readonly room: Room;
  /** Most tiles that are drawn. */
  readonly limit: number;
  /** Height of what is written over each row of tiles, CSS pixels. */
  readonly label: number;
  readonly look: Look;
}

export interface Picture {
  readonly key: string;
  readonly bitmaps: readonly ImageBitmap[];
  readonly atlas: Atlas;
  readonly layout: Layout;
  readonly look: Look;
}

export interface Numbers {
  /** By step key. */
  readonly figures: Readonly<Record<string, Statistics>>;
  /** The model's first output, where it is a vector of up to 1,000 values; undefined elsewhere. */
  readonly output: { readonly key: string; readonly values: readonly number[] } | undefined;
}

export interface Memory {
  readonly tensors: number;
  readonly bytes: number;
  /** What the device holds, recycled textures included. */
  readonly deviceBytes: number | undefined;
}
