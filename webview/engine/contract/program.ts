import type { LayerOrigin, ModelGraph } from '../../../src/model/graph';
import type { Layout } from '../../draw/layout';
import type { Change } from '../build/changes';
import type { Need } from '../build/memory';
import type { FeedInfo } from './input';

/** Building a model and giving its weights their values. */
export type ProgramRequests = {
  /**
   * Builds a model without any values, and says what it will need. Whatever was built before is freed, but for what an edit of the same
   * model leaves as it was: weights of layers that are still there, and outputs of steps that are not behind the edit.
   */
  readonly build: { readonly takes: BuildJob; readonly gives: Built };
  /** Fills the weights of what was built. */
  readonly fill: { readonly takes: Record<string, never>; readonly gives: null };
};

export type ProgramEvents = {
  readonly filling: { readonly bytes: number; readonly of: number };
};

export interface BuildJob {
  readonly graph: ModelGraph;
  /** What a person takes for the same model, before and after an edit; undefined where nothing is to be kept of what was built before. */
  readonly model?: string;
  readonly seed: number;
  /** Bytes of layer outputs that may be kept for drawing again. */
  readonly activationBudget: number;
  /** Examples that run at once; 1 where it is left out. */
  readonly batch?: number;
  /** By input, sizes for the axes that its source leaves open, in their order; usual ones where they are left out. */
  readonly sizes?: Readonly<Record<string, readonly number[]>>;
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
  /** `edited`: they were trained for the model before an edit, so nothing is known of how well they do. */
  | ({ readonly kind: 'shipped'; readonly accuracy: number; readonly drawings: number; readonly edited: boolean } & GivenPart)
  | { readonly kind: 'fresh'; readonly seed: number }
  /** The page says so, which reads the file. */
  | ({ readonly kind: 'loaded'; readonly file: string } & GivenPart)
  | { readonly kind: 'none' };

/** How much of a model's weights has values that were given, by a file or shipped; an edit may make others. */
export interface GivenPart {
  /** Single values that were given. */
  readonly parameters: number;
  /** Weights (kernels, biases) that hold others too. */
  readonly fresh: number;
  /** Weights in all. */
  readonly of: number;
}

/** One row of the layer list. */
export interface StepInfo {
  readonly key: string;
  /** Keys of the steps whose outputs it reads, each once. */
  readonly inputs: readonly string[];
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
  /** What the last edit did to the layer; undefined where the model was not edited since it was first shown. */
  readonly edit?: Change | undefined;
  /** Its key before that edit; undefined where it was not there. */
  readonly was?: string | undefined;
  /** Maps that it gave before that edit; undefined where it was not there. */
  readonly mapsBefore?: number | undefined;
}
