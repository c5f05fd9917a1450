import type { StepInfo } from '../../engine/contract/program';
import type { Branch } from './tree';

/** What the graph shows of one level: its branches by their place in the order, and what goes in and comes out. */
export interface Wiring {
  /** Pairs of places; -1 for what comes from outside of the level, `count` for what goes out of it. Each pair once. */
  readonly edges: readonly (readonly [from: number, to: number])[];
  readonly count: number;
}

export const stepsIn = (branch: Branch): readonly StepInfo[] => (branch.kind === 'layer' ? [branch.step] : branch.steps);

/**
 * Edges between the branches of one level.
 *
 * @param readers for each step's key, the keys of the steps that read it
 */
export const wiringOf = (branches: readonly Branch[], readers: ReadonlyMap<string, readonly string[]>): Wiring => {
  const count = branches.length;
  const place = new Map(branches.flatMap((branch, index) => stepsIn(branch).map((step) => [step.key, index] as const)));
  const edges = new Map<string, readonly [number, number]>();
  const add = (from: number, to: number): void => {
    if (from !== to) edges.set(`${from} ${to}`, [from, to]);
  };
  branches.forEach((branch, index) => {
    for (const step of stepsIn(branch)) {
      for (const input of step.inputs) if (!place.has(input)) add(-1, index);
      for (const reader of readers.get(step.key) ?? []) add(index, place.get(reader) ?? count);
    }
  });
  return { edges: [...edges.values()], count };
};

/** For each step's key, the keys of the steps that read it. */
export const readersOf = (steps: readonly StepInfo[]): ReadonlyMap<string, readonly string[]> => {
  const readers = new Map<string, string[]>();
  for (const step of steps)
    for (const input of step.inputs) {
      const known = readers.get(input);
      if (known) known.push(step.key);
      else readers.set(input, [step.key]);
    }
  return readers;
};

/**
 * Splits the places of a level where nothing but one branch's output goes on: what lies between is laid out by itself, so that a long model costs
 * no more than the sum of its parts. Each segment begins with the last place of the one before.
 */
export const segmentsOf = ({ edges, count }: Wiring, first: number, last: number): readonly (readonly number[])[] => {
  const farthest = new Map<number, number>();
  for (const [from, to] of edges) farthest.set(from, Math.max(farthest.get(from) ?? from, to));
  const segments: number[][] = [];
  let segment: number[] = [];
  let open = -Infinity;
  for (let at = first; at <= last; at++) {
    segment.push(at);
    const others = open;
    const mine = farthest.get(at) ?? (at === last ? at : count + 1);
    // All that earlier branches feed lies at or before this one.
    if (others <= at && segment.length > 1 && mine > at && mine <= count) {
      segments.push(segment);
      segment = [at];
    }
    open = Math.max(open, mine);
    if (segment.length === 1) open = mine;
  }
  if (segment.length > 1 || segments.length === 0) segments.push(segment);
  return segments;
};
