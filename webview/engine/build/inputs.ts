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

/** What a person chose where the source leaves it open. */
export interface OpenSizes {
  /** Examples that run at once. */
  readonly batch: number;
  /** By input, sizes for its open axes, in their order. */
  readonly sizes: Readonly<Record<string, readonly number[]>>;
}

export const usualSizes: OpenSizes = { batch: 1, sizes: {} };

/** A number for every size that is left open, the batch's among them. A size that has a name in the source must be stated there. */
export const concreteInput = (
  shape: Shape,
  name: string,
  { batch, sizes }: OpenSizes = usualSizes,
): { readonly shape: readonly number[]; readonly open: readonly number[] } => {
  const named = shape.find((dim) => typeof dim === 'string');
  if (named !== undefined) throw new Stop(`the input is ${showShape(shape)}: ${String(named)} is unknown`);
  const usual = shape.length === 4 ? OPEN_IMAGE : OPEN_LENGTH;
  const open = shape.flatMap((dim, axis) => (axis > 0 && typeof dim !== 'number' ? [axis] : []));
  const given = Object.hasOwn(sizes, name) ? sizes[name] : undefined;
  const sizeOf = (dim: Shape[number], axis: number): number => {
    if (typeof dim === 'number') return dim;
    const size = given?.[open.indexOf(axis)] ?? usual;
    return Number.isInteger(size) && size > 0 ? size : usual;
  };
  return { shape: [batch, ...shape.slice(1).map((dim, k) => sizeOf(dim, k + 1))], open };
};
