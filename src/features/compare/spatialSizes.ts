import { textOf } from '../../model/config';
import type { GraphNode, ModelGraph } from '../../model/graph';
import { isShapeList, type Dim } from '../../model/shape';
import { waysThrough } from './depth';

/** A border of zeros belongs to the window that follows: its size is none of the net's. */
const BORDERS: ReadonlySet<string> = new Set(['ZeroPadding2D']);

/**
 * The sizes of the feature maps along the longest way through a model, each where it changes: `224`, `112`, `56`; `224×112` where rows and columns
 * differ. Shapes without positions (a dense layer's) have none. Empty where the way is not known.
 */
export function spatialSizes(graph: ModelGraph): readonly string[] {
  const sizes = sizesOf(graph);
  return sizes.filter((size, index) => size !== sizes[index - 1]);
}

function sizesOf(graph: ModelGraph): readonly string[] {
  const { from, end } = waysThrough(graph);
  const way: number[] = [];
  for (let node = end; node !== undefined; node = from[node]) way.unshift(node);
  const isFirst = channelsFirstNodes(graph);
  return way.flatMap((index): readonly string[] => {
    const node = graph.nodes[index];
    const layer = node && graph.layers[node.layer];
    if (!layer || BORDERS.has(layer.className)) return [];
    return layer.model ? sizesOf(layer.model) : sizeOf(node, isFirst[index] ?? false);
  });
}

function sizeOf({ outputShape }: GraphNode, isChannelsFirst: boolean): readonly string[] {
  if (outputShape === undefined || isShapeList(outputShape) || outputShape.length < 3) return [];
  const sizes = isChannelsFirst ? outputShape.slice(2) : outputShape.slice(1, -1);
  const [first] = sizes;
  return [sizes.every((size) => size === first && typeof size === 'number') ? String(first) : sizes.map(show).join('×')];
}

const show = (size: Dim): string => (size === null ? 'any' : String(size));

/** Which nodes give channels before positions: what a layer says counts, else what its input is. */
function channelsFirstNodes(graph: ModelGraph): readonly boolean[] {
  const isFirst: boolean[] = [];
  for (const { layer, inputs } of graph.nodes) {
    const said = textOf(graph.layers[layer]?.options ?? {}, 'dataFormat');
    const [source] = inputs;
    isFirst.push(said === undefined ? ((source && isFirst[source.node]) ?? false) : said === 'channelsFirst');
  }
  return isFirst;
}
