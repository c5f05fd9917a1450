import type { ComparedLayer } from './compared';
import { same } from './options';
import { similarity } from './similarity';

/** Which layer stands beside which: indices into the two lists, one of them alone where nothing stands beside it. In the order of both. */
export interface Pair {
  readonly left?: number;
  readonly right?: number;
}

/** Beyond so many comparisons long lists are cut in pieces of the same proportion. */
const MAX_CELLS = 2_000_000;

/** What a layer loses at most by standing elsewhere than the other one: less than any agreement is worth, so that it only decides between equals. */
const DRIFT = 0.5;

/**
 * Lays two models' layers side by side so that what looks alike stands together, in the manner of Needleman and Wunsch: of all ways to pair the layers in
 * order, one whose pairs are most similar in sum. Every layer of both sides is in exactly one pair. Of models that are exchanged, the pairs are exchanged.
 */
export function align(left: readonly ComparedLayer[], right: readonly ComparedLayer[]): readonly Pair[] {
  // Among equally good ways the same one is taken from both sides.
  const isTurned = keyOf(left) > keyOf(right);
  const pairs = isTurned ? inPieces(right, left).map(turned) : inPieces(left, right);
  return gathered(pairs);
}

const keyOf = (layers: readonly ComparedLayer[]): string => JSON.stringify(layers.map(({ site: _, ...layer }) => layer));

const turned = ({ left, right }: Pair): Pair => pairOf(right, left);

const pairOf = (left: number | undefined, right: number | undefined): Pair => ({
  ...(left !== undefined && { left }),
  ...(right !== undefined && { right }),
});

/** What is equal at both ends stands together anyway; what is left is aligned as a whole, or in halves where it is too long for that. */
function inPieces(left: readonly ComparedLayer[], right: readonly ComparedLayer[]): readonly Pair[] {
  if (left.length * right.length <= MAX_CELLS) return alignWhole(left, right);
  const most = Math.min(left.length, right.length);
  let before = 0;
  while (before < most && alike(left[before], right[before])) before++;
  let after = 0;
  while (after < most - before && alike(left.at(-1 - after), right.at(-1 - after))) after++;
  const [ours, theirs] = [left.slice(before, left.length - after), right.slice(before, right.length - after)];
  return [
    ...Array.from({ length: before }, (_, index) => pairOf(index, index)),
    ...shifted(inHalves(ours, theirs), before, before),
    ...Array.from({ length: after }, (_, index) => pairOf(left.length - after + index, right.length - after + index)),
  ];
}

function inHalves(left: readonly ComparedLayer[], right: readonly ComparedLayer[]): readonly Pair[] {
  if (left.length * right.length <= MAX_CELLS) return alignWhole(left, right);
  const [middle, other] = [left.length >> 1, right.length >> 1];
  return [
    ...inHalves(left.slice(0, middle), right.slice(0, other)),
    ...shifted(inHalves(left.slice(middle), right.slice(other)), middle, other),
  ];
}

const alike = (one: ComparedLayer | undefined, other: ComparedLayer | undefined): boolean =>
  one !== undefined && other !== undefined && same(keyOf([one]), keyOf([other]));

const shifted = (pairs: readonly Pair[], left: number, right: number): readonly Pair[] =>
  pairs.map((pair) =>
    pairOf(pair.left === undefined ? undefined : pair.left + left, pair.right === undefined ? undefined : pair.right + right),
  );

const [BOTH, LEFT_ONLY, RIGHT_ONLY] = [0, 1, 2];

function alignWhole(left: readonly ComparedLayer[], right: readonly ComparedLayer[]): readonly Pair[] {
  const width = right.length + 1;
  const steps = new Uint8Array((left.length + 1) * width);
  steps.fill(RIGHT_ONLY, 0, width);
  const alikeness = remembered(left, right);
  // Best sums for the layers before row and column.
  let above = new Float64Array(width);
  for (let row = 1; row <= left.length; row++) {
    const sums = new Float64Array(width);
    steps[row * width] = LEFT_ONLY;
    for (let column = 1; column < width; column++) {
      const worth = alikeness(row - 1, column - 1);
      const both = worth > 0 ? (above[column - 1] ?? 0) + worth : -1;
      const [skipLeft, skipRight] = [above[column] ?? 0, sums[column - 1] ?? 0];
      sums[column] = Math.max(both, skipLeft, skipRight);
      steps[row * width + column] = sums[column] === both ? BOTH : sums[column] === skipLeft ? LEFT_ONLY : RIGHT_ONLY;
    }
    above = sums;
  }
  return walkBack(steps, width, left.length, right.length);
}

function walkBack(steps: Uint8Array, width: number, rows: number, columns: number): readonly Pair[] {
  const pairs: Pair[] = [];
  let [row, column] = [rows, columns];
  while (row > 0 || column > 0) {
    const step = steps[row * width + column];
    if (step !== RIGHT_ONLY) row--;
    if (step !== LEFT_ONLY) column--;
    pairs.push(pairOf(step === RIGHT_ONLY ? undefined : row, step === LEFT_ONLY ? undefined : column));
  }
  return pairs.reverse();
}

/** Similarity by index, asked once for each two kinds of layers; layers of equal place in their lists come first among equals. */
function remembered(left: readonly ComparedLayer[], right: readonly ComparedLayer[]): (row: number, column: number) => number {
  const kinds = new Map<string, number>();
  const kindsOf = (layers: readonly ComparedLayer[]): readonly number[] =>
    layers.map((layer) => {
      const key = keyOf([layer]);
      const kind = kinds.get(key) ?? kinds.size;
      kinds.set(key, kind);
      return kind;
    });
  const [rows, columns] = [kindsOf(left), kindsOf(right)];
  const known = new Map<number, number>();
  return (row, column) => {
    const key = (rows[row] ?? 0) * kinds.size + (columns[column] ?? 0);
    const [one, other] = [left[row], right[column]];
    const worth = known.get(key) ?? (one && other ? similarity(one, other) : 0);
    known.set(key, worth);
    return worth === 0 ? 0 : worth - DRIFT * Math.abs(row / left.length - column / right.length);
  };
}

/** Between two pairs, what only the left side has comes before what only the right side has. */
function gathered(pairs: readonly Pair[]): readonly Pair[] {
  const result: Pair[] = [];
  let alone: Pair[] = [];
  const settle = (): void => {
    result.push(...alone.filter(({ left }) => left !== undefined), ...alone.filter(({ right }) => right !== undefined));
    alone = [];
  };
  for (const pair of pairs) {
    if (pair.left === undefined || pair.right === undefined) alone.push(pair);
    else {
      settle();
      result.push(pair);
    }
  }
  settle();
  return result;
}
