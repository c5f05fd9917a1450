import type { GraphLayer, ModelGraph } from '../../../src/model/graph';
import { signatureOf } from './signature';

/** Which layer of the graph before an edit became which one after it: after to before, nested models' layers included. */
export type Matches = ReadonlyMap<GraphLayer, GraphLayer>;

/** Pairs that are compared at most; graphs that changed in so many places at once are matched by names alone. */
const MOST_PAIRS = 4_000_000;

/**
 * Matches layers across an edit. Automatic names and offsets in the source shift when a layer is inserted, so what counts first is the
 * order: the best alignment of both lists, in which layers of one class may pair, and pair the rather the more else they have in common.
 * What changed its place is matched by its name, then by the call in the source that made it. Each layer is matched once at most.
 */
export const matchLayers = (before: ModelGraph, after: ModelGraph): Matches => {
  const matches = new Map<GraphLayer, GraphLayer>();
  matchLists(before.layers, after.layers, matches);
  for (const [mine, theirs] of [...matches]) {
    if (mine.model && theirs.model) for (const [a, b] of matchLayers(theirs.model, mine.model)) matches.set(a, b);
  }
  return matches;
};

const matchLists = (before: readonly GraphLayer[], after: readonly GraphLayer[], matches: Map<GraphLayer, GraphLayer>): void => {
  const pair = (mine: GraphLayer | undefined, theirs: GraphLayer | undefined): void => {
    if (mine && theirs) matches.set(mine, theirs);
  };
  const shorter = Math.min(before.length, after.length);
  let first = 0;
  while (first < shorter && same(before[first], after[first]) && before[first]?.name === after[first]?.name) {
    pair(after[first], before[first]);
    first++;
  }
  let last = 0;
  while (last < shorter - first && same(before.at(-1 - last), after.at(-1 - last))) {
    pair(after.at(-1 - last), before.at(-1 - last));
    last++;
  }
  const [old, fresh] = [before.slice(first, before.length - last), after.slice(first, after.length - last)];
  if (old.length * fresh.length <= MOST_PAIRS) for (const [mine, theirs] of aligned(old, fresh)) pair(mine, theirs);
  const taken = new Set(matches.values());
  matchRest(
    old.filter((layer) => !taken.has(layer)),
    fresh.filter((layer) => !matches.has(layer)),
    pair,
  );
};

const same = (a: GraphLayer | undefined, b: GraphLayer | undefined): boolean =>
  a !== undefined && b !== undefined && signatureOf(a) === signatureOf(b) && explicitName(a) === explicitName(b);

/** A name that the source gives; automatic ones say nothing but how many layers came before. */
const explicitName = ({ options }: GraphLayer): string | undefined => (typeof options['name'] === 'string' ? options['name'] : undefined);

/** How well two layers fit; 0 where they may not pair. */
const likeness = (a: GraphLayer, b: GraphLayer): number => {
  if (a.className !== b.className) return 0;
  const [mine, theirs] = [explicitName(a), explicitName(b)];
  if (mine !== undefined && mine === theirs) return 200;
  // Another name that the source gives is another layer, unless nothing else fits better.
  const named = mine !== theirs ? 1 : 8;
  const call = a.site && b.site && a.site.id === b.site.id && a.site.call === b.site.call ? 2 : 0;
  return named + (signatureOf(a) === signatureOf(b) ? 16 : 0) + call + (a.name === b.name ? 1 : 0);
};

/** Pairs in order, of the greatest likeness in all: after, before. */
const aligned = (before: readonly GraphLayer[], after: readonly GraphLayer[]): [GraphLayer, GraphLayer][] => {
  const wide = after.length + 1;
  const best = new Int32Array((before.length + 1) * wide);
  const fit = (i: number, j: number): number => {
    const [theirs, mine] = [before[i], after[j]];
    return theirs && mine ? likeness(theirs, mine) : 0;
  };
  const at = (i: number, j: number): number => best[i * wide + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const like = fit(i, j);
      best[i * wide + j] = Math.max(at(i + 1, j), at(i, j + 1), like > 0 ? like + at(i + 1, j + 1) : 0);
    }
  }
  const pairs: [GraphLayer, GraphLayer][] = [];
  for (let [i, j] = [0, 0]; i < before.length && j < after.length;) {
    const [theirs, mine] = [before[i], after[j]];
    const like = fit(i, j);
    if (theirs && mine && like > 0 && at(i, j) === like + at(i + 1, j + 1)) {
      pairs.push([mine, theirs]);
      i++;
      j++;
    } else if (at(i, j) === at(i + 1, j)) i++;
    else j++;
  }
  return pairs;
};

/** What is left of both lists after the alignment, in whatever order: by explicit name, by place in the source, by automatic name. */
const matchRest = (
  before: readonly GraphLayer[],
  after: readonly GraphLayer[],
  pair: (mine: GraphLayer, theirs: GraphLayer) => void,
): void => {
  const left = new Set(before);
  const open = new Set(after);
  for (const keyOf of [explicitName, placeOf, (layer: GraphLayer) => layer.name]) {
    const byKey = new Map([...left].map((layer) => [`${layer.className} ${keyOf(layer) ?? ''}`, layer]));
    for (const mine of [...open]) {
      const theirs = keyOf(mine) === undefined ? undefined : byKey.get(`${mine.className} ${keyOf(mine) ?? ''}`);
      if (!theirs || !left.delete(theirs)) continue;
      open.delete(mine);
      pair(mine, theirs);
    }
  }
};

const placeOf = ({ site }: GraphLayer): string | undefined => site && `${site.id} ${site.call}`;
