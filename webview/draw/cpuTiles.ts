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

/** Draws one band with its left upper corner at (`x`, `y`) of the image; what no tile covers stays as it is. */
export const drawBand = (sheet: CpuSheet, band: Band, image: ImageData, x: number, y: number): void => {
  const pixels = new Uint32Array(image.data.buffer);
  for (let tile = band.first; tile < band.first + band.count; tile++) {
    const corner = tileCorner(sheet.atlas, band, tile);
    drawTile(sheet, tile, pixels, image.width, (y + corner.y) * image.width + x + corner.x);
  }
};

/** Each cell's colour is found once, however many pixels show it. @param from index of the tile's left upper pixel */
const drawTile = (sheet: CpuSheet, tile: number, pixels: Uint32Array, pitch: number, from: number): void => {
  const { layout, atlas } = sheet;
  const { zoomX, zoomY, reduce } = atlas;
  const map = sheet.order?.[tile] ?? tile;
  const pixelAt = cellPixels(sheet, map);
  for (let row = 0, top = from; row < layout.height; row += reduce, top += zoomY * pitch) {
    const columns = Math.min(layout.width, layout.values - row * layout.width);
    for (let column = 0, at = top; column < columns; column += reduce, at += zoomX) {
      pixels.fill(pixelAt(row, column), at, at + zoomX);
    }
    const end = top + Math.ceil(columns / reduce) * zoomX;
    for (let line = 1; line < zoomY; line++) pixels.copyWithin(top + line * pitch, top, end);
    if (sheet.marks && reduce === 1) outline(sheet, map, row, pixels, pitch, top);
  }
};

/** What gives a cell's colour, for one map. */
const cellPixels = (sheet: CpuSheet, map: number): ((row: number, column: number) => number) => {
  const { layout, atlas, values } = sheet;
  const scale = sheet.scales[map] ?? { map: 'gray', low: 0, high: 0 };
  if (layout.colorStride !== undefined) return (row, column) => mixedPixel(sheet, map, row, column, scale);
  const colors = pixelsOf(scale.map);
  const factor = scale.high > scale.low ? (FINE - 1) / (scale.high - scale.low) : 0;
  const pixel = (value: number): number => {
    if (!Number.isFinite(value)) return NAN_PIXEL;
    if (factor === Infinity) return colors[Math.round(placeOf(scale, value) * (FINE - 1))] ?? 0;
    const place = (value - scale.low) * factor;
    return colors[place <= 0 ? 0 : place >= FINE - 1 ? FINE - 1 : Math.round(place)] ?? 0;
  };
  if (atlas.reduce > 1) return (row, column) => pixel(blockMean(sheet, map, row, column, 0));
  const first = layout.offset + map * layout.mapStride;
  return (row, column) => pixel(values[first + row * layout.rowStride + column * layout.columnStride] ?? Number.NaN);
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
