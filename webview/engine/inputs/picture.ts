import { partFor, resample, type Fit, type Pixels } from './resample';

/** Which numbers a colour's 0 to 255 become. */
export type ValueRange = '0-1' | '-1-1' | '0-255' | 'mean';

export const VALUE_RANGES: readonly ValueRange[] = ['0-1', '-1-1', '0-255', 'mean'];

/** How a picture becomes an input's values. */
export interface PictureOptions {
  readonly fit: Fit;
  readonly range: ValueRange;
  /** Dark becomes light: for drawings with dark ink, where a net was trained on light ink. */
  readonly inverted: boolean;
}

/** Height, width and channels of an input that takes pictures. */
export interface PictureShape {
  readonly height: number;
  readonly width: number;
  /** 1: luminance. 3: RGB. 4: RGBA. */
  readonly channels: 1 | 3 | 4;
  readonly channelsFirst: boolean;
}

/** The mean of each channel over ImageNet's training pictures, RGB, 0 to 255. */
export const IMAGENET_MEAN = [123.68, 116.779, 103.939] as const;

/** ITU-R BT.601, as most programs turn colour to gray. */
const LUMA = [0.299, 0.587, 0.114] as const;

const weighted = (red: number, green: number, blue: number): number => LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue;

/** The picture's height, width and channels where an input is a picture; undefined where it is none. @param shape batch first */
export const pictureShape = (shape: readonly number[], channelsFirst: boolean): PictureShape | undefined => {
  if (shape.length !== 4) return undefined;
  const [, a = 0, b = 0, c = 0] = shape;
  const [height, width, channels] = channelsFirst ? [b, c, a] : [a, b, c];
  return channels === 1 || channels === 3 || channels === 4 ? { height, width, channels, channelsFirst } : undefined;
};

/**
 * A picture as the values of one example, in the tensor's order (HWC, or CHW with channels first). Where the input has no alpha, the picture lies
 * on black.
 */
export const pictureValues = (picture: Pixels, shape: PictureShape, options: PictureOptions): Float32Array<ArrayBuffer> => {
  const { height, width, channels, channelsFirst } = shape;
  const pixels = resample(picture, partFor(picture, height, width, options.fit), height, width);
  const values = new Float32Array(height * width * channels);
  const size = height * width;
  for (let k = 0; k < size; k++) {
    const colours = channelsOf(pixels.subarray(k * 4, k * 4 + 4), channels, options.inverted);
    colours.forEach((value, c) => (values[channelsFirst ? c * size + k : k * channels + c] = inRange(value, c, channels, options.range)));
  }
  return values;
};

/** 0 to 255 each. */
const channelsOf = (rgba: Float32Array, channels: 1 | 3 | 4, inverted: boolean): readonly number[] => {
  const alpha = rgba[3] ?? 0;
  const shown = channels === 4 ? 1 : alpha / 255;
  const rgb = [0, 1, 2].map((c) => (inverted ? 255 - (rgba[c] ?? 0) : (rgba[c] ?? 0)) * shown);
  const [red = 0, green = 0, blue = 0] = rgb;
  if (channels === 1) return [weighted(red, green, blue)];
  return channels === 3 ? rgb : [...rgb, alpha];
};

/** @param value 0 to 255 */
export const inRange = (value: number, channel: number, channels: number, range: ValueRange): number => {
  switch (range) {
    case '0-1':
      return value / 255;
    case '-1-1':
      return value / 127.5 - 1;
    case '0-255':
      return value;
    case 'mean':
      return value - (channels === 1 ? weighted(...IMAGENET_MEAN) : (IMAGENET_MEAN[channel] ?? 0));
  }
};

/** What a range means, for people. */
export const rangeText = (range: ValueRange, channels: number): string => {
  switch (range) {
    case '0-1':
      return '0 to 1';
    case '-1-1':
      return '−1 to 1';
    case '0-255':
      return '0 to 255';
    case 'mean':
      return channels === 1
        ? `0 to 255 minus ImageNet's mean ${weighted(...IMAGENET_MEAN).toFixed(2)}`
        : `0 to 255 minus ImageNet's mean ${IMAGENET_MEAN.map((mean) => mean.toFixed(2)).join(', ')} (RGB)`;
  }
};
