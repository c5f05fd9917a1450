import type { Tensor } from '@tensorflow/tfjs-core';
import { tileUnder, type Atlas, type Band } from './atlas';
import { colorAt, colorTable, MARK_COLOR, NAN_COLOR, type Rgb } from './colorMaps';
import { allFrames, type Layout } from './layout';
import { statisticsFrom, type Look, type Painter, type Statistics, type Subject } from './painter';
import { colorPlace, placeOf, scaleOf, type Scale } from './scale';

interface Measured {
  /** Four numbers each, as `statisticsFrom` takes them; the layer's own are at the end. */
  readonly ranges: Float64Array;
  readonly counts: Float64Array;
}

/** Draws from values that are in memory anyway, as they are with the wasm and cpu backends. */
export class CpuPainter implements Painter {
  readonly maxSide = 8192;
  private readonly table = colorTable();
  private readonly measured = new Map<number, Measured>();
  private readonly canvas = new OffscreenCanvas(1, 1);

  measure(subject: Subject): void {
    if (!this.measured.has(subject.slot)) this.measured.set(subject.slot, measureMaps(valuesOf(subject.tensor), allFrames(subject.layout)));
  }

  paint(subject: Subject, atlas: Atlas, look: Look): ImageBitmap[] {
    this.measure(subject);
    const { tensor, order, marks, layout } = subject;
    const sheet: CpuSheet = {
      values: valuesOf(tensor),
      order: order && valuesOf(order),
      marks: marks && valuesOf(marks),
      layout,
      atlas,
      scales: this.scales(subject, look),
      table: this.table,
    };
    return atlas.bands.map((band) => this.bitmap(band, bandPixels(sheet, band)));
  }

  readTotals(slots: number): Promise<Statistics[]> {
    return Promise.resolve(
      Array.from({ length: slots }, (_, slot) => {
        const found = this.measured.get(slot);
        return found ? statisticsFrom(found.ranges, found.counts, found.ranges.length - 4) : statisticsFrom([], [], 0);
      }),
    );
  }

  readMaps(subject: Subject): Promise<Statistics[]> {
    this.measure(subject);
    const found = this.measured.get(subject.slot);
    if (!found) return Promise.resolve([]);
    return Promise.resolve(Array.from({ length: subject.layout.count }, (_, map) => statisticsFrom(found.ranges, found.counts, map * 4)));
  }

  forget(slot: number): void {
    this.measured.delete(slot);
  }

  dispose(): void {
    this.measured.clear();
  }

  /** One for each map. */
  private scales(subject: Subject, look: Look): Scale[] {
    const ranges = this.measured.get(subject.slot)?.ranges ?? new Float64Array(4);
    const range = (at: number) => ({ min: ranges[at] ?? 0, max: ranges[at + 1] ?? 0 });
    const layer = range(ranges.length - 4);
    return Array.from({ length: subject.layout.count }, (_, map) => scaleOf(layer, range(map * 4), look));
  }

  private bitmap(band: Band, pixels: Uint8ClampedArray<ArrayBuffer>): ImageBitmap {
    this.canvas.width = band.width;
    this.canvas.height = band.height;
    this.canvas.getContext('2d')?.putImageData(new ImageData(pixels, band.width, band.height), 0, 0);
    return this.canvas.transferToImageBitmap();
  }
}

const valuesOf = (tensor: Tensor): Float32Array => tensor.dataSync<'float32'>();

const indexOf = (layout: Layout, map: number, position: number): number => {
  const row = Math.floor(position / layout.width);
  return layout.offset + map * layout.mapStride + row * layout.rowStride + (position - row * layout.width) * layout.columnStride;
};

const measureMaps = (values: Float32Array, layout: Layout): Measured => {
  const ranges = new Float64Array((layout.count + 1) * 4);
  const counts = new Float64Array((layout.count + 1) * 4);
  const layer = new Tally();
  for (let map = 0; map < layout.count; map++) {
    const tally = new Tally();
    for (let position = 0; position < layout.values; position++) {
      const value = values[indexOf(layout, map, position)] ?? Number.NaN;
      tally.add(value);
      layer.add(value);
    }
    tally.write(ranges, counts, map * 4);
  }
  layer.write(ranges, counts, layout.count * 4);
  return { ranges, counts };
};

/** Welford's running mean and squared deviations. */
class Tally {
  private min = Infinity;
  private max = -Infinity;
  private mean = 0;
  private squares = 0;
  private finite = 0;
  private zeros = 0;
  private nans = 0;
  private infinities = 0;

