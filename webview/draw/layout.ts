/**
 * How one example of a tensor falls into pictures: `count` maps of `height` rows and `width` columns.
 * The value at (map, row, column) is at `offset + map * mapStride + row * rowStride + column * columnStride`, counted in values.
 */
export interface Layout {
  /** `maps`: one picture a channel. `sequence`: steps to the right, features down. `strip`: a vector, folded row by row. `matrix`: a weight of two axes. */
  readonly kind: 'maps' | 'sequence' | 'strip' | 'matrix';
  readonly count: number;
  readonly width: number;
  readonly height: number;
  readonly offset: number;
  readonly mapStride: number;
  readonly rowStride: number;
  readonly columnStride: number;
  /** Values in one map; less than width × height where a folded strip's last row is short. */
  readonly values: number;
  /** Frames that the tensor holds (5-D outputs). */
  readonly frames: number;
  /** The frame that the pictures show, 0-based; the first where it is not said. */
  readonly frame?: number;
  /** From a pixel's red to its green, and from there to its blue, for pictures in colour; a column is three of these. */
  readonly colorStride?: number;
}

/** Longest strip that is drawn as one row; longer vectors are folded. */
const STRIP_WIDTH = 128;

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

/**
 * @param shape concrete, batch first
 * @param channelsFirst NCHW instead of NHWC
 * @param example the one of the batch that is shown, 0-based
 * @param frame the frame of a 5-D output that is shown, 0-based
 */
export const layoutOf = (shape: readonly number[], channelsFirst = false, example = 0, frame = 0): Layout => {
  const [batch = 1, ...sizes] = shape;
  const layout = withFrame(exampleLayout(sizes, channelsFirst), frame);
  const chosen = Math.min(Math.max(0, batch - 1), Math.max(0, example));
  return chosen === 0 ? layout : { ...layout, offset: layout.offset + chosen * product(sizes) };
};

/** Frames follow each other at a whole number of rows in both axis orders. */
const withFrame = (layout: Layout, frame: number): Layout => {
  const chosen = Math.min(layout.frames - 1, Math.max(0, frame));
  return chosen === 0 ? layout : { ...layout, frame: chosen, offset: layout.offset + chosen * layout.height * layout.rowStride };
};

const exampleLayout = (sizes: readonly number[], channelsFirst: boolean): Layout => {
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
  layout.kind === 'strip' ? { ...strip(layout.values, Math.max(1, most)), offset: layout.offset } : layout;

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

/** The same layout over all that a map holds, for statistics: frames lie one below the other, colours side by side. */
export const allFrames = (layout: Layout): Layout => {
  const colors = layout.colorStride === undefined ? 1 : 3;
  return {
    ...layout,
    offset: layout.offset - (layout.frame ?? 0) * layout.height * layout.rowStride,
    width: layout.width * colors,
    columnStride: layout.colorStride ?? layout.columnStride,
    height: layout.height * layout.frames,
    values: layout.values * layout.frames * colors,
  };
};
