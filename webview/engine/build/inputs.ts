import type { GraphLayer, GraphNode } from '../../../src/model/graph';
import { isUnknownPlain } from '../../../src/model/plain';
import { shapeList, showShape, type Dim, type Shape } from '../../../src/model/shape';
import { Stop } from './stop';

/** Height and width of pictures whose size the source leaves open. */
const OPEN_IMAGE = 224;
/** Any other open size, a sequence's length for one. */
const OPEN_LENGTH = 32;

/** The shape of what is fed in, batch first: as read, or as the layer's options state it. */
export const inputShapeOf = (layer: GraphLayer, node: GraphNode): Shape => {
  const [read] = node.outputShape ? shapeList(node.outputShape) : [];
  if (read) return read;
  const { options } = layer;
  const batch = options['batchInputShape'] ?? options['batchShape'];
  if (Array.isArray(batch)) return dims(batch);
  const rest = options['inputShape'] ?? options['shape'];
  if (isUnknownPlain(rest)) throw new Stop(`${rest.$unknown} is unknown: ${rest.reason}`);
  if (Array.isArray(rest)) return [null, ...dims(rest)];
  throw new Stop('the source states no input shape for this model');
};

const dims = (list: readonly unknown[]): Dim[] =>
  list.map((dim) => {
    if (isUnknownPlain(dim)) return dim.$unknown;
    return typeof dim === 'number' ? dim : null;
  });

/** One example: batch 1, and a number for every size that is left open. A size that has a name in the source must be stated there. */
export const concreteInput = (shape: Shape): { readonly shape: readonly number[]; readonly chosen: readonly number[] } => {
  const named = shape.find((dim) => typeof dim === 'string');
  if (named !== undefined) throw new Stop(`the input is ${showShape(shape)}: ${String(named)} is unknown`);
  const isImage = shape.length === 4;
  const chosen: number[] = [];
  const sizes = shape.slice(1).map((dim) => {
    if (typeof dim === 'number') return dim;
    const size = isImage ? OPEN_IMAGE : OPEN_LENGTH;
    chosen.push(size);
    return size;
  });
  return { shape: [1, ...sizes], chosen };
};