  add(value: number): void {
    if (Number.isNaN(value)) this.nans++;
    else if (!Number.isFinite(value)) this.infinities++;
    else {
      this.finite++;
      if (value === 0) this.zeros++;
      this.min = Math.min(this.min, value);
      this.max = Math.max(this.max, value);
      const before = value - this.mean;
      this.mean += before / this.finite;
      this.squares += before * (value - this.mean);
    }
  }

  write(ranges: Float64Array, counts: Float64Array, at: number): void {
    ranges.set([this.min, this.max, this.mean, this.squares], at);
    counts.set([this.finite, this.zeros, this.nans, this.infinities], at);
  }
}

/** All that the bands of one picture are drawn from; `scales` has one for each map. */
export interface CpuSheet {
  readonly values: Float32Array;
  readonly order?: Float32Array | undefined;
  readonly marks?: Float32Array | undefined;
  readonly layout: Layout;
  readonly atlas: Atlas;
  readonly scales: readonly Scale[];
  readonly table: Uint8Array;
}

/** RGBA of one band; what no tile covers stays transparent. */
export const bandPixels = (sheet: CpuSheet, band: Band): Uint8ClampedArray<ArrayBuffer> => {
  const pixels = new Uint8ClampedArray(band.width * band.height * 4);
  for (let y = 0; y < band.height; y++) {
    for (let x = 0; x < band.width; x++) {
      const place = tileUnder(sheet.atlas, band, x, y);
      const color = place && pixelColor(sheet, place);
      if (color) pixels.set([...color, 255], (y * band.width + x) * 4);
    }
  }
  return pixels;
};

type Place = NonNullable<ReturnType<typeof tileUnder>>;

/** Undefined past the end of a folded strip. */
const pixelColor = (sheet: CpuSheet, place: Place): Rgb | undefined => {
  const { layout, order, scales, table } = sheet;
  const map = order ? (order[place.tile] ?? 0) : place.tile;
  const scale = scales[map];
  const value = valueAt(sheet, map, place, 0);
  if (!scale || value === undefined) return undefined;
  if (isOutline(sheet, map, place)) return MARK_COLOR;
  if (layout.colorStride !== undefined) return mixed(sheet, map, place, scale);
  return Number.isFinite(value) ? colorAt(table, scale.map, placeOf(scale, value)) : NAN_COLOR;
};

/** Three values a pixel, on one scale around zero. */
const mixed = (sheet: CpuSheet, map: number, place: Place, { low, high }: Scale): Rgb => {
  const stride = sheet.layout.colorStride ?? 0;
  const part = (nth: number): number => valueAt(sheet, map, place, nth * stride) ?? Number.NaN;
  const parts = [part(0), part(1), part(2)] as const;
  if (!parts.every(Number.isFinite)) return NAN_COLOR;
  const bound = Math.max(Math.abs(low), Math.abs(high));
  return [255 * colorPlace(bound, parts[0]), 255 * colorPlace(bound, parts[1]), 255 * colorPlace(bound, parts[2])];
};

const isOutline = ({ marks, atlas, layout }: CpuSheet, map: number, { x, y }: Place): boolean => {
  if (!marks || atlas.reduce > 1) return false;
  const [column, row] = [Math.floor(x / atlas.zoomX), Math.floor(y / atlas.zoomY)];
  const [inX, inY] = [x - column * atlas.zoomX, y - row * atlas.zoomY];
  const edge = inX === 0 || inY === 0 || inX === atlas.zoomX - 1 || inY === atlas.zoomY - 1;
  return edge && (marks[indexOf(layout, map, row * layout.width + column)] ?? 0) > 0.5;
};

/** The value under a tile's pixel, or the mean of those that the pixel stands for; undefined past the end of a folded strip. */
const valueAt = ({ values, layout, atlas }: CpuSheet, map: number, { x, y }: Place, shift: number): number | undefined => {
  const [fromX, fromY] = [Math.floor(x / atlas.zoomX) * atlas.reduce, Math.floor(y / atlas.zoomY) * atlas.reduce];
  let [sum, count] = [0, 0];
  for (let row = fromY; row < Math.min(layout.height, fromY + atlas.reduce); row++) {
    for (let column = fromX; column < Math.min(layout.width, fromX + atlas.reduce); column++) {
      const position = row * layout.width + column;
      if (position >= layout.values) continue;
      sum += values[indexOf(layout, map, position) + shift] ?? Number.NaN;
      count++;
    }
  }
  return count === 0 ? undefined : sum / count;
};
