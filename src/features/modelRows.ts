import type { GraphLayer, GraphNode, LayerOrigin, ModelGraph } from '../model/graph';
import type { Count, Shapes } from '../model/shape';
import { activationCost, keepsValues } from './cost';
import { sameShapes, total, valuesIn } from './counting';

/** A layer as `model.summary()` lists it: once, however often it is applied. */
export interface ModelRow {
  readonly layer: GraphLayer;
  readonly name: string;
  readonly className: string;
  /** What all its applications give; 'multiple', as TensorFlow.js says it, where they differ; undefined where it is not known. */
  readonly output: Shapes | 'multiple' | undefined;
  readonly params: Count | undefined;
  /** Multiply-accumulates of all its applications, for one example; undefined where no formula is known. */
  readonly macs: Count | undefined;
  /** Values that all its applications keep for one example; undefined where it keeps none of its own, or a size is open. */
  readonly values: number | undefined;
  /** Where the layer was made; undefined for layers that TensorFlow.js adds itself. */
  readonly site?: LayerOrigin;
}

/** The rows of a model's summary, in TensorFlow.js' order where it is known. The InputLayer that a Sequential adds is none of its layers there. */
export function modelRows(graph: ModelGraph): readonly ModelRow[] {
  const order = graph.order ?? graph.layers.map((_, index) => index);
  return order.flatMap((index): readonly ModelRow[] => {
    const layer = graph.layers[index];
    const isAdded = graph.kind === 'sequential' && layer?.factory === 'inputLayer' && !layer.site;
    return layer && !isAdded ? [rowOf(graph, layer, index)] : [];
  });
}

function rowOf(graph: ModelGraph, layer: GraphLayer, index: number): ModelRow {
  const nodes = graph.nodes.filter((node) => node.layer === index);
  const [first] = nodes;
  const isSame = nodes.every(({ outputShape }) => sameShapes(outputShape, first?.outputShape));
  return {
    layer,
    name: layer.name,
    className: layer.className,
    output: isSame ? first?.outputShape : 'multiple',
    params: paramsOf(layer),
    macs: total(nodes.map(({ macs }) => ({ count: macs, times: 1 }))),
    values: valuesOf(layer, nodes),
    ...(layer.site && { site: layer.site }),
  };
}

/** A nested model keeps what its layers keep. */
function valuesOf(layer: GraphLayer, nodes: readonly GraphNode[]): number | undefined {
  if (layer.model) {
    const inner = activationCost(layer.model)?.values;
    return inner === undefined ? undefined : inner * nodes.length;
  }
  if (!keepsValues(layer.className)) return undefined;
  const sizes = nodes.map(({ outputShape }) => outputShape && valuesIn(outputShape));
  return sizes.every((size) => size !== undefined) ? sizes.reduce((sum, size) => sum + size, 0) : undefined;
}

/** A nested model has the parameters of its layers. */
const paramsOf = (layer: GraphLayer): Count | undefined =>
  layer.model ? total(layer.model.layers.map((inner) => ({ count: paramsOf(inner), times: 1 }))) : layer.params;
