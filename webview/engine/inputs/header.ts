/** What a picture's file says of itself, read from its bytes before anything is decoded. */
export interface PictureHeader {
  readonly type: 'PNG' | 'JPEG' | 'GIF' | 'WebP' | 'BMP';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Pixels of the largest picture that is decoded: its RGBA values take 400 MB for a moment. */
export const MOST_PIXELS = 100_000_000;
/** Bytes of the largest file that is looked into. */
export const MOST_BYTES = 250_000_000;
/** Bytes at a file's beginning in which its size must stand. */
export const HEADER_BYTES = 4_000_000;

/**
 * Reads type and size by the formats' own specifications; undefined where the bytes are of none of them, or end before the size.
 * @param bytes the file's beginning
 */
export const headerOf = (bytes: Uint8Array): PictureHeader | undefined => {
  const header = png(bytes) ?? gif(bytes) ?? bmp(bytes) ?? webp(bytes) ?? jpeg(bytes);
  return header && header.width > 0 && header.height > 0 ? header : undefined;
};

/** Why a picture is not decoded, for people; undefined where it may be. */
export const refusalOf = (name: string, fileBytes: number, header: PictureHeader | undefined): string | undefined => {
  const file = name === '' ? 'The picture' : name;
  if (fileBytes > MOST_BYTES)
    return `${file} has ${Math.round(fileBytes / 1e6).toLocaleString('en-US')} MB; files of up to 250 MB are read.`;
  if (!header) return `${file} is not a picture that can be read here. PNG, JPEG, WebP, GIF and BMP can.`;
  const { width, height } = header;
  if (width * height > MOST_PIXELS) {
    const sizes = [width, height].map((side) => side.toLocaleString('en-US')).join(' × ');
    const millions = Math.round((width * height) / 1e6).toLocaleString('en-US');
    return `${file} is ${sizes} pixels, ${millions} megapixels; pictures of up to 100 megapixels are read.`;
  }
  return undefined;
};

const startsWith = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((letter, k) => bytes[at + k] === letter.charCodeAt(0));

/** A number of so many bytes; NaN past the end, which no size is. */
const big = (bytes: Uint8Array, at: number, count: number): number => {
  let value = 0;
  for (let k = 0; k < count; k++) value = value * 256 + (bytes[at + k] ?? NaN);
  return value;
};

const little = (bytes: Uint8Array, at: number, count: number): number => {
  let value = 0;
  for (let k = count - 1; k >= 0; k--) value = value * 256 + (bytes[at + k] ?? NaN);
  return value;
};

const png = (bytes: Uint8Array): PictureHeader | undefined =>
  startsWith(bytes, 0, '\x89PNG\r\n\x1a\n') && startsWith(bytes, 12, 'IHDR')
    ? { type: 'PNG', width: big(bytes, 16, 4), height: big(bytes, 20, 4) }
    : undefined;

const gif = (bytes: Uint8Array): PictureHeader | undefined =>
  startsWith(bytes, 0, 'GIF87a') || startsWith(bytes, 0, 'GIF89a')
    ? { type: 'GIF', width: little(bytes, 6, 2), height: little(bytes, 8, 2) }
    : undefined;

/** The height is negative where rows run downwards. */
const bmp = (bytes: Uint8Array): PictureHeader | undefined =>
  startsWith(bytes, 0, 'BM') && little(bytes, 14, 4) >= 40
    ? { type: 'BMP', width: little(bytes, 18, 4), height: Math.abs(little(bytes, 22, 4) | 0) }
    : undefined;

const webp = (bytes: Uint8Array): PictureHeader | undefined => {
  if (!startsWith(bytes, 0, 'RIFF') || !startsWith(bytes, 8, 'WEBP')) return undefined;
  if (startsWith(bytes, 12, 'VP8X')) return { type: 'WebP', width: 1 + little(bytes, 24, 3), height: 1 + little(bytes, 27, 3) };
  if (startsWith(bytes, 12, 'VP8L')) {
    const bits = little(bytes, 21, 4);
    return { type: 'WebP', width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (startsWith(bytes, 12, 'VP8 ')) return { type: 'WebP', width: little(bytes, 26, 2) & 0x3fff, height: little(bytes, 28, 2) & 0x3fff };
  return undefined;
};

/** Segments follow one another until the frame header, whose markers are C0-CF but for C4, C8 and CC. */
const jpeg = (bytes: Uint8Array): PictureHeader | undefined => {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] ?? 0;
    // Fill bytes, and markers that stand alone.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { type: 'JPEG', width: big(bytes, at + 7, 2), height: big(bytes, at + 5, 2) };
    else at += 2 + Math.max(2, big(bytes, at + 2, 2));
  }
  return undefined;
};
