/** One change of a text: what stood between `start` and `end` became `length` characters. Offsets of the text before the change. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

/** The smallest single edit that turns one text into another. */
export function editBetween(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (same < shorter - start && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  return { start, end: before.length - same, length: after.length - same - start };
}
