import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import assert from 'node:assert/strict';
import { headerOf, refusalOf } from '../../../webview/engine/inputs/header';
import { drawInk, penRadius } from '../../../webview/engine/inputs/pad';
import { IMAGENET_MEAN, pictureShape, pictureValues, type PictureOptions } from '../../../webview/engine/inputs/picture';
import { partFor, resample, type Pixels } from '../../../webview/engine/inputs/resample';
import { readTypedValues } from '../../../webview/engine/inputs/typed';
import { streamOf } from '../../../webview/engine/weights/random';

const pixels = (width: number, height: number, alpha?: number): Pixels => {
  const stream = streamOf(1, `${width}x${height}`);
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, k) => (k % 4 === 3 ? (alpha ?? 255) : stream.at(k) * 256));
  return { width, height, data };
};

const colours = ({ width, height, data }: Pixels): tf.Tensor3D => tf.tensor3d([...data], [height, width, 4]);

/** Largest difference between two lists of one length. */
const apart = (one: ArrayLike<number>, other: ArrayLike<number>): number => {
  assert.equal(one.length, other.length);
  return Math.max(...Array.from(one, (value, k) => Math.abs(value - (other[k] ?? NaN))));
};

const plain: PictureOptions = { fit: 'crop', range: '0-255', inverted: false };
const channels = (options: Partial<PictureOptions>, count: 1 | 3 | 4, side: number, picture: Pixels): Float32Array =>
  pictureValues(picture, { height: side, width: side, channels: count, channelsFirst: false }, { ...plain, ...options });

describe('pictures at another size', () => {
  before(() => tf.setBackend('cpu'));

  it('grow as resizeBilinear with half pixel centres does', () => {
    const picture = pixels(7, 5);
    const all = { left: 0, top: 0, width: 7, height: 5 };
    const truth = tf.tidy(() => tf.image.resizeBilinear(colours(picture), [13, 20], false, true).dataSync());
    assert.ok(apart(resample(picture, all, 13, 20), truth) < 1e-3);
  });

  it('shrink to the mean of what each pixel covers', () => {
    const picture = pixels(12, 8);
    const all = { left: 0, top: 0, width: 12, height: 8 };
    const truth = tf.tidy(() => tf.avgPool(colours(picture), [4, 3], [4, 3], 'valid').dataSync());
    assert.ok(apart(resample(picture, all, 2, 4), truth) < 1e-3);
    // Sizes that do not divide: the mean stays, whatever each pixel covers.
    const mean = tf.tidy(() => tf.mean(colours(picture), [0, 1]).dataSync());
    const smaller = tf.tidy(() => tf.mean(tf.tensor3d(resample(picture, all, 5, 7), [5, 7, 4]), [0, 1]).dataSync());
    assert.ok(apart(smaller, mean) < 1e-3);
  });

  it('are cut in the middle, or lie in the middle with nothing beside them', () => {
    const picture = pixels(12, 8);
    assert.deepEqual(partFor(picture, 4, 4, 'crop'), { left: 2, top: 0, width: 8, height: 8 });
    assert.deepEqual(partFor(picture, 4, 4, 'fit'), { left: 0, top: -2, width: 12, height: 12 });
    const truth = tf.tidy(() => tf.avgPool(tf.slice(colours(picture), [0, 2, 0], [8, 8, 4]), 2, 2, 'valid').dataSync());
    assert.ok(apart(resample(picture, partFor(picture, 4, 4, 'crop'), 4, 4), truth) < 1e-3);
    const fitted = resample(picture, partFor(picture, 6, 6, 'fit'), 6, 6);
    const inside = tf.tidy(() => tf.pad(tf.avgPool(colours(picture), 2, 2, 'valid') as tf.Tensor3D, [[1, 1], [0, 0], [0, 0]]).dataSync()); // prettier-ignore
    assert.ok(apart(fitted, inside) < 1e-3);
  });
});

