import type { Layout } from './layout';

/** Figures of a layer's maps, four numbers each, as `statisticsFrom` takes them; the layer's own are at the end. */
export interface Measured {
  readonly ranges: Float64Array;
  readonly counts: Float64Array;
}

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

  /** Adds one value of each of the maps from `map` on, which lie side by side from `at` on. */
  add(values: Float32Array, at: number, map: number, count: number): void {
    const { min, max, shift, sum, squares, finite, zeros } = this;
    for (let k = map; k < map + count; k++, at++) {
      const value = values[at] as number;
      // Neither NaN nor an infinity less itself is zero.
      if (value - value !== 0) {
        this.addOdd(k, value);
        continue;
      }
      const before = finite[k] as number;
      finite[k] = before + 1;
      if (before === 0) shift[k] = value;
      if (value === 0) zeros[k] = (zeros[k] as number) + 1;
      if (value < (min[k] as number)) min[k] = value;
      if (value > (max[k] as number)) max[k] = value;
      const apart = value - (shift[k] as number);
      sum[k] = (sum[k] as number) + apart;
      squares[k] = (squares[k] as number) + apart * apart;
    }
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

/** @param layout of all that is to be measured, frames included */
export const measureMaps = (values: Float32Array, layout: Layout): Measured => {
  const { count, width, height, mapStride, rowStride, columnStride, offset } = layout;
  const sums = new Sums(count);
  // Maps that lie side by side are summed up together, which goes through the memory once and in its order.
  const together = mapStride === 1 ? count : 1;
  for (let map = 0; map < count; map += together) {
    const from = offset + map * mapStride;
    for (let row = 0; row < height; row++) {
      const columns = Math.min(width, layout.values - row * width);
      let at = from + row * rowStride;
      for (let column = 0; column < columns; column++, at += columnStride) sums.add(values, at, map, together);
    }
  }
  return sums.measured();
};
