import type { Layout } from './layout';

/** Figures of a layer's maps, four numbers each, as `statisticsFrom` takes them; the layer's own are at the end. */
export interface Measured {
  readonly ranges: Float64Array;
  readonly counts: Float64Array;
}

/** Floats, and the same memory as whole numbers. */
interface Values {
  readonly values: Float32Array;
  readonly bits: Int32Array;
}

/** Values of each map that are gone through at once, about. */
const LONG_ROW = 256;

/** Magnitudes from here on are infinite, or no numbers. */
const INFINITE = 0x7f800000;

/** Sums over the values of several maps at once, taken of the distance from each map's first finite value, which keeps them exact. */
class Sums {
  private readonly min: Float64Array;
  private readonly max: Float64Array;
  private readonly shift: Float64Array;
  private readonly sum: Float64Array;
  private readonly squares: Float64Array;
  private readonly finite: Uint32Array;
  private readonly zeros: Uint32Array;
  private readonly nans: Uint32Array;
  private readonly infinities: Uint32Array;

  constructor(private readonly maps: number) {
    this.min = new Float64Array(maps).fill(Infinity);
    this.max = new Float64Array(maps).fill(-Infinity);
    [this.shift, this.sum, this.squares] = [new Float64Array(maps), new Float64Array(maps), new Float64Array(maps)];
    [this.finite, this.zeros] = [new Uint32Array(maps), new Uint32Array(maps)];
    [this.nans, this.infinities] = [new Uint32Array(maps), new Uint32Array(maps)];
  }

  /** Adds `count` values of one map, the first at `from` and each `step` behind the one before. */
  add({ values, bits }: Values, map: number, from: number, count: number, step: number): void {
    const first = this.finite[map] === 0 ? finiteFrom(values, from, count, step) : (this.shift[map] ?? 0);
    this.shift[map] = first;
    let min = this.min[map] ?? 0;
    let max = this.max[map] ?? 0;
    let sum = 0;
    let squares = 0;
    let others = 0;
    let odd = 0;
    for (let at = from, end = from + count * step; at < end; at += step) {
      const value = values[at] as number;
      const magnitude = (bits[at] as number) & 0x7fffffff;
      if (magnitude >= INFINITE) {
        odd++;
        this.addOdd(map, value);
        continue;
      }
      // The sign of its negative says that a magnitude is not zero: a jump here, which nothing foretells behind a ReLU, would take most of the time.
      others += -magnitude >>> 31;
      if (value < min) min = value;
      if (value > max) max = value;
      const apart = value - first;
      sum += apart;
      squares += apart * apart;
    }
    this.min[map] = min;
    this.max[map] = max;
    this.sum[map] = (this.sum[map] ?? 0) + sum;
    this.squares[map] = (this.squares[map] ?? 0) + squares;
    this.zeros[map] = (this.zeros[map] ?? 0) + count - odd - others;
    this.finite[map] = (this.finite[map] ?? 0) + count - odd;
  }

  private addOdd(map: number, value: number): void {
    const tally = Number.isNaN(value) ? this.nans : this.infinities;
    tally[map] = (tally[map] ?? 0) + 1;
  }

  /** Chan's formula joins the maps' figures into the layer's. */
  measured(): Measured {
    const { maps } = this;
    const ranges = new Float64Array((maps + 1) * 4);
    const counts = new Float64Array((maps + 1) * 4);
    const layer = { min: Infinity, max: -Infinity, mean: 0, squares: 0, finite: 0, zeros: 0, nans: 0, infinities: 0 };
    for (let map = 0; map < maps; map++) {
      const [finite = 0, sum = 0] = [this.finite[map], this.sum[map]];
      const [min = 0, max = 0, zeros = 0] = [this.min[map], this.max[map], this.zeros[map]];
      const [nans = 0, infinities = 0] = [this.nans[map], this.infinities[map]];
      const mean = (this.shift[map] ?? 0) + sum / Math.max(1, finite);
      const squares = Math.max(0, (this.squares[map] ?? 0) - (sum * sum) / Math.max(1, finite));
      ranges.set([min, max, mean, squares], map * 4);
      counts.set([finite, zeros, nans, infinities], map * 4);
      layer.zeros += zeros;
      layer.nans += nans;
      layer.infinities += infinities;
      if (finite === 0) continue;
      const [both, apart] = [layer.finite + finite, mean - layer.mean];
      layer.squares += squares + (apart * apart * layer.finite * finite) / both;
      layer.mean += (apart * finite) / both;
      layer.finite = both;
      layer.min = Math.min(layer.min, min);
      layer.max = Math.max(layer.max, max);
    }
    ranges.set([layer.min, layer.max, layer.mean, layer.squares], maps * 4);
    counts.set([layer.finite, layer.zeros, layer.nans, layer.infinities], maps * 4);
    return { ranges, counts };
  }
}

/** The first finite value; 0 where there is none. */
const finiteFrom = (values: Float32Array, from: number, count: number, step: number): number => {
  for (let at = from; at < from + count * step; at += step) if (Number.isFinite(values[at])) return values[at] ?? 0;
  return 0;
};

/** @param layout of all that is to be measured, frames included */
export const measureMaps = (values: Float32Array, layout: Layout): Measured => {
  const { count, width, height, mapStride, rowStride, columnStride, offset } = layout;
  const sums = new Sums(count);
  const both = { values, bits: new Int32Array(values.buffer, values.byteOffset, values.length) };
  // Rows that follow one another without a gap are one long row; but all maps' part of it stays small enough to be near in memory.
  const dense = rowStride === width * columnStride;
  const rows = dense ? Math.max(1, Math.floor(LONG_ROW / width)) : 1;
  for (let row = 0; row < height; row += rows) {
    const columns = Math.min(rows * width, layout.values - row * width);
    const from = offset + row * rowStride;
    for (let map = 0; map < count; map++) sums.add(both, map, from + map * mapStride, columns, columnStride);
  }
  return sums.measured();
};