describe('pictures as values', () => {
  const picture = pixels(6, 6);
  const rgb = (): tf.Tensor3D => tf.slice(colours(picture), [0, 0, 0], [6, 6, 3]);

  it('are RGB, RGBA or luminance', () => {
    assert.ok(
      apart(
        channels({}, 3, 6, picture),
        tf.tidy(() => rgb().dataSync()),
      ) < 1e-3,
    );
    assert.ok(
      apart(
        channels({}, 4, 6, picture),
        tf.tidy(() => colours(picture).dataSync()),
      ) < 1e-3,
    );
    const gray = tf.tidy(() => tf.image.rgbToGrayscale(rgb()).dataSync());
    // TensorFlow.js weighs with 0.2989, 0.5870, 0.1140, which add up to 0.9999.
    assert.ok(apart(channels({}, 1, 6, picture), gray) < 0.05);
  });

  it('are in the range that is asked for', () => {
    const check = (range: PictureOptions['range'], truth: () => tf.Tensor): void =>
      assert.ok(
        apart(
          channels({ range }, 3, 6, picture),
          tf.tidy(() => truth().dataSync<'float32'>()),
        ) < 1e-4,
        range,
      );
    check('0-1', () => tf.div(rgb(), 255));
    check('-1-1', () => tf.sub(tf.div(rgb(), 127.5), 1));
    check('mean', () => tf.sub(rgb(), tf.tensor1d([...IMAGENET_MEAN])));
  });

  it('lie with channels first where the input does', () => {
    const shape = pictureShape([1, 3, 6, 6], true);
    assert.deepEqual(shape, { height: 6, width: 6, channels: 3, channelsFirst: true });
    const truth = tf.tidy(() => tf.transpose(rgb(), [2, 0, 1]).dataSync());
    assert.ok(apart(pictureValues(picture, shape, plain), truth) < 1e-3);
  });

  it('lie on black where they are transparent, inverted ones too', () => {
    const clear = pixels(6, 6, 0);
    for (const inverted of [false, true]) assert.ok(channels({ inverted }, 3, 6, clear).every((value) => value === 0));
    const dark = tf.tidy(() => tf.sub(255, rgb()).dataSync());
    assert.ok(apart(channels({ inverted: true }, 3, 6, picture), dark) < 1e-3);
    const bars = channels({ inverted: true, fit: 'fit' }, 1, 12, { width: 2, height: 1, data: new Uint8ClampedArray(8).fill(255) });
    assert.ok(bars.every((value) => value === 0));
  });

  it('are only for inputs of one, three or four channels', () => {
    assert.equal(pictureShape([1, 8, 8, 2], false), undefined);
    assert.equal(pictureShape([1, 8, 3], false), undefined);
    assert.deepEqual(pictureShape([4, 8, 9, 4], false), { height: 8, width: 9, channels: 4, channelsFirst: false });
  });
});

describe('the header of a picture', () => {
  const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
    Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : [...part])));
  const png = (width: number, height: number): Uint8Array => {
    const sizes = new DataView(new ArrayBuffer(8));
    sizes.setUint32(0, width);
    sizes.setUint32(4, height);
    return bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [...new Uint8Array(sizes.buffer)]);
  };
  const jpeg = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc4, 0, 3, 9, 0xff, 0xc2, 0, 11, 8, 1, 44, 2, 88, 1, 1, 17, 0]);

  it('tells type and size', () => {
    assert.deepEqual(headerOf(png(20_000, 7)), { type: 'PNG', width: 20_000, height: 7 });
    assert.deepEqual(headerOf(jpeg), { type: 'JPEG', width: 600, height: 300 });
    assert.deepEqual(headerOf(bytes('GIF89a', [5, 1, 3, 0])), { type: 'GIF', width: 261, height: 3 });
    const bmp = bytes('BM', new Array<number>(12).fill(0), [40, 0, 0, 0, 9, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff]);
    assert.deepEqual(headerOf(bmp), { type: 'BMP', width: 9, height: 2 });
    const chunk = (type: string, ...rest: readonly number[]): Uint8Array => bytes('RIFF', [0, 0, 0, 0], 'WEBP', type, [0, 0, 0, 0], rest);
    assert.deepEqual(headerOf(chunk('VP8X', 0, 0, 0, 0, 7, 0, 0, 8, 1, 0)), { type: 'WebP', width: 8, height: 265 });
    assert.deepEqual(headerOf(chunk('VP8 ', 0, 0, 0, 0x9d, 1, 0x2a, 64, 1, 32, 0)), { type: 'WebP', width: 320, height: 32 });
    // 14 bits each, one less than the side: 3 and 5.
    assert.deepEqual(headerOf(chunk('VP8L', 0x2f, 3, 0x40, 1, 0)), { type: 'WebP', width: 4, height: 6 });
  });

  it('is missing in what is no picture, or breaks off', () => {
    for (const one of [
      bytes(),
      bytes('<svg width="4"/>'),
      png(0, 4),
      jpeg.subarray(0, 19),
      png(4, 4).subarray(0, 20),
      bytes([0xff, 0xd8, 3, 4]),
    ])
      assert.equal(headerOf(one), undefined);
    // Segments that say that they are shorter than they can be lead on, not round and round.
    assert.equal(headerOf(bytes([0xff, 0xd8], ...Array.from({ length: 100 }, () => [0xff, 0xe0, 0, 0]))), undefined);
  });

  it('refuses what is too large, with the size', () => {
    assert.equal(
      refusalOf('huge.png', 10, headerOf(png(20_000, 20_000))),
      'huge.png is 20,000 × 20,000 pixels, 400 megapixels; pictures of up to 100 megapixels are read.',
    );
    assert.equal(refusalOf('fine.png', 10, headerOf(png(10_000, 10_000))), undefined);
    assert.match(refusalOf('notes.txt', 10, undefined) ?? '', /^notes\.txt is not a picture that can be read here\./);
    assert.match(refusalOf('', 300_000_000, headerOf(png(4, 4))) ?? '', /^The picture has 300 MB/);
  });
});

