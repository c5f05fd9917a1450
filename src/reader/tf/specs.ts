import { isRefused, type ConcreteShape, type CustomSpec, type LayerSpec, type ModelSpec, type SpecValue } from '../../layers/spec';
import { showShape } from '../../model/shape';
import type { Application, LayerValue, Origin } from './entities';
import { ModelValue, type Outcome, type TensorValue } from './entities';
import { concretise } from './options';

/** The outcome of an application for stand-in `k`. */
export const outcomeAt = (application: Application, k: number): Outcome | undefined =>
  application.outcomes.length === 1 ? application.outcomes[0] : application.outcomes[k];

const isList = (shape: ConcreteShape | readonly ConcreteShape[]): shape is readonly ConcreteShape[] => Array.isArray(shape[0]);

/** A tensor's shape, batch first, for stand-in `k`; undefined where it is not known or TensorFlow.js refused. */
export function shapeAt(tensor: TensorValue, k: number): ConcreteShape | undefined {
  const outcome = outcomeAt(tensor.application, k);
  if (!outcome || isRefused(outcome)) return undefined;
  return isList(outcome.outputShape) ? outcome.outputShape[tensor.index] : tensor.index === 0 ? outcome.outputShape : undefined;
}

/** Layers of one input that are gone back through. */
const MAX_STEPS = 1_000;

/** Where a tensor got the shape that it has: what left it as it was (a batch norm, an activation, a convolution with 'same' padding) is passed over. */
export function madeBy(tensor: TensorValue): { readonly origin: Origin; readonly shape: string } | undefined {
  const shape = shapeAt(tensor, 0);
  if (!shape) return undefined;
  const shown = showShape(shape);
  let at = tensor;
  for (let step = 0; step < MAX_STEPS; step++) {
    const [only, ...others] = at.application.inputs;
    const before = only && others.length === 0 ? shapeAt(only, 0) : undefined;
    if (!only || !before || showShape(before) !== shown) break;
    at = only;
  }
  return { origin: at.application.layer.origin, shape: shown };
}

/** A layer, or a model used as one, as TensorFlow.js' classes take it. */
export function specOf(layer: LayerValue | ModelValue, k: number): LayerSpec {
  if (layer instanceof ModelValue) return { spec: 'model', model: modelSpec(layer, k).spec };
  const known = layer.specs[k];
  if (known) return known;
  let isAlone = !layer.custom;
  const options = concretise(layer.options, k, (inner, at) => {
    isAlone = false;
    return specOf(inner, at);
  });
  if (layer.custom) return customSpec(layer, k, options);
  const spec: LayerSpec = { spec: 'factory', factory: layer.factory, options };
  // Its options never change; those of layers inside it may still come to be known.
  if (isAlone) layer.specs[k] = spec;
  return spec;
}

/** What a custom layer's methods came to, gathered from its applications. */
function customSpec(layer: LayerValue, k: number, options: SpecValue): CustomSpec {
  const outputs: Record<string, ConcreteShape | readonly ConcreteShape[]> = {};
  for (const application of layer.history) {
    const outcome = outcomeAt(application, k);
    const shapes = application.inputs.map((input) => shapeAt(input, k));
    if (!outcome || isRefused(outcome)) continue;
    outputs[JSON.stringify(shapes.length === 1 ? shapes[0] : shapes)] = outcome.outputShape;
  }
  const built = layer.builtBy && outcomeAt(layer.builtBy, k);
  return { spec: 'custom', className: layer.factory, options, weights: built && !isRefused(built) ? built.weights : [], outputs };
}

export interface ModelReplay {
  readonly spec: ModelSpec;
  /** What the spec's layers and nodes stand for, index by index. */
  readonly layers: readonly (LayerValue | ModelValue)[];
  readonly applications: readonly Application[];
}

/** A model with everything that leads to its outputs, for stand-in `k`. */
export function modelSpec(model: ModelValue, k: number): ModelReplay {
  return model.kind === 'sequential' ? sequentialSpec(model, k) : functionalSpec(model, k);
}

const specEntry = (layer: LayerValue | ModelValue, k: number): ModelSpec['layers'][number] => ({
  layer: specOf(layer, k),
  ...(layer.trainable === undefined ? {} : { trainable: layer.trainable }),
  ...(layer instanceof ModelValue || layer.weightsTrainable === undefined ? {} : { weightsTrainable: layer.weightsTrainable }),
});

function sequentialSpec(model: ModelValue, k: number): ModelReplay {
  const { members, applications } = model.state;
  const distinct = [...new Set(members)];
  const spec: ModelSpec = {
    kind: 'sequential',
    ...(model.givenName === undefined ? {} : { name: model.givenName }),
    ...(model.trainable === undefined ? {} : { trainable: model.trainable }),
    layers: distinct.map((layer) => specEntry(layer, k)),
    nodes: members.map((layer) => ({ layer: distinct.indexOf(layer), inputs: [] })),
    inputs: [],
    outputs: [],
  };
  return { spec, layers: distinct, applications };
}

/** All applications that lead to these tensors, each after those it needs. */
export function leadingTo(tensors: readonly TensorValue[]): readonly Application[] {
  const found = new Set<Application>();
  const waiting = tensors.map((tensor) => tensor.application);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...next.inputs.map((input) => input.application));
  }
  return [...found].sort((a, b) => a.serial - b.serial);
}

const ofModels = new WeakMap<ModelValue, readonly Application[]>();

/** All that lies between a functional model's inputs and outputs, both included, in order. */
export function applicationsBetween(model: ModelValue): readonly Application[] {
  const all = ofModels.get(model) ?? leadingTo(model.outputs.concat(model.inputs));
  ofModels.set(model, all);
  return all;
}

function functionalSpec(model: ModelValue, k: number): ModelReplay {
  const applications = applicationsBetween(model);
  const layers = [...new Set(applications.map((application) => application.layer))];
  const at = (tensor: TensorValue): { node: number; index: number } => ({
    node: applications.indexOf(tensor.application),
    index: tensor.index,
  });
  const nodeOf = new Map(applications.map((application, i) => [application, i]));
  const layerOf = new Map(layers.map((layer, i) => [layer, i]));
  const spec: ModelSpec = {
    kind: 'functional',
    ...(model.givenName === undefined ? {} : { name: model.givenName }),
    ...(model.trainable === undefined ? {} : { trainable: model.trainable }),
    layers: layers.map((layer) => specEntry(layer, k)),
    nodes: applications.map((application) => ({
      layer: layerOf.get(application.layer) ?? 0,
      inputs: application.inputs.map((input) => ({ node: nodeOf.get(input.application) ?? 0, index: input.index })),
    })),
    inputs: model.inputs.map(at),
    outputs: model.outputs.map(at),
  };
  return { spec, layers, applications };
}
