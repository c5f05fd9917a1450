import type { OpList } from './ops';
import type { Plain, PlainObject } from './plain';
import type { Count, Shape, Shapes } from './shape';

/**
 * A model's layers and what feeds what, in an order in which each node's inputs come before it.
 * This is what the panel builds and runs; it is not Keras JSON, which loses options and custom classes.
 */
export interface ModelGraph {
  readonly name: string;
  readonly kind: 'sequential' | 'functional';
  /** Each layer once, however often it is applied. */
  readonly layers: readonly GraphLayer[];
  /** Each application of a layer. */
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly TensorRef[];
  readonly outputs: readonly TensorRef[];
  /** Indices into `layers` as TensorFlow.js orders them (`model.layers`, `model.summary()`), where it built the model and its order is another. */
  readonly order?: readonly number[];
  /** Why the graph cannot be built and run as a whole; undefined where it can. */
  readonly stop?: string;
}

/** Output `index` of node `node` (an index into `nodes`). */
export interface TensorRef {
  readonly node: number;
  readonly index: number;
}

export interface GraphLayer {
  /** Unique within its model. */
  readonly name: string;
  readonly className: string;
  /** `conv2d`, `inputLayer`; `model` for a nested model; `custom` for a class of the source. */
  readonly factory: string;
  /** The factory's argument as the source gives it; `{"$unknown": …}` where a value is open; a wrapped layer is `{"$layer": GraphLayer}`. */
  readonly options: PlainObject;
  /** What the `call` of a layer class of the source computes, where it is a straight line of ops. */
  readonly ops?: OpList;
  /** The weights that a layer class of the source adds, in its order; undefined for all other layers, and where it adds none. */
  readonly weights?: readonly GraphWeight[];
  /** Set where a layer class of the source says `supportsMasking = true`: it hands masks on as they are. */
  readonly supportsMasking?: true;
  /** The layers of a nested model. */
  readonly model?: ModelGraph;
  readonly params?: Count;
  readonly trainableParams?: Count;
  /** Where the layer was made; undefined for layers that TensorFlow.js adds itself (a Sequential's InputLayer). */
  readonly site?: LayerOrigin;
  /** Why the panel cannot run this layer ("class LRN is a custom layer"); undefined where it can. */
  readonly stop?: string;
}

/** A weight that a layer class of the source asks for with `addWeight`. */
export interface GraphWeight {
  /** Unique within its layer; what an op list calls it by. */
  readonly name: string;
  /** Without a batch. Open where a size is not a number. */
  readonly shape: Shape;
  readonly dtype: string;
  /** `{"$tf": "initializers.heNormal", "args": […]}`; `{"$unknown": …}` where the source's initializer is not of TensorFlow.js. */
  readonly initializer: Plain;
  readonly trainable: boolean;
}

export interface LayerOrigin {
  /** `Site.id`: `path#offset`. */
  readonly id: string;
  /** Which of the site's layers this is, 0-based, in the order of their making. */
  readonly call: number;
  /** How many layers the site made in this model. */
  readonly of: number;
  /** 1-based line, for the eye; the span behind `id` is what counts. */
  readonly line: number;
}

export interface GraphNode {
  /** Index into `layers`. */
  readonly layer: number;
  readonly inputs: readonly TensorRef[];
  /** undefined where not known. */
  readonly outputShape?: Shapes;
  /** Multiply-accumulates of this application for one example; undefined where no formula is known. */
  readonly macs?: Count;
  /** What a layer class' `call` computes for these inputs, where that is not what it computes for its first. */
  readonly ops?: OpList;
  /** Call lines that led to the application's layer, outermost first, `path#offset` each. */
  readonly callPath?: readonly string[];
}
