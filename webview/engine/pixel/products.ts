import { activationOf } from './activations';
import {
  fromTerms,
  MOST_READ,
  nothingKnown,
  operand,
  result,
  type Arithmetic,
  type Line,
  type Term,
  type WindowValues,
} from './arithmeticTypes';
import { axesOf, type LayerFacts } from './options';
import { partAt, readExample, readPart, readWeight, weightOf, type Operands, type Part } from './values';
import { isTransposed, tapsOf, transposedTapsOf, windowsOf, type Tap } from './windows';

/** One element of a window over all spatial axes. */
interface Cell {
  readonly kernel: readonly number[];
  /** Spatial place in the input; undefined on padding. */
  readonly place: readonly number[] | undefined;
}

/** Input times weight, summed over the window and the channels, then bias and activation: every kind of convolution. */
export const convolution = async (facts: LayerFacts, operands: Operands, at: readonly number[], channel?: number): Promise<Arithmetic> => {
  const { layer, inputs, output, example } = operands;
  const [input] = inputs;
  const kernel = weightOf(layer, /Depthwise|Separable/.test(facts.className) ? 'depthwise_kernel' : 'kernel');
  if (!input || !kernel) return nothingKnown('The layer has no kernel.');
  const sizes = input.shape.slice(1);
  const axes = axesOf(sizes.length, facts.channelsFirst);
  const cells = cellsOf(facts, sizes, output.shape.slice(1), at);
  const filter = at[axes.channel] ?? 0;
  // From the kernel: a separable convolution's configuration leaves it out.
  const multiplier = kernel.shape[kernel.shape.length - 1] ?? 1;
  const depthwise = facts.className === 'DepthwiseConv2D';
  const first = depthwise ? Math.floor(filter / multiplier) : 0;
  const count = depthwise ? 1 : (sizes[axes.channel] ?? 1);
  if (cells.length * count > MOST_READ) return nothingKnown('The element has too many terms to list them.');
  const inside = cells.filter((cell) => cell.place !== undefined);
  const window = inside.length > 0 ? await readWindow(input, example, inside, axes, first, count) : undefined;
  const x = (cell: Cell, c: number): number => (window && cell.place ? partAt(window, placeIn(cell.place, c, axes)) : 0);
  const placed = (cell: Cell, c: number): number[] => placeIn(cell.place ?? [], c, axes);
  if (facts.className === 'SeparableConv2D')
    return separable(facts, operands, kernel, { cells, inside, count, filter, multiplier, x, axes });
  const weights = await readFilter(facts, kernel, filter, first, count, multiplier);
  const w = (cell: Cell, c: number): number => partAt(weights, weightPlace(facts, cell.kernel, filter, c, multiplier));
  const channels = Array.from({ length: count }, (_, k) => first + k);
  const terms = inside.flatMap((cell) =>
    channels.map((c): Term => ({ input: 0, at: placed(cell, c), value: x(cell, c), weight: w(cell, c), product: x(cell, c) * w(cell, c) })),
  );
  const sums = channels.map((c) => inside.reduce((sum, cell) => sum + x(cell, c) * w(cell, c), 0));
  const done = await finish(facts, operands, terms, filter);
  const shown = channel !== undefined && channels.includes(channel) ? channel : first + strongest(sums);
  return {
    ...done,
    padded: (cells.length - inside.length) * count,
    channels: count > 1 ? sums : [],
    window: isTransposed(facts) ? undefined : grid(cells, shown, x, w),
  };
};

/** Bias and activation behind the sum of the terms. */
export const finish = async (facts: LayerFacts, { layer }: Operands, terms: readonly Term[], filter: number): Promise<Arithmetic> => {
  const sum = terms.reduce((total, term) => total + term.product, 0);
  const bias = await readWeight(layer, 'bias', filter);
  const before = sum + (bias ?? 0);
  const lines: Line[] = [
    result('sum of products', sum),
    ...(bias === undefined ? [] : [operand('bias', bias), result('sum + bias', before)]),
  ];
  const activation = activationOf(facts.activation);
  if (!activation)
    return {
      ...fromTerms('products', terms, lines, before),
      value: undefined,
      reason: `${facts.activation} needs the sums of all channels; this is the sum that goes into it.`,
    };
  const value = activation(before);
  return fromTerms('products', terms, facts.activation === 'linear' ? lines : [...lines, result(facts.activation, value)], value);
};

