/** One thing in the order of the program, with where it comes from. */
export interface Item<T> {
  readonly value: T;
  /** The size of its output, for stages. */
  readonly size: string;
  /** Call lines that led to it, outermost first. */
  readonly calls: readonly string[];
  /** The line that made it. */
  readonly site: string;
}

/** The line that made an item, and the calls on the way to it from `depth` on. */
export const tokenOf = ({ calls, site }: Item<unknown>, depth: number): string => [...calls.slice(depth), site].join(' ');

/**
 * Splits what was made by several calls of one function, or rounds of one loop, into one piece each. A function that is called again ends where it
 * ended before, at its return, whatever options it took on the way: so a piece ends behind each item that has the last one's token.
 * One piece where that token comes once, or where nothing but it comes.
 */
export const pieces = <T>(items: readonly T[], token: (item: T) => string): readonly (readonly T[])[] => {
  const last = items[items.length - 1];
  if (last === undefined) return [];
  const end = token(last);
  const found: T[][] = [[]];
  items.forEach((item, index) => {
    found[found.length - 1]?.push(item);
    if (token(item) === end && index < items.length - 1) found.push([]);
  });
  return found.every((piece) => piece.length === 1) ? [items] : found;
};

/** Neighbours of one size. */
export const stagesOf = <T>(blocks: readonly T[], size: (block: T) => string): readonly (readonly T[])[] => {
  const stages: T[][] = [];
  for (const block of blocks) {
    const stage = stages[stages.length - 1];
    const [first] = stage ?? [];
    if (stage && first !== undefined && size(first) === size(block)) stage.push(block);
    else stages.push([block]);
  }
  return stages;
};
