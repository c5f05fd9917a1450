/** One figure of ours beside the same figure of a peer, taken in the same run. */
export interface Figure {
  readonly name: string;
  readonly unit: 'ms' | 'MB' | 'reads';
  readonly ours: number;
  readonly peer: number;
}

/** The line that is printed for a figure; scripts read it, so it never changes: `name: ours X ms, peer Y ms, ratio Z`. */
export const lineOf = ({ name, unit, ours, peer }: Figure): string =>
  `${name}: ours ${rounded(ours, unit)} ${unit}, peer ${rounded(peer, unit)} ${unit}, ratio ${(ours / peer).toFixed(3)}`;

const rounded = (value: number, unit: Figure['unit']): string =>
  unit === 'reads' ? String(value) : value < 10 ? value.toFixed(2) : value.toFixed(1);

/** The middle of several values: one disturbed run does not move it. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new Error('there is no median of nothing');
  return (low + high) / 2;
}

/** The value below which so many of a hundred are. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const found = sorted[Math.min(sorted.length - 1, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (found === undefined) throw new Error('there is no percentile of nothing');
  return found;
}

/** The seed of all made sources, the lines of which a bench is about, and how often each thing is measured. */
export interface BenchOptions {
  readonly seed: number;
  readonly rounds: number;
  /** Fewer files and lines: to see that a bench works, not to compare. */
  readonly quick: boolean;
  report(figure: Figure): void;
  note(text: string): void;
}
