import { flatOf, placeOf, product } from '../../draw/strides';
import { countOf, everything, indicesOf, pointBlock, union, type Block, type Region } from './region';

/** Elements that are followed one by one; of more only the hull is found. */
const MOST_ELEMENTS = 256;

/** The elements of a tensor of sizes `to` that lie where a block of the same values in sizes `from` lies (row-major, as reshape takes them). */
export const unravelled = (block: Block, from: readonly number[], to: readonly number[]): Region => {
  const count = countOf(block);
  if (count === product(from)) return everything(to);
  const flat = flatIndices(block, from, Math.min(count, MOST_ELEMENTS));
  if (count <= MOST_ELEMENTS) return union(flat.map((index) => ({ blocks: [pointBlock(placeOf(index, to))], hull: false })));
  return rowsBetween(flat[0] ?? 0, lastIndex(block, from), to);
};

const flatIndices = (block: Block, sizes: readonly number[], most: number): number[] => {
  let found: number[] = [0];
  block.forEach((set, axis) => {
    const next: number[] = [];
    for (const base of found) {
      for (const index of indicesOf(set)) {
        next.push(base * (sizes[axis] ?? 1) + index);
        if (next.length >= most) break;
      }
      if (next.length >= most) break;
    }
    found = next;
  });
  return found;
};

const lastIndex = (block: Block, sizes: readonly number[]): number =>
  flatOf(
    block.map((set) => (set[set.length - 1]?.end ?? 1) - 1),
    sizes,
  );

/** All rows of the first axis that hold an element between two flat indices. */
const rowsBetween = (first: number, last: number, sizes: readonly number[]): Region => {
  const row = product(sizes.slice(1));
  const rows = { start: Math.floor(first / row), end: Math.floor(last / row) + 1 };
  return { blocks: [[[rows], ...sizes.slice(1).map((size) => [{ start: 0, end: size }])]], hull: true };
};
