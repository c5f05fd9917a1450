/** Fewer lines are not worth a fold. */
const LEAST = 3;

/** A fold: its first line stays on the screen. */
export interface Fold {
  readonly start: number;
  /** The last line of it. */
  readonly end: number;
}

/** Stretches of lines that can be folded, 0-based. */
export function foldsOf(lines: readonly { readonly isFoldable?: true }[]): readonly Fold[] {
  const folds: Fold[] = [];
  for (let start = 0, end: number; start < lines.length; start = end + 1) {
    end = start;
    while (lines[end]?.isFoldable) end += 1;
    if (end - start >= LEAST) folds.push({ start, end: end - 1 });
  }
  return folds;
}
