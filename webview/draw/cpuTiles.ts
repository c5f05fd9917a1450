import { tileCorner, type Atlas, type Band } from './atlas';
import { colorAt, colorTable, MARK_COLOR, NAN_COLOR, type MapName, type Rgb } from './colorMaps';
import type { Layout } from './layout';
import { colorPlace, placeOf, type Scale } from './scale';

/** All that the bands of one picture are drawn from; `scales` has one for each map. */
export interface CpuSheet {
  readonly values: Float32Array;
  readonly order?: Float32Array | undefined;
  readonly marks?: Float32Array | undefined;
  readonly layout: Layout;
  readonly atlas: Atlas;
  readonly scales: readonly Scale[];
}

/** Colours of each map that are mixed in advance, so fine that a byte's half is not missed. */
const FINE = 4096;

/** A pixel as it lies in an image's memory. */
const pixelOf = ([red, green, blue]: Rgb): number => new Uint32Array(Uint8ClampedArray.of(red, green, blue, 255).buffer)[0] ?? 0;

const NO_SCALE: Scale = { map: 'gray', low: 0, high: 0 };

const NAN_PIXEL = pixelOf(NAN_COLOR);
const MARK_PIXEL = pixelOf(MARK_COLOR);

const mixed = new Map<MapName, Uint32Array>();

const pixelsOf = (name: MapName): Uint32Array => {
  const known = mixed.get(name);
  if (known) return known;
  const table = colorTable();
  const made = Uint32Array.from({ length: FINE }, (_, k) => pixelOf(colorAt(table, name, k / (FINE - 1))));
  mixed.set(name, made);
  return made;
};

/** One map on its way onto an image. */
interface Tile {
  readonly map: number;
  readonly scale: Scale;
  /** Index of the tile's left upper pixel. */
  readonly from: number;
}

/** Draws one band with its left upper corner at (`x`, `y`) of the image; what no tile covers stays as it is. */
export const drawBand = (sheet: CpuSheet, band: Band, image: ImageData, x: number, y: number): void => {
  const { layout, atlas, order, scales } = sheet;
  const pixels = new Uint32Array(image.data.buffer);
  const tiles = Array.from({ length: band.count }, (_, nth): Tile => {
    const corner = tileCorner(atlas, band, band.first + nth);
    const map = order?.[band.first + nth] ?? band.first + nth;
    return { map, scale: scales[map] ?? NO_SCALE, from: (y + corner.y) * image.width + x + corner.x };
  });
  const row = new Float64Array(Math.ceil(layout.width / atlas.reduce));
  // Values of all maps at one place lie side by side, so all tiles grow downwards together.
  for (let down = 0; down < layout.height; down += atlas.reduce) {
    for (const tile of tiles) drawRow(sheet, tile, down, row, pixels, image.width);
  }
};

/** Each cell's colour is found once, however many pixels show it. */
const drawRow = (sheet: CpuSheet, tile: Tile, down: number, row: Float64Array, pixels: Uint32Array, pitch: number): void => {
  const { layout, atlas } = sheet;
  const { zoomX, zoomY, reduce } = atlas;
  const { map, scale } = tile;
  const top = tile.from + (down / reduce) * zoomY * pitch;
  const columns = Math.ceil(Math.min(layout.width, layout.values - down * layout.width) / reduce);
  if (columns <= 0) return;
  if (layout.colorStride !== undefined) mixRow(sheet, tile, down, columns, pixels, top);
  else {
    readRow(sheet, map, down, columns, row);
    colorRow(row, columns, scale, zoomX, pixels, top);
  }
  for (let line = 1; line < zoomY; line++) pixels.copyWithin(top + line * pitch, top, top + columns * zoomX);
  if (sheet.marks && reduce === 1) outline(sheet, map, down, pixels, pitch, top);
};

