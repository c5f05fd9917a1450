import type { GraphLayer, ModelGraph } from '../../model/graph';

/** Layers whose weights only scale, shift or bend what goes through: nobody counts them in a net's depth. */
const NOT_COUNTED: ReadonlySet<string> = new Set(['BatchNormalization', 'LayerNormalization', 'PReLU', 'InputLayer']);

/** The ways through a model: to each node, how many layers with weights the longest way to it has, and which node it comes from. */
export interface Ways {
  /** By node; undefined for the part of a model that cannot be counted. */
  readonly depths: readonly (number | undefined)[];
  /** By node: the input on the longest way; undefined at the start. */
  readonly from: readonly (number | undefined)[];
  /** The output node that is deepest. */
  readonly end: number | undefined;
}

/**
 * A net's depth as its papers count it: the layers with weights on the longest way from an input to an output, normalisations aside. ResNet-34 is 34
 * deep although its shortcuts have convolutions too, GoogLeNet 22 although it has 58 layers with weights. undefined where it is not known.
 */
export function depthOf(graph: ModelGraph): number | undefined {
  const { depths, end } = waysThrough(graph);
  return end === undefined ? undefined : depths[end];
}

export function waysThrough(graph: ModelGraph): Ways {
  const depths: (number | undefined)[] = [];
  const from: (number | undefined)[] = [];
  for (const node of graph.nodes) {
    const layer = graph.layers[node.layer];
    const own = layer && weightLayers(layer);
    let deepest: number | undefined;
    let isKnown = own !== undefined;
    for (const { node: source } of node.inputs) {
      const depth = depths[source];
      if (depth === undefined) isKnown = false;
      else if (deepest === undefined || depth > (depths[deepest] ?? 0)) deepest = source;
    }
    from.push(deepest);
    depths.push(isKnown ? (own ?? 0) + (deepest === undefined ? 0 : (depths[deepest] ?? 0)) : undefined);
  }
  const ends = graph.outputs.map(({ node }) => node);
  const isKnown = ends.length > 0 && ends.every((node) => depths[node] !== undefined);
  const end = isKnown ? ends.reduce((best, node) => ((depths[node] ?? 0) > (depths[best] ?? 0) ? node : best)) : undefined;
  return { depths, from, end };
}

/** A layer counts once, a nested model for its own depth. undefined where it is not known whether the layer has weights. */
function weightLayers(layer: GraphLayer): number | undefined {
  if (layer.model) return depthOf(layer.model);
  if (NOT_COUNTED.has(layer.className)) return 0;
  if (layer.params === undefined) return undefined;
  return layer.params === 0 ? 0 : 1;
}
