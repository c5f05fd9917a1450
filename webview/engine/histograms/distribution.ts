import type { Statistics } from '../../draw/painter';

/** How often values fall where. Plain data, to be sent to the page. */
export interface Distribution {
  /** Exact counts; `min`, `max`, `mean`, `std` are over finite values, in float64. */
  readonly figures: Statistics;
  /** Width of each bin, a power of two; bin k holds the values in [low + k * width, low + (k + 1) * width). */
  readonly width: number;
  /** Where the first bin begins, a whole multiple of `width`. 0 is never inside a bin. */
  readonly low: number;
  /** Finite values a bin; empty where there is no finite value. */
  readonly counts: readonly number[];
}

/** A list of numbers, or a typed array of them. */
export type Values = ArrayLike<number> & Iterable<number>;

/** Bins that a distribution has at most. */
export const MOST_BINS = 96;

/**
 * The power of two that cuts [min, max] into at most `most` bins whose edges are its multiples, and into as many as that allows.
 * A power of two divides a float without rounding, so a value's bin is exact.
 */
const binWidth = (min: number, max: number, most: number): number => {
  // A single value, or neighbours of one another, need no finer bins than floats have.
  const span = Math.max(max - min, Math.max(Math.abs(min), Math.abs(max)) * 2 ** -20, 2 ** -149);
  let width = 2 ** Math.floor(Math.log2(span / most));
  while (Math.floor(max / width) - Math.floor(min / width) >= most) width *= 2;
  return width;
};

/**
 * Counts values that arrive in parts, whatever their number, in memory of a few hundred numbers. Bins grow with the range: two become one
 * where more would be needed, and since edges are multiples of a power of two the outcome does not depend on how the parts were cut.
 */
export class Tally {
  private min = Infinity;
  private max = -Infinity;
  private finite = 0;
  private mean = 0;
  /** Sum of squared deviations from the mean. */
  private squares = 0;
  private zeros = 0;
  private nans = 0;
  private infinities = 0;
  private width = 0;
  /** Index of the first bin: its low edge is `first * width`. */
  private first = 0;
  private counts = new Float64Array(0);

  add(values: Values): void {
    if (this.measure(values)) this.count(values);
  }

  distribution(): Distribution {
    const known = (value: number): number => (this.finite === 0 ? Number.NaN : value);
    const { zeros, nans, infinities } = this;
    return {
      figures: {
        min: known(this.min),
        max: known(this.max),
        mean: known(this.mean),
        std: known(Math.sqrt(this.squares / Math.max(1, this.finite))),
        zeros,
        nans,
        infinities,
        count: this.finite + nans + infinities,
      },
      width: this.width,
      low: this.first * this.width,
      counts: [...this.counts],
    };
  }

  /** Takes a part into the figures. False where it holds no finite value. */
  private measure(values: Values): boolean {
    let [min, max, sum, finite] = [Infinity, -Infinity, 0, 0];
    for (const value of values) {
      if (Number.isFinite(value)) {
        if (value < min) min = value;
        if (value > max) max = value;
        if (value === 0) this.zeros++;
        sum += value;
        finite++;
      } else if (Number.isNaN(value)) this.nans++;
      else this.infinities++;
    }
    if (finite === 0) return false;
    this.spread(values, sum / finite, finite);
    this.min = Math.min(this.min, min);
    this.max = Math.max(this.max, max);
    return true;
  }

  /** Joins a part's mean and deviations with those so far (Chan, Golub and LeVeque 1979), which loses no digits to a large mean. */
  private spread(values: Values, mean: number, finite: number): void {
    let squares = 0;
    for (const value of values) {
      if (Number.isFinite(value)) squares += (value - mean) ** 2;
    }
    const all = this.finite + finite;
    const apart = mean - this.mean;
    this.squares += squares + (apart * apart * this.finite * finite) / all;
    this.mean += (apart * finite) / all;
    this.finite = all;
  }

  private count(values: Values): void {
    this.cover();
    const { counts, first, width } = this;
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      const bin = Math.floor(value / width) - first;
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }

  /** Makes the bins reach from the smallest to the largest value, and moves what was counted into them. */
  private cover(): void {
    const width = binWidth(this.min, this.max, MOST_BINS);
    const first = Math.floor(this.min / width);
    const counts = new Float64Array(Math.floor(this.max / width) - first + 1);
    this.counts.forEach((count, bin) => {
      const at = Math.floor(((this.first + bin) * this.width) / width) - first;
      counts[at] = (counts[at] ?? 0) + count;
    });
    Object.assign(this, { width, first, counts });
  }
}

/** The same counts in bins of `width`, a larger power of two: two distributions that are to be compared need equal bins. */
export const rebinned = (given: Distribution, width: number): Distribution => {
  if (given.counts.length === 0 || width <= given.width) return given;
  const first = Math.floor(given.low / width);
  const last = Math.floor((given.low + (given.counts.length - 1) * given.width) / width);
  const counts = new Array<number>(last - first + 1).fill(0);
  given.counts.forEach((count, bin) => {
    const at = Math.floor((given.low + bin * given.width) / width) - first;
    counts[at] = (counts[at] ?? 0) + count;
  });
  return { ...given, width, low: first * width, counts };
};