/** The values of one row of cells. */
const readRow = (sheet: CpuSheet, map: number, down: number, columns: number, row: Float64Array): void => {
  const { layout, atlas, values } = sheet;
  const first = layout.offset + map * layout.mapStride + down * layout.rowStride;
  for (let k = 0; k < columns; k++)
    row[k] = atlas.reduce === 1 ? (values[first + k * layout.columnStride] as number) : blockMean(sheet, map, down, k * atlas.reduce, 0);
};

const colorRow = (row: Float64Array, columns: number, scale: Scale, zoom: number, pixels: Uint32Array, top: number): void => {
  const colors = pixelsOf(scale.map);
  const last = FINE - 1;
  const factor = scale.high > scale.low ? last / (scale.high - scale.low) : 0;
  for (let k = 0, at = top; k < columns; k++, at += zoom) {
    const value = row[k] as number;
    // A scale that is shorter than numbers can be divided by has values at its ends alone.
    let place = factor === Infinity ? placeOf(scale, value) * last : (value - scale.low) * factor;
    if (place > last) place = last;
    else if (place < 0) place = 0;
    const pixel = value - value === 0 ? (colors[(place + 0.5) | 0] as number) : NAN_PIXEL;
    // A few pixels are faster written one by one than by `fill`.
    for (let to = at; to < at + zoom; to++) pixels[to] = pixel;
  }
};

/** A row of cells in colour. */
const mixRow = (sheet: CpuSheet, { map, scale }: Tile, down: number, columns: number, pixels: Uint32Array, top: number): void => {
  const { zoomX, reduce } = sheet.atlas;
  for (let k = 0; k < columns; k++) {
    const at = top + k * zoomX;
    pixels.fill(mixedPixel(sheet, map, down, k * reduce, scale), at, at + zoomX);
  }
};

/** Three values a pixel, on one scale around zero. */
const mixedPixel = (sheet: CpuSheet, map: number, row: number, column: number, { low, high }: Scale): number => {
  const stride = sheet.layout.colorStride ?? 0;
  const parts = [0, 1, 2].map((nth) => blockMean(sheet, map, row, column, nth * stride));
  if (!parts.every(Number.isFinite)) return NAN_PIXEL;
  const bound = Math.max(Math.abs(low), Math.abs(high));
  const [red = 0, green = 0, blue = 0] = parts.map((part) => 255 * colorPlace(bound, part));
  return pixelOf([red, green, blue]);
};

/** Edges of the marked cells of one row. @param top index of the row's first pixel */
const outline = (sheet: CpuSheet, map: number, row: number, pixels: Uint32Array, pitch: number, top: number): void => {
  const { layout, marks, atlas } = sheet;
  const { zoomX, zoomY } = atlas;
  for (let column = 0; column < layout.width; column++) {
    const cell = layout.offset + map * layout.mapStride + row * layout.rowStride + column * layout.columnStride;
    if (!((marks?.[cell] ?? 0) > 0.5)) continue;
    const left = top + column * zoomX;
    for (let line = 0; line < zoomY; line++) {
      const at = left + line * pitch;
      if (line === 0 || line === zoomY - 1) pixels.fill(MARK_PIXEL, at, at + zoomX);
      else pixels[at] = pixels[at + zoomX - 1] = MARK_PIXEL;
    }
  }
};

/** The mean of the values that a cell stands for. */
const blockMean = ({ values, layout, atlas }: CpuSheet, map: number, row: number, column: number, shift: number): number => {
  const first = layout.offset + map * layout.mapStride + shift;
  let [sum, count] = [0, 0];
  for (let down = row; down < Math.min(layout.height, row + atlas.reduce); down++) {
    const columns = Math.min(layout.width, layout.values - down * layout.width, column + atlas.reduce);
    for (let right = column; right < columns; right++) {
      sum += values[first + down * layout.rowStride + right * layout.columnStride] ?? Number.NaN;
      count++;
    }
  }
  return count === 1 ? sum : sum / count;
};
