import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { lenet } from '../../../scripts/train-lenet/network';
import { colorTable, MARK_COLOR, NAN_COLOR, STEPS, MAP_ROWS, type MapName } from '../../../webview/draw/colorMaps';
import type { Layout } from '../../../webview/draw/layout';
import type { DrawnPicture } from '../pages/bench';

/** What TensorFlow.js itself computes, on its cpu backend in Node, and what colours that must have. */

const assets = join(__dirname, '../../../webview/assets');

/** The shipped LeNet-5: built with TensorFlow.js' own API, with the shipped weights. */
export const shippedLenet = (): tf.Sequential => {
  const model = lenet();
  const all = new Float32Array(new Uint8Array(readFileSync(join(assets, 'lenet5.weights.bin'))).buffer);
  let from = 0;
  const weights = model.getWeights().map((weight) => {
    from += weight.size;
    return tf.tensor(all.slice(from - weight.size, from), weight.shape);
  });
  model.setWeights(weights);
  return model;
};

/** A shipped digit as the model takes it: [1, 32, 32, 1]. */
export const shippedDigit = (digit: number): tf.Tensor => {
  const bytes = new Uint8Array(readFileSync(join(assets, 'digits.bin'))).subarray(digit * 1024, (digit + 1) * 1024);
  return tf.tensor(
    Float32Array.from(bytes, (value) => value / 255),
    [1, 32, 32, 1],
  );
};

/** Outputs of all layers, by name, each computed by a model that ends there. */
export const outputsOf = (model: tf.LayersModel, input: tf.Tensor): Map<string, Float32Array> =>
  new Map(
    model.layers.map((layer) => {
      const upTo = tf.model({ inputs: model.inputs, outputs: layer.output as tf.SymbolicTensor });
      return [layer.name, (upTo.predict(input) as tf.Tensor).dataSync<'float32'>()];
    }),
  );

interface Range {
  readonly min: number;
  readonly max: number;
}

const rangeOf = (values: ArrayLike<number>): Range => {
  let [min, max] = [Infinity, -Infinity];
  for (const value of Array.from(values).filter(Number.isFinite)) [min, max] = [Math.min(min, value), Math.max(max, value)];
  return { min, max };
};

const valueAt = (values: Float32Array, layout: Layout, map: number, row: number, column: number): number | undefined =>
  row * layout.width + column < layout.values
    ? values[layout.offset + map * layout.mapStride + row * layout.rowStride + column * layout.columnStride]
    : undefined;

const mapValues = (values: Float32Array, layout: Layout, map: number): number[] =>
  Array.from(
    { length: layout.values },
    (_, k) => valueAt(values, layout, map, Math.floor(k / layout.width), k % layout.width) ?? Number.NaN,
  );

const table = colorTable();

/** Where there is no tile, or no value in it. */
const CLEAR: readonly number[] = [0, 0, 0, 0];

/** A colour by the rules that the panel promises: written out here once more, on purpose. */
const colorOf = (value: number, layer: Range, map: Range, look: DrawnPicture['look']): readonly number[] => {
  if (!Number.isFinite(value)) return NAN_COLOR;
  const flat = map.max - map.min <= 1e-5 * (layer.max - layer.min);
  const range = look.scale === 'own' && !flat ? map : layer;
  const name: MapName = look.map === 'gray' ? 'gray' : layer.min < 0 ? 'diverging' : 'sequential';
  const bound = Math.max(Math.abs(range.min), Math.abs(range.max));
  const [low, high] = name === 'diverging' ? [-bound, bound] : [range.min, range.max];
  const place = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) * (STEPS - 1) : 0;
  const step = Math.min(STEPS - 2, Math.floor(place));
  const at = (MAP_ROWS[name] * STEPS + step) * 4;
  return [0, 1, 2].map((channel) => {
    const [from, to] = [table[at + channel] ?? 0, table[at + 4 + channel] ?? 0];
    return from + (to - from) * (place - step);
  });
};

/** The value under a tile's pixel, or the mean of the block of values that the pixel stands for. */
const meanAt = (values: Float32Array, { atlas, layout }: DrawnPicture, map: number, x: number, y: number): number | undefined => {
  const [left, top] = [Math.floor(x / atlas.zoomX) * atlas.reduce, Math.floor(y / atlas.zoomY) * atlas.reduce];
  const block: number[] = [];
  for (let row = top; row < Math.min(layout.height, top + atlas.reduce); row++) {
    for (let column = left; column < Math.min(layout.width, left + atlas.reduce); column++) {
      const value = valueAt(values, layout, map, row, column);
      if (value !== undefined) block.push(value);
    }
  }
  return block.length === 0 ? undefined : block.reduce((sum, value) => sum + value, 0) / block.length;
};

