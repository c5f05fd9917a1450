/**
 * How one example of a tensor falls into pictures: `count` maps of `height` rows and `width` columns.
 * The value at (map, row, column) is at `offset + map * mapStride + row * rowStride + column * columnStride`, counted in values.
 */
export interface Layout {
  /** `maps`: one picture a channel. `sequence`: steps to the right, features down. `strip`: a vector, folded row by row. */
  readonly kind: 'maps' | 'sequence' | 'strip';
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly offset: number;
  readonly mapStride: number;
  readonly rowStride: number;
  readonly columnStride: number;
  /** Values in one map; less than width × height where a folded strip's last row is short. */
  readonly values: number;
  /** Frames that the tensor holds (5-D outputs); the pictures show the first. */
  readonly frames: number;
}

/** Longest strip that is drawn as one row; longer vectors are folded. */
const STRIP_WIDTH = 128;

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

/**
 * @param shape concrete, batch first; the first example is shown
 * @param channelsFirst NCHW instead of NHWC
 */
export const layoutOf = (shape: readonly number[], channelsFirst = false): Layout => {
  const [, ...sizes] = shape;
  if (sizes.length === 4) return frameOf(sizes, channelsFirst);
  if (sizes.length === 3) return mapsOf(sizes, channelsFirst, 1);
  if (sizes.length === 2) {
    const [steps = 1, features = 1] = sizes;
    return { ...single('sequence', steps, features, steps * features), rowStride: 1, columnStride: features };
  }
  return strip(product(sizes), STRIP_WIDTH);
};

/** A vector in as few rows of equal length as `most` values in a row allow. */
const strip = (values: number, most: number): Layout => {
  const rows = Math.max(1, Math.ceil(values / most));
  const width = Math.max(1, Math.ceil(values / rows));
  return single('strip', width, rows, values);
};

/** The same layout where there is room for `most` values in a row. Folding moves no value, so figures stay what they are. */
export const refolded = (layout: Layout, most: number): Layout =>
  layout.kind === 'strip' ? strip(layout.values, Math.max(1, most)) : layout;

const single = (kind: Layout['kind'], width: number, height: number, values: number): Layout => ({
  kind,
  count: 1,
  width,
  height,
  offset: 0,
  mapStride: 0,
  rowStride: width,
  columnStride: 1,
  values,
  frames: 1,
});

const mapsOf = (sizes: readonly number[], channelsFirst: boolean, frames: number): Layout => {
  const [a = 1, b = 1, c = 1] = sizes;
  const [height, width, count] = channelsFirst ? [b, c, a] : [a, b, c];
  // Maps of one value each, as a global pooling leaves them, are a vector.
  if (height === 1 && width === 1 && frames === 1) return strip(count, STRIP_WIDTH);
  return {
    kind: 'maps',
    count,
    width,
    height,
    offset: 0,
    mapStride: channelsFirst ? height * width : 1,
    rowStride: channelsFirst ? width : width * count,
    columnStride: channelsFirst ? 1 : count,
    values: width * height,
    frames,
  };
};

/** 5-D: [frames, H, W, C], or [C, frames, H, W] with channels first. */
const frameOf = (sizes: readonly number[], channelsFirst: boolean): Layout => {
  const [a = 1, b = 1, c = 1, d = 1] = sizes;
  if (!channelsFirst) return mapsOf([b, c, d], false, a);
  return { ...mapsOf([a, c, d], true, b), mapStride: b * c * d };
};

/**
 * The same layout over all frames, for statistics: frames lie one below the other.
 * (Frames follow each other at a whole number of rows in both axis orders.)
 */
export const allFrames = (layout: Layout): Layout => ({
  ...layout,
  height: layout.height * layout.frames,
  values: layout.values * layout.frames,
});
