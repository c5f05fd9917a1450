import { fromTerms, nothingKnown, operand, result, type Arithmetic, type Term, type WindowValues } from './arithmeticTypes';
import { axesOf, type LayerFacts } from './options';
import { partAt, readExample, type Operands } from './values';
import { tapsOf, windowsOf } from './windows';

/** Max pooling: the winner. Average pooling: the sum by the count of those elements of the window that are no padding, as TensorFlow.js counts. */
export const pool = async (facts: LayerFacts, { inputs, output, example }: Operands, at: readonly number[]): Promise<Arithmetic> => {
  const [input] = inputs;
  if (!input) return nothingKnown('The layer has no input.');
  const sizes = input.shape.slice(1);
  const axes = axesOf(sizes.length, facts.channelsFirst);
  const windows = windowsOf(facts, sizes, output.shape.slice(1));
  const taps = axes.spatial.map((axis, k) => {
    const window = windows[k];
    return window ? tapsOf(window, at[axis] ?? 0, sizes[axis] ?? 0).map((tap) => tap.from) : [];
  });
  const places = taps.reduce<(readonly (number | undefined)[])[]>(
    (found, axis) => found.flatMap((p) => axis.map((from) => [...p, from])),
    [[]],
  );
  const channel = at[axes.channel] ?? 0;
  const full = (place: readonly number[], c: number): number[] => (axes.channel === 0 ? [c, ...place] : [...place, c]);
  const read = taps.map((axis) => axis.filter((from) => from !== undefined));
  const begin = read.map((axis) => Math.min(...axis));
  const part = await readExample(
    input,
    example,
    full(begin, channel),
    full(
      read.map((axis, k) => Math.max(...axis) + 1 - (begin[k] ?? 0)),
      1,
    ),
  );
  const values = places.map((place) => (isInside(place) ? partAt(part, full(place, channel)) : Number.NaN));
  const terms = places.flatMap((place, k): Term[] => {
    const value = values[k] ?? 0;
    return isInside(place) ? [{ input: 0, at: full(place, channel), value, weight: undefined, product: value }] : [];
  });
  const columns = taps[taps.length - 1]?.length ?? 1;
  const window = { rows: values.length / columns, columns, channel, values, weights: [], winner: undefined };
  return { ...overTerms(facts, terms, window), padded: places.length - terms.length };
};

const isInside = (place: readonly (number | undefined)[]): place is readonly number[] => place.every((from) => from !== undefined);

const overTerms = (facts: LayerFacts, terms: readonly Term[], window: WindowValues | undefined): Arithmetic => {
  if (/Max/.test(facts.className)) {
    const value = terms.reduce((most, term) => (term.value > most || Number.isNaN(term.value) ? term.value : most), -Infinity);
    const winner = window && window.values.indexOf(value);
    return { ...fromTerms('maximum', terms, [], value), window: window && { ...window, winner } };
  }
  const sum = terms.reduce((total, term) => total + term.value, 0);
  const value = sum / terms.length;
  const lines = [result('sum', sum), operand('count', terms.length), result('sum / count', value)];
  return { ...fromTerms('mean', terms, lines, value), window };
};

/** Global pooling: over all places of one channel. */
export const globalPool = async (facts: LayerFacts, { inputs, example }: Operands, at: readonly number[]): Promise<Arithmetic> => {
  const [input] = inputs;
  if (!input) return nothingKnown('The layer has no input.');
  const sizes = input.shape.slice(1);
  const axes = axesOf(sizes.length, facts.channelsFirst);
  const channel = at[0] ?? 0;
  const part = await readExample(
    input,
    example,
    sizes.map((_, axis) => (axis === axes.channel ? channel : 0)),
    sizes.map((size, axis) => (axis === axes.channel ? 1 : size)),
  );
  const columns = sizes[axes.spatial[axes.spatial.length - 1] ?? 0] ?? 1;
  const terms = Array.from(part.values, (value, k): Term => {
    const place = axes.spatial.length === 1 ? [k] : [Math.floor(k / columns), k % columns];
    return { input: 0, at: axes.channel === 0 ? [channel, ...place] : [...place, channel], value, weight: undefined, product: value };
  });
  return overTerms(facts, terms, undefined);
};