describe('ink on the drawing pad', () => {
  const draw = (side: number, ...points: readonly [number, number][]): Float32Array => {
    const values = new Float32Array(side * side);
    const [first = [0, 0] as const] = points;
    points.reduce(
      (from, to) => {
        drawInk(values, side, { x: from[0], y: from[1] }, { x: to[0], y: to[1] }, 1.5);
        return to;
      },
      first as readonly [number, number],
    );
    return values;
  };

  it('is full in the middle of a line, none beyond its edge, in between at the edge', () => {
    const values = draw(16, [3.5, 8.5], [12.5, 8.5]);
    const at = (x: number, y: number): number => values[y * 16 + x] ?? NaN;
    assert.deepEqual([at(8, 8), at(8, 9), at(8, 7)], [1, 1, 1]);
    assert.deepEqual([at(8, 10), at(8, 11), at(0, 8), at(15, 8)], [0, 0, 0, 0]);
    assert.ok(at(14, 9) < 1 && at(14, 9) >= 0);
    assert.ok(values.every((value) => value >= 0 && value <= 1));
  });

  it('stays where more is drawn, and may leave the pad', () => {
    const one = draw(16, [3, 3], [12, 12]);
    const both = draw(16, [3, 3], [12, 12], [-40, 8], [40, 8]);
    assert.ok(one.every((value, k) => (both[k] ?? 0) >= value));
    assert.ok(both.every((value) => Number.isFinite(value)));
    assert.ok(penRadius(28) > 1 && penRadius(4) >= 0.6);
  });
});

describe('values that are typed', () => {
  it('are numbers with anything usual between them', () => {
    assert.deepEqual(readTypedValues('[1, -2.5\n3e1; .5]', 4, undefined), { values: Float32Array.of(1, -2.5, 30, 0.5) });
    assert.deepEqual(readTypedValues('4 0', 2, 5), { values: Float32Array.of(4, 0) });
  });

  it('are refused with what is wrong', () => {
    const why = (text: string, size: number, below?: number): string => {
      const typed = readTypedValues(text, size, below);
      return 'refusal' in typed ? typed.refusal : '';
    };
    assert.equal(why('1, two', 2), '“two” is not a number.');
    assert.equal(why('1, 2', 3), 'This input takes 3 values; 2 are here.');
    assert.equal(why('', 1), 'This input takes 1 value; 0 are here.');
    assert.equal(why('1 5', 2, 5), '5 is no index here: whole numbers from 0 to 4 are.');
    assert.equal(why('0.5', 1, 5), '0.5 is no index here: whole numbers from 0 to 4 are.');
    assert.match(why('1e300', 1), /too large/);
    assert.match(why('9'.repeat(200_000), 1), /too long/);
  });
});
