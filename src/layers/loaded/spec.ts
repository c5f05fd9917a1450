/**
 * What a model.json describes, as plain data: the layers with the options that their factories take, and what is applied to what.
 * Nothing here holds a TensorFlow.js object, and nothing of it was checked by TensorFlow.js: whoever builds the layers learns what it refuses.
 */
export interface LoadedModel {
  readonly kind: 'sequential' | 'functional';
  /** undefined where TensorFlow.js makes one up. */
  readonly name?: string;
  /** Each layer once, in the order of the file. */
  readonly layers: readonly LoadedLayer[];
  /**
   * Applications in an order in which each one's inputs come before it; empty for a Sequential, whose layers follow one another.
   * An input layer is a node without inputs.
   */
  readonly nodes: readonly LoadedNode[];
  readonly inputs: readonly LoadedRef[];
  readonly outputs: readonly LoadedRef[];
}

export interface LoadedNode {
  /** Index into `layers`. */
  readonly layer: number;
  readonly inputs: readonly LoadedRef[];
}

/** Output `index` of node `node`. */
export interface LoadedRef {
  readonly node: number;
  readonly index: number;
}

export type LoadedLayer =
  | { readonly kind: 'factory'; readonly factory: string; readonly options: LoadedRecord }
  /** A class that `tf.layers` has no factory for; `config` is what its `fromConfig` takes. */
  | { readonly kind: 'custom'; readonly className: string; readonly config: LoadedRecord }
  | { readonly kind: 'model'; readonly model: LoadedModel };

/** A layer among another one's options: what a wrapper wraps, the cell of a recurrent layer. */
export class InnerLayer {
  constructor(readonly layer: LoadedLayer) {}
}

export type LoadedValue = null | boolean | number | string | readonly LoadedValue[] | LoadedRecord | InnerLayer;

export type LoadedRecord = { readonly [key: string]: LoadedValue };

/** Why a text describes no model that `tf.loadLayersModel` loads, in words for people. */
export interface Unloadable {
  readonly unloadable: string;
}

export const isUnloadable = (outcome: object): outcome is Unloadable => Object.hasOwn(outcome, 'unloadable');
