import type { GraphLayer, GraphNode, ModelGraph } from '../model/graph';
import type { ModelRead } from '../model/reading';
import type { Count } from '../model/shape';
import { FLOAT_BYTES, isInput, total, valuesIn } from './counting';
import { grouped } from './grouped';
import { perGraph } from './perGraph';

/** What one application of a layer costs. */
export interface LayerCost {
  readonly layer: GraphLayer;
  /** Of a layer that is applied several times, at its first application; 0 at the others. */
  readonly params: Count | undefined;
  /** Multiply-accumulates for one example; undefined where no formula is known. */
  readonly macs: Count | undefined;
  /** Values of its output for one example; undefined where a size is open. */
  readonly values: number | undefined;
  /** False where the output holds no values of its own: an input, a flatten, a dropout. */
  readonly isCounted: boolean;
}

/** What a model's outputs take, for one example. */
export interface ActivationCost {
  /** Values without those of inputs and of layers that hand on what they take. */
  readonly values: number;
  /** With the inputs. */
  readonly withInput: number;
  /** The class names that were left out, each once, in the model's order. */
  readonly leftOut: readonly string[];
}

/** Layers whose output is their input, in another shape or, outside of training, unchanged: they need no memory of their own. */
const HANDED_ON: ReadonlySet<string> = new Set([
  ...['Flatten', 'Reshape', 'Dropout', 'SpatialDropout1D', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout'],
]);

/** False for classes whose output holds no values of its own. */
export const keepsValues = (className: string): boolean => className !== 'InputLayer' && !HANDED_ON.has(className);

/** Layers as they run, those of nested models one by one. */
export const layerCosts = perGraph((graph): readonly LayerCost[] => {
  const seen = new Set<GraphLayer>();
  const walk = ({ layers, nodes }: ModelGraph): readonly LayerCost[] =>
    nodes.flatMap((node): readonly LayerCost[] => {
      const layer = layers[node.layer];
      if (!layer) return [];
      if (layer.model) return walk(layer.model);
      const isFirst = !seen.has(layer);
      seen.add(layer);
      return [costOf(layer, node, isFirst)];
    });
  return walk(graph);
});

const costOf = (layer: GraphLayer, node: GraphNode, isFirst: boolean): LayerCost => ({
  layer,
  params: isFirst ? layer.params : 0,
  macs: node.macs,
  values: node.outputShape && valuesIn(node.outputShape),
  isCounted: !isInput(layer) && !HANDED_ON.has(layer.className),
});

/**
 * Activations of one example, each output once: what a forward pass keeps where nothing is thrown away. undefined where a size is open. An input
 * counts in `withInput` only; a nested model's own input is what it is given.
 */
export const activationCost = perGraph((graph): ActivationCost | undefined => {
  const costs = layerCosts(graph);
  if (costs.length === 0 || costs.some(({ values }) => values === undefined)) return undefined;
  const sum = (all: readonly LayerCost[]): number => all.reduce((values, one) => values + (one.values ?? 0), 0);
  const values = sum(costs.filter(({ isCounted }) => isCounted));
  const own = new Set(graph.nodes.map(({ layer }) => graph.layers[layer]));
  const inputs = sum(costs.filter(({ layer }) => isInput(layer) && own.has(layer)));
  const leftOut = costs.filter(({ layer, isCounted }) => !isCounted && !isInput(layer)).map(({ layer }) => layer.className);
  return { values, withInput: values + inputs, leftOut: [...new Set(leftOut)] };
});

/** Bytes of a model's weights as 32-bit floats; a formula where its parameters are one. */
export const weightBytes = ({ totalParams }: Pick<ModelRead, 'totalParams'>): number | undefined =>
  typeof totalParams === 'number' ? totalParams * FLOAT_BYTES : undefined;

/** Bytes that one example needs to go through a model: its weights and its activations, as 32-bit floats. */
export function inferenceBytes(model: Pick<ModelRead, 'totalParams' | 'graph'>): number | undefined {
  const weights = weightBytes(model);
  const activations = activationCost(model.graph);
  return weights === undefined || !activations ? undefined : weights + activations.values * FLOAT_BYTES;
}

/** The batch that memory is reckoned for, as `fit` takes it where it is told nothing. */
export const BATCH = 32;

/** A forward pass keeps each value, a backward pass a gradient beside it. */
export const TRAINING_FACTOR = 2;

/** The layers that take the most, those that take nothing aside; applications of one layer together. undefined where one is not known. */
export function heaviest(
  graph: ModelGraph,
  read: (cost: LayerCost) => Count | undefined,
  count: number,
): readonly { readonly layer: GraphLayer; readonly amount: number }[] | undefined {
  const costs = layerCosts(graph);
  const amounts = [...grouped(costs, ({ layer }) => layer)].map(([layer, own]) => ({
    layer,
    amount: total(own.map((cost) => ({ count: read(cost), times: 1 }))),
  }));
  const known = amounts.filter((one): one is { layer: GraphLayer; amount: number } => typeof one.amount === 'number');
  if (known.length < amounts.length) return undefined;
  return known
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount)
    .slice(0, count);
}
