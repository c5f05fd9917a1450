/**
 * What the reader hands to TensorFlow.js' own layer classes: plain, concrete data (stand-ins already put in for unknowns).
 * Nothing here holds a TensorFlow.js object, so a spec can be compared, memoised and replayed any number of times.
 */

/** A concrete dimension or shape as TensorFlow.js takes and gives it; null is an open size. */
export type ConcreteShape = readonly (number | null)[];

/** An option's value. Layers inside options (wrappers, RNN cells) are specs of their own. */
export type SpecValue =
  undefined | null | boolean | number | string | readonly SpecValue[] | { readonly [key: string]: SpecValue } | LayerSpec;

/** Layers are told apart from plain option objects by this key's presence. */
export type LayerSpec = FactorySpec | CustomSpec | NestedSpec;

/** `tf.layers.<factory>(options)`. */
export interface FactorySpec {
  readonly spec: 'factory';
  readonly factory: string;
  readonly options: SpecValue;
}

/** A layer class of the source: the reader ran its `build` and `computeOutputShape`, this is what came out. */
export interface CustomSpec {
  readonly spec: 'custom';
  readonly className: string;
  /** The argument of `super(…)`: name, inputShape, dtype, trainable. */
  readonly options: SpecValue;
  /** What `build` added, for the shape it was built with. */
  readonly weights: readonly { readonly name: string; readonly shape: ConcreteShape; readonly trainable: boolean }[];
  /** Output shape by input shape (JSON of it); absent keys mean the identity, as in TensorFlow.js. */
  readonly outputs: { readonly [inputShape: string]: ConcreteShape | readonly ConcreteShape[] };
}

/** A model used as a layer. */
export interface NestedSpec {
  readonly spec: 'model';
  readonly model: ModelSpec;
}

/** A whole model to replay. */
export interface ModelSpec {
  readonly kind: 'sequential' | 'functional';
  readonly name?: string;
  readonly trainable?: boolean;
  /**
   * Each layer object once; `trainable` where the source set it after construction, `weightsTrainable` where it set that of the layer's weights,
   * through the layer or through a model that had the layer in it.
   */
  readonly layers: readonly { readonly layer: LayerSpec; readonly trainable?: boolean; readonly weightsTrainable?: boolean }[];
  /**
   * Applications in the order in which the source made them. In a Sequential: the order of `add`, one node a layer, `inputs` empty.
   * A `tf.input(…)` is a layer with the factory `input` and a node without inputs. `index` is the output of that node.
   */
  readonly nodes: readonly { readonly layer: number; readonly inputs: readonly { readonly node: number; readonly index: number }[] }[];
  /** For functional models. */
  readonly inputs: readonly { readonly node: number; readonly index: number }[];
  readonly outputs: readonly { readonly node: number; readonly index: number }[];
}

/** A layer that was constructed but not (yet) applied. */
export interface Constructed {
  readonly className: string;
  /** As given; undefined where TensorFlow.js would make one up. */
  readonly name?: string;
  /** `getConfig()`, JSON only: kernelSize [3, 3], strides [1, 1], padding 'valid'… */
  readonly config: { readonly [key: string]: unknown };
  /** The input shape the options state, batch first; undefined where they state none. */
  readonly batchInputShape?: ConcreteShape;
}

/** One application of a fresh layer to inputs of known shapes. */
export interface Applied extends Constructed {
  readonly outputShape: ConcreteShape | readonly ConcreteShape[];
  /** Values, not bytes. */
  readonly params: number;
  readonly trainableParams: number;
  readonly weights: readonly { readonly name: string; readonly shape: ConcreteShape; readonly trainable: boolean }[];
  /** Multiply-accumulates for one example (batch 1, open sizes make it undefined); undefined where no formula is known for the class. */
  readonly macs?: number;
  /** What TensorFlow.js wrote to console.warn. */
  readonly warnings: readonly string[];
}

/** TensorFlow.js refused; `error` is its own text. */
export interface Refused {
  readonly error: string;
  /** Index into `ModelSpec.nodes` of the application that failed, where one did. */
  readonly node?: number;
  /** Index into `ModelSpec.layers` of the layer that could not be constructed, where one could not. */
  readonly layer?: number;
  /** The refusal is Layerscope's own, for a size that it does not follow; TensorFlow.js itself was not asked. */
  readonly limit?: true;
}

export interface Replayed {
  readonly name: string;
  readonly totalParams: number;
  readonly trainableParams: number;
  readonly nonTrainableParams: number;
  readonly inputShapes: readonly ConcreteShape[];
  readonly outputShapes: readonly ConcreteShape[];
  /** In the order of `ModelSpec.layers`. */
  readonly layers: readonly {
    readonly name: string;
    readonly className: string;
    readonly params: number;
    readonly trainableParams: number;
  }[];
  /** Indices into `layers`, in the order of `model.layers` and of `model.summary()`; layers that are not part of the model are left out. */
  readonly order: readonly number[];
  /** In the order of `ModelSpec.nodes`. */
  readonly nodes: readonly { readonly outputShape: ConcreteShape | readonly ConcreteShape[]; readonly macs?: number }[];
  readonly warnings: readonly string[];
}

export const isRefused = (outcome: object): outcome is Refused => Object.hasOwn(outcome, 'error');

export const isLayerSpec = (value: SpecValue): value is LayerSpec =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && typeof (value as { spec?: unknown }).spec === 'string';
