/**
 * Which elements of a tensor something depends on. Everything here speaks of one example: the batch axis is left out, the other axes keep the
 * order that the tensor has.
 */

/** Indices from `start` up to, and without, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Indices of one axis: ranges in ascending order that neither overlap nor touch. */
export type AxisSet = readonly Range[];

/** All elements whose index lies, on every axis, in that axis' set. A dilated window is one block of several ranges an axis. */
export type Block = readonly AxisSet[];

/** The union of some blocks; no blocks is the empty region. */
export interface Region {
  readonly blocks: readonly Block[];
  /**
   * True where the region is larger than what was to be said: exact blocks would have been too many, so that each axis' indices are right
   * but not every combination of them.
   */
  readonly hull: boolean;
}

/** Regions of more blocks become their hull. */
export const MOST_BLOCKS = 24;

export const NOTHING: Region = { blocks: [], hull: false };

const whole = (size: number): AxisSet => (size > 0 ? [{ start: 0, end: size }] : []);

export const single = (index: number): AxisSet => [{ start: index, end: index + 1 }];

export const pointBlock = (at: readonly number[]): Block => at.map(single);

export const wholeBlock = (sizes: readonly number[]): Block => sizes.map(whole);

export const everything = (sizes: readonly number[]): Region => ({ blocks: [wholeBlock(sizes)], hull: false });

export const exactly = (block: Block | undefined): Region => (block && !isEmpty(block) ? { blocks: [block], hull: false } : NOTHING);

const isEmpty = (block: Block): boolean => block.some((set) => set.length === 0);

/** @param marks an entry above zero for each index that belongs to the set */
export const setOf = (marks: ArrayLike<number>): AxisSet => {
  const ranges: Range[] = [];
  for (let index = 0; index < marks.length; index++) {
    if (!marks[index]) continue;
    const start = index;
    while (index < marks.length && marks[index]) index++;
    ranges.push({ start, end: index });
  }
  return ranges;
};

export function* indicesOf(set: AxisSet): Generator<number> {
  for (const { start, end } of set) for (let index = start; index < end; index++) yield index;
}

export const sizeOf = (set: AxisSet): number => set.reduce((total, { start, end }) => total + end - start, 0);

export const countOf = (block: Block): number => block.reduce((total, set) => total * sizeOf(set), 1);

/**
 * The indices that feed any index of `set`, on an axis of `size`.
 * @param feeding the indices that feed one index; those outside of the axis are padding and are left out
 */
export const pulled = (set: AxisSet, size: number, feeding: (index: number, add: (from: number) => void) => void): AxisSet => {
  const marks = new Uint8Array(size);
  const add = (from: number): void => {
    if (from >= 0 && from < size) marks[from] = 1;
  };
  for (const index of indicesOf(set)) feeding(index, add);
  return setOf(marks);
};

/** Moved by `by` and cut to an axis of `size`. */
export const shifted = (set: AxisSet, by: number, size: number): AxisSet =>
  set.map(({ start, end }) => ({ start: Math.max(0, start + by), end: Math.min(size, end + by) })).filter(({ start, end }) => start < end);

/** The indices below `size` that are not in the set. */
export const complement = (set: AxisSet, size: number): AxisSet => {
  const marks = new Uint8Array(size).fill(1);
  for (const index of indicesOf(set)) marks[index] = 0;
  return setOf(marks);
};

/** The indices below `size` that lie in all of the sets. */
export const common = (sets: readonly AxisSet[], size: number): AxisSet =>
  complement(
    sets.reduce<AxisSet>((outside, set) => joined(outside, complement(set, size)), []),
    size,
  );

const joined = (a: AxisSet, b: AxisSet): AxisSet => {
  const all = [...a, ...b].sort((one, other) => one.start - other.start);
  const ranges: Range[] = [];
  for (const range of all) {
    const last = ranges[ranges.length - 1];
    if (last && range.start <= last.end) ranges[ranges.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else ranges.push(range);
  }
  return ranges;
};

const covers = (outer: AxisSet, inner: AxisSet): boolean =>
  inner.every((range) => outer.some(({ start, end }) => start <= range.start && range.end <= end));

const holds = (outer: Block, inner: Block): boolean => inner.every((set, axis) => covers(outer[axis] ?? [], set));

/** The one block that two make, where they differ on one axis at most. */
const fused = (a: Block, b: Block): Block | undefined => {
  const differing = a.flatMap((set, axis) => (sameSet(set, b[axis] ?? []) ? [] : [axis]));
  if (differing.length > 1) return undefined;
  return a.map((set, axis) => (axis === differing[0] ? joined(set, b[axis] ?? []) : set));
};

const sameSet = (a: AxisSet, b: AxisSet): boolean =>
  a.length === b.length && a.every(({ start, end }, k) => start === b[k]?.start && end === b[k].end);

/** The union, in few blocks: one that lies in another is dropped, two that differ on one axis become one. */
export const union = (regions: readonly Region[]): Region => {
  const blocks: Block[] = [];
  for (const block of regions.flatMap((region) => region.blocks)) insert(blocks, block);
  const hull = regions.some((region) => region.hull);
  return blocks.length > MOST_BLOCKS ? hullOf(blocks) : { blocks, hull };
};

const insert = (blocks: Block[], block: Block): void => {
  let added = block;
  for (let k = 0; k < blocks.length; k++) {
    const other = blocks[k];
    if (!other) continue;
    if (holds(other, added)) return;
    const one = holds(added, other) ? added : fused(added, other);
    if (!one) continue;
    blocks.splice(k, 1);
    added = one;
    // What has grown may now take in a block that was passed already.
    k = -1;
  }
  blocks.push(added);
};

const hullOf = (blocks: readonly Block[]): Region => {
  const [first, ...others] = blocks;
  const block = first && others.reduce((sum, other) => sum.map((set, axis) => joined(set, other[axis] ?? [])), first);
  return { blocks: block ? [block] : [], hull: true };
};

/** The indices of one axis that occur in a region. */
export const projection = (region: Region, axis: number): AxisSet =>
  region.blocks.reduce<AxisSet>((sum, block) => joined(sum, block[axis] ?? []), []);

/** The smallest range that holds the set; undefined for the empty one. */
export const extent = (set: AxisSet): Range | undefined => {
  const [first, last] = [set[0], set[set.length - 1]];
  return first && last && { start: first.start, end: last.end };
};
