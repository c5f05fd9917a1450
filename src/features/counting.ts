import type { LayerCase, ModelRead, Reading, Site } from '../model/reading';
import { isShapeList, shapeList, type Count, type Shapes } from '../model/shape';
import type { GraphLayer, ModelGraph } from '../model/graph';

/** Adds counts, each so many times; formulas are strung together. undefined where one is not known. */
export function total(parts: readonly { readonly count: Count | undefined; readonly times: number }[]): Count | undefined {
  let sum = 0;
  const formulas: string[] = [];
  for (const { count, times } of parts) {
    if (count === undefined) return undefined;
    if (typeof count === 'number') sum += count * times;
    else formulas.push(times === 1 ? count : `${times}*(${count})`);
  }
  if (formulas.length === 0) return sum;
  return formulas.some((formula) => formula === '?') ? '?' : [...(sum > 0 ? [String(sum)] : []), ...formulas].join(' + ');
}

export const totalOf = (cases: readonly LayerCase[], key: 'params' | 'trainableParams' | 'macs'): Count | undefined =>
  total(cases.map((made) => ({ count: made[key], times: made.count })));

/** True where all layers of the site are known and exist together; only then may their numbers be added up. */
export const isWhole = ({ cases, unknown }: Site): boolean =>
  unknown === undefined &&
  cases.every(({ when, caller, outputShape }) => when === undefined && caller === undefined && outputShape !== undefined);

export const layersMade = (site: Site): number => site.cases.reduce((sum, made) => sum + made.count, 0);

/** Values in one example of an output; undefined where a dimension is open. */
export function valuesIn(shapes: Shapes): number | undefined {
  const products = shapeList(shapes).map((shape) =>
    shape.slice(1).reduce<number>((all, dim) => (typeof dim === 'number' ? all * dim : NaN), 1),
  );
  const sum = products.reduce((all, product) => all + product, 0);
  return Number.isNaN(sum) ? undefined : sum;
}

/** Bytes of a 32-bit float. */
export const FLOAT_BYTES = 4;

export const sameShapes = (one: Shapes | undefined, other: Shapes | undefined): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

/** All shapes of what goes in; several where a layer merges. */
export const isMerge = (shapes: Shapes | undefined): boolean => shapes !== undefined && isShapeList(shapes);

/** The model that a site's layers are part of; undefined where there is none, or more than one. */
export function modelOf(reading: Reading, site: Site): ModelRead | undefined {
  const models = reading.models.filter(({ graph }) => madeIn(graph, site.id));
  // One model made on several occasions has several entries; a share is only said where there is no doubt of what.
  return models.length === 1 ? models[0] : undefined;
}

/** True where a layer of the graph, nested models included, was made at the site. */
export const madeIn = (graph: ModelGraph, site: string): boolean =>
  graph.layers.some((layer) => layer.site?.id === site || inner(layer, site));

const inner = (layer: GraphLayer, site: string): boolean => layer.model !== undefined && madeIn(layer.model, site);

/** A Sequential's own InputLayer and `tf.input` hold no work of their own; people do not count them. */
export const isInput = (layer: GraphLayer): boolean => layer.factory === 'inputLayer' || layer.factory === 'input';

/** Layers as people count them: those of nested models one by one, inputs not. */
export const countLayers = (graph: ModelGraph): number =>
  graph.layers.reduce((sum, layer) => sum + (layer.model ? countLayers(layer.model) : isInput(layer) ? 0 : 1), 0);
