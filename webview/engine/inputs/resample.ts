/** Pixels of a decoded picture: RGBA, 8 bits each, row by row, colours not multiplied by alpha. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray | Uint8Array;
}

/** A part of a picture, in its pixels; need not be whole numbers, and may reach beyond the picture. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** `crop`: the middle of the picture fills the input. `fit`: all of the picture is in the input, with black beside it. */
export type Fit = 'crop' | 'fit';

/** The part of a picture that becomes an input of this height and width, without distortion. */
export const partFor = (picture: { readonly width: number; readonly height: number }, height: number, width: number, fit: Fit): Part => {
  const scales = [picture.width / width, picture.height / height] as const;
  const scale = fit === 'crop' ? Math.min(...scales) : Math.max(...scales);
  const part = { width: width * scale, height: height * scale };
  return { left: (picture.width - part.width) / 2, top: (picture.height - part.height) / 2, ...part };
};

/**
 * A part of a picture at another size: where it shrinks, each value is the mean of the pixels that it covers, weighted by how much of each; where
 * it grows, values are interpolated linearly between the centres of pixels, as `tf.image.resizeBilinear(…, halfPixelCenters = true)` does.
 * What lies beyond the picture is 0.
 * @returns float RGBA, 0 to 255, [height, width, 4]
 */
export const resample = (picture: Pixels, part: Part, height: number, width: number): Float32Array<ArrayBuffer> => {
  const rows = weightsOf(part.top, part.height, height, picture.height);
  const columns = weightsOf(part.left, part.width, width, picture.width);
  const wide = across(picture, columns, rows);
  const result = new Float32Array(height * width * 4);
  rows.forEach((row, y) => {
    for (const { at, weight } of row)
      for (let k = 0; k < width * 4; k++) result[y * width * 4 + k] = (result[y * width * 4 + k] ?? 0) + weight * (wide[at]?.[k] ?? 0);
  });
  return result;
};

/** Which source pixels one target pixel is made of, and how much of each. */
type Weights = readonly { readonly at: number; readonly weight: number }[];

const weightsOf = (start: number, length: number, count: number, pixels: number): readonly Weights[] => {
  const scale = length / count;
  return Array.from({ length: count }, (_, k) => {
    const from = start + k * scale;
    return scale > 1 ? covered(from, from + scale, pixels) : between(from + scale / 2 - 0.5, pixels);
  });
};

const covered = (from: number, to: number, pixels: number): Weights => {
  const list: { at: number; weight: number }[] = [];
  for (let at = Math.max(0, Math.floor(from)); at < Math.min(pixels, Math.ceil(to)); at++) {
    const weight = (Math.min(at + 1, to) - Math.max(at, from)) / (to - from);
    if (weight > 0) list.push({ at, weight });
  }
  return list;
};

/** Between two pixels' centres; at the picture's edge its last pixel counts for what is missing, half a pixel beyond it ends. */
const between = (centre: number, pixels: number): Weights => {
  if (centre < -0.5 || centre > pixels - 0.5) return [];
  const low = Math.floor(centre);
  const part = centre - low;
  const inside = (at: number): number => Math.min(pixels - 1, Math.max(0, at));
  return [
    { at: inside(low), weight: 1 - part },
    { at: inside(low + 1), weight: part },
  ];
};

/** The rows that are needed, each at its new width. */
const across = (picture: Pixels, columns: readonly Weights[], rows: readonly Weights[]): (Float64Array | undefined)[] => {
  const result: (Float64Array | undefined)[] = [];
  for (const { at } of rows.flat()) result[at] ??= rowAcross(picture, columns, at);
  return result;
};

const rowAcross = ({ data, width }: Pixels, columns: readonly Weights[], row: number): Float64Array => {
  const result = new Float64Array(columns.length * 4);
  columns.forEach((column, x) => {
    for (const { at, weight } of column)
      for (let c = 0; c < 4; c++) result[x * 4 + c] = (result[x * 4 + c] ?? 0) + weight * (data[(row * width + at) * 4 + c] ?? 0);
  });
  return result;
};