export interface Difference {
  /** Largest distance of a colour's part from where it must be, of 255. */
  readonly worst: number;
  /** Pixels that were compared: all of them, the gaps between tiles too. */
  readonly pixels: number;
}

/** What else decides a picture. */
export interface Extras {
  /** Which map each tile must show. */
  readonly order?: readonly number[];
  /** Cells that must be outlined are above one half; laid out as the values are. */
  readonly marks?: Float32Array;
}

/** The three parts of a colour filter's pixel, on one scale around zero. */
const mixedOf = (parts: readonly number[], layer: Range, map: Range, look: DrawnPicture['look']): readonly number[] => {
  const flat = map.max - map.min <= 1e-5 * (layer.max - layer.min);
  const range = look.scale === 'own' && !flat ? map : layer;
  const bound = Math.max(Math.abs(range.min), Math.abs(range.max));
  return parts.map((part) => (bound > 0 ? 255 * Math.min(1, Math.max(0, 0.5 + part / (2 * bound))) : 127.5));
};

const onEdge = ({ zoomX, zoomY }: DrawnPicture['atlas'], x: number, y: number): boolean =>
  [0, zoomX - 1].includes(x % zoomX) || [0, zoomY - 1].includes(y % zoomY);

/** Compares every pixel of a drawn picture with the colour that the reference's value must have there. */
export const compare = (picture: DrawnPicture, values: Float32Array, { order, marks }: Extras = {}): Difference => {
  const { atlas, layout, look } = picture;
  const colors = layout.colorStride === undefined ? [0] : [0, 1, 2].map((part) => part * (layout.colorStride ?? 0));
  const shifted = (shift: number): Layout => ({ ...layout, offset: layout.offset + shift });
  const all = Array.from({ length: layout.count }, (_, map) => colors.flatMap((shift) => mapValues(values, shifted(shift), map)));
  const maps = all.map(rangeOf);
  // Only the shown frame is in the maps' pictures; the layer's scale is that of all frames.
  const layer = layout.frames > 1 ? rangeOf(values) : rangeOf(all.flat());
  const colorAt = (map: number, inX: number, inY: number): readonly number[] => {
    const value = meanAt(values, picture, map, inX, inY);
    if (value === undefined) return CLEAR;
    const own = maps[map] ?? layer;
    const cell = marks && meanAt(marks, picture, map, inX, inY);
    if (cell !== undefined && cell > 0.5 && onEdge(atlas, inX, inY)) return [...MARK_COLOR, 255];
    if (layout.colorStride === undefined) return [...colorOf(value, layer, own, look), 255];
    const parts = colors.map((shift) => meanAt(values, { ...picture, layout: shifted(shift) }, map, inX, inY) ?? Number.NaN);
    return [...mixedOf(parts, layer, own, look), 255];
  };
  // A magnified value is many pixels; without marks they are all alike.
  const cells = new Map<number, readonly number[]>();
  const expectedAt = (map: number, inX: number, inY: number): readonly number[] => {
    if (marks) return colorAt(map, inX, inY);
    const cell = (map * atlas.tileHeight + Math.floor(inY / atlas.zoomY)) * atlas.tileWidth + Math.floor(inX / atlas.zoomX);
    const color = cells.get(cell) ?? colorAt(map, inX, inY);
    cells.set(cell, color);
    return color;
  };
  let [worst, pixels] = [0, 0];
  picture.bands.forEach((pixelsOfBand, index) => {
    const band = atlas.bands[index];
    const bytes = Buffer.from(pixelsOfBand.data, 'base64');
    for (let y = 0; y < pixelsOfBand.height; y++) {
      for (let x = 0; x < pixelsOfBand.width; x++) {
        const at = (y * pixelsOfBand.width + x) * 4;
        const [column, row] = [Math.floor(x / atlas.pitchX), Math.floor(y / atlas.pitchY)];
        const [inX, inY] = [x % atlas.pitchX, y % atlas.pitchY];
        const tile = row * atlas.columns + column;
        const nth = (band?.first ?? 0) + tile;
        const map = order ? (order[nth] ?? 0) : nth;
        const inside = inX < atlas.tileWidth && inY < atlas.tileHeight && tile < (band?.count ?? 0);
        const expected = inside ? expectedAt(map, inX, inY) : CLEAR;
        for (let channel = 0; channel < 4; channel++)
          worst = Math.max(worst, Math.abs((expected[channel] ?? 0) - (bytes[at + channel] ?? 0)));
        pixels++;
      }
    }
  });
  return { worst, pixels };
};