const cellsOf = (facts: LayerFacts, sizes: readonly number[], outputs: readonly number[], at: readonly number[]): Cell[] => {
  const { spatial } = axesOf(sizes.length, facts.channelsFirst);
  const windows = windowsOf(facts, sizes, outputs);
  const taps = spatial.map((axis, k): Tap[] => {
    const window = windows[k];
    if (!window) return [];
    return (isTransposed(facts) ? transposedTapsOf : tapsOf)(window, at[axis] ?? 0, sizes[axis] ?? 0);
  });
  return taps.reduce<Cell[]>(
    (cells, axis) =>
      cells.flatMap(({ kernel, place }) =>
        axis.map((tap): Cell => ({
          kernel: [...kernel, tap.kernel],
          place: place && tap.from !== undefined ? [...place, tap.from] : undefined,
        })),
      ),
    [{ kernel: [], place: [] }],
  );
};

type Axes = ReturnType<typeof axesOf>;

const placeIn = (place: readonly number[], channel: number, axes: Axes): number[] =>
  axes.channel === 0 ? [channel, ...place] : [...place, channel];

/** The smallest part of the input that holds the window, holes of a dilated one included. */
const readWindow = async (
  input: Operands['output'],
  example: number,
  cells: readonly Cell[],
  axes: Axes,
  first: number,
  count: number,
): Promise<Part> => {
  const places = axes.spatial.map((_, k) => cells.map((cell) => cell.place?.[k] ?? 0));
  const begin = places.map((list) => Math.min(...list));
  const size = places.map((list, k) => Math.max(...list) + 1 - (begin[k] ?? 0));
  return readExample(input, example, placeIn(begin, first, axes), placeIn(size, count, axes));
};

/** The place of a weight: [..., in, out]; [row, column, in, multiplier] of a depthwise kernel; [..., out, in] of a transposed one. */
const weightPlace = (facts: LayerFacts, kernel: readonly number[], filter: number, channel: number, multiplier: number): number[] => {
  if (facts.className === 'DepthwiseConv2D') return [...kernel, channel, filter % multiplier];
  return isTransposed(facts) ? [...kernel, filter, channel] : [...kernel, channel, filter];
};

const readFilter = (
  facts: LayerFacts,
  kernel: Operands['output'],
  filter: number,
  first: number,
  count: number,
  multiplier: number,
): Promise<Part> => {
  const window = kernel.shape.slice(0, -2);
  const zeros = window.map(() => 0);
  const ends = isTransposed(facts) ? [1, count] : [count, 1];
  return readPart(kernel, weightPlace(facts, zeros, filter, first, multiplier), [...window, ...ends]);
};

const strongest = (sums: readonly number[]): number => {
  const sizes = sums.map(Math.abs);
  return Math.max(0, sizes.indexOf(Math.max(...sizes)));
};

/** The window as rows of columns; of a three-dimensional one the frames lie below one another. */
const grid = (
  cells: readonly Cell[],
  channel: number,
  x: (cell: Cell, c: number) => number,
  w: (cell: Cell, c: number) => number,
): WindowValues => {
  const columns = Math.max(1, ...cells.map((cell) => (cell.kernel[cell.kernel.length - 1] ?? 0) + 1));
  return {
    rows: cells.length / columns,
    columns,
    channel,
    values: cells.map((cell) => (cell.place ? x(cell, channel) : Number.NaN)),
    weights: cells.map((cell) => w(cell, channel)),
    winner: undefined,
  };
};

interface Separable {
  readonly cells: readonly Cell[];
  readonly inside: readonly Cell[];
  readonly count: number;
  readonly filter: number;
  readonly multiplier: number;
  readonly x: (cell: Cell, c: number) => number;
  readonly axes: Axes;
}

/** A separable convolution in its two steps: a term is the depthwise result of a channel times the pointwise weight. */
const separable = async (facts: LayerFacts, operands: Operands, kernel: Operands['output'], parts: Separable): Promise<Arithmetic> => {
  const { cells, inside, count, filter, multiplier, x } = parts;
  const pointwise = weightOf(operands.layer, 'pointwise_kernel');
  if (!pointwise || kernel.size > MOST_READ) return nothingKnown('The element has too many terms to list them.');
  const [depth, point] = await Promise.all([
    readPart(
      kernel,
      kernel.shape.map(() => 0),
      kernel.shape,
    ),
    readPart(pointwise, [0, 0, 0, filter], [1, 1, count * multiplier, 1]),
  ]);
  const terms = Array.from({ length: count * multiplier }, (_, k): Term => {
    const [c, m] = [Math.floor(k / multiplier), k % multiplier];
    const value = inside.reduce((sum, cell) => sum + x(cell, c) * partAt(depth, [...cell.kernel, c, m]), 0);
    const weight = partAt(point, [0, 0, k, filter]);
    return { input: 0, at: [k], value, weight, product: value * weight };
  });
  const done = await finish(facts, operands, terms, filter);
  const shown = Math.floor(strongest(terms.map((term) => term.product)) / multiplier);
  const w = (cell: Cell, c: number): number => partAt(depth, [...cell.kernel, c, 0]);
  return { ...done, padded: (cells.length - inside.length) * count, window: grid(cells, shown, x, w) };
};
