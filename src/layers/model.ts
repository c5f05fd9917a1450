import * as tfl from '@tensorflow/tfjs-layers';
import { rememberMacs } from './cost';
import { renumber } from './ids';
import { copyShape, oneOrList } from './shapes';
import type { ConcreteShape, LayerSpec, ModelSpec } from './spec';

type Layer = tfl.layers.Layer;
type Tensor = tfl.SymbolicTensor;

/** A model made of weight-free layers, and what each application gave. */
export interface MadeModel {
  readonly model: tfl.LayersModel;
  /** In the order of `ModelSpec.layers`. */
  readonly layers: readonly Layer[];
  /** In the order of `ModelSpec.nodes`. */
  readonly nodes: readonly MadeNode[];
}

export interface MadeNode {
  readonly layer: Layer;
  readonly inputShapes: readonly ConcreteShape[];
  readonly outputShape: ConcreteShape | readonly ConcreteShape[];
}

/** Where the making stands: what it had in hand when something was thrown. Indices into the outermost spec. */
export interface Position {
  node?: number;
  layer?: number;
}

/** Layers are handed out in the order of the spec, as late as possible: a program that adds a layer where it makes it fails in that order. */
class LayerStock {
  readonly made: Layer[] = [];

  constructor(
    private readonly spec: ModelSpec,
    private readonly makeLayer: (spec: LayerSpec) => Layer,
    private readonly at: Position,
  ) {}

  upTo(index: number): void {
    while (this.made.length <= index && this.made.length < this.spec.layers.length) {
      const next = this.spec.layers[this.made.length];
      if (!next) return;
      this.at.layer = this.made.length;
      this.made.push(this.makeLayer(next.layer));
      delete this.at.layer;
    }
  }

  get(index: number): Layer {
    this.upTo(index);
    const layer = this.made[index];
    if (!layer) throw new RangeError(`There is no layer ${index} among ${this.spec.layers.length}.`);
    return layer;
  }
}

/** Copied at once: some layers change the shape that they are given. */
const copyOf = (tensor: Tensor): ConcreteShape => copyShape(tensor.shape);

const shapesOf = (tensors: readonly Tensor[]): ConcreteShape | readonly ConcreteShape[] => oneOrList(tensors.map(copyOf));

/** The model of a spec; throws what TensorFlow.js throws, `at` then says where. Call it inside `withoutWeights` only. */
export const makeModel = (spec: ModelSpec, makeLayer: (spec: LayerSpec) => Layer, at: Position = {}): MadeModel => {
  const stock = new LayerStock(spec, makeLayer, at);
  const made = spec.kind === 'sequential' ? stack(spec, stock, at) : wire(spec, stock, at);
  if (spec.trainable !== undefined) made.model.trainable = spec.trainable;
  spec.layers.forEach(({ trainable, weightsTrainable }, index) => {
    const layer = made.layers[index];
    if (trainable !== undefined && layer) layer.trainable = trainable;
    if (weightsTrainable !== undefined && layer) for (const weight of ownWeights(layer)) weight.trainable = weightsTrainable;
  });
  rememberMacs(made);
  return made;
};

/** The weights that a layer keeps itself, and that TensorFlow.js freezes one by one; a wrapper's and a cell's are elsewhere. */
const ownWeights = (layer: Layer): readonly { trainable: boolean }[] =>
  (layer as unknown as { readonly _trainableWeights: readonly { trainable: boolean }[] })._trainableWeights;

/** A Sequential, grown by `add`. */
const stack = (spec: ModelSpec, stock: LayerStock, at: Position): MadeModel => {
  const nodes: MadeNode[] = [];
  stock.upTo(spec.nodes[0]?.layer ?? -1);
  const model = tfl.sequential(spec.name === undefined ? {} : { name: spec.name });
  spec.nodes.forEach((node, index) => {
    const layer = stock.get(node.layer);
    at.node = index;
    const before = model.outputs.map(copyOf);
    model.add(layer);
    // The input layer that the first one brought along.
    if (before.length === 0) for (const { sourceLayer } of model.inputs) renumber(sourceLayer);
    nodes.push({ layer, inputShapes: before.length > 0 ? before : model.inputs.map(copyOf), outputShape: shapesOf(model.outputs) });
    delete at.node;
  });
  stock.upTo(spec.layers.length - 1);
  return { model, layers: stock.made, nodes };
};

/** A functional model: every application as the source made it, then `tf.model`. */
const wire = (spec: ModelSpec, stock: LayerStock, at: Position): MadeModel => {
  const nodes: MadeNode[] = [];
  const tensors: Tensor[][] = [];
  const find = (refs: ModelSpec['inputs']): Tensor[] => refs.map(({ node, index }) => tensors[node]?.[index] as Tensor);
  spec.nodes.forEach((node, index) => {
    const layer = stock.get(node.layer);
    at.node = index;
    const inputs = find(node.inputs);
    const inputShapes = inputs.map(copyOf);
    const outputs = inputs.length === 0 && isInput(layer) ? sourceOf(layer) : applyTo(layer, inputs);
    tensors.push(outputs);
    nodes.push({ layer, inputShapes, outputShape: shapesOf(outputs) });
    delete at.node;
  });
  stock.upTo(spec.layers.length - 1);
  const name = spec.name === undefined ? {} : { name: spec.name };
  const model = tfl.model({ inputs: find(spec.inputs), outputs: find(spec.outputs), ...name });
  return { model, layers: stock.made, nodes };
};

const isInput = (layer: Layer): boolean => layer.getClassName() === 'InputLayer';

const sourceOf = (layer: Layer): Tensor[] => layer.inboundNodes[0]?.outputTensors ?? [];

/** One application to symbolic inputs; several inputs go as a list, as merging layers take them. */
export const applyTo = (layer: Layer, inputs: readonly Tensor[]): Tensor[] => {
  const [only, ...others] = inputs;
  const output = layer.apply(only && others.length === 0 ? only : [...inputs]) as Tensor | Tensor[];
  return Array.isArray(output) ? output : [output];
};
