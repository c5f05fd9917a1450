import { HEADER_BYTES, headerOf, refusalOf } from '../engine/inputs/header';
import type { Pixels } from '../engine/inputs/resample';

/** Pixels of a picture that are held: a larger one is held smaller, which no input of a usual size can tell. */
const MOST_HELD = 4_000_000;

/**
 * Decodes a picture's file. Its size is read from its header first, so that a picture that is too large is refused before it takes any memory.
 * Rejects with a sentence for people.
 */
export const readPicture = async (file: Blob, name: string): Promise<Pixels> => {
  const header = headerOf(new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer()));
  const refusal = refusalOf(name, file.size, header);
  if (refusal !== undefined) throw new Error(refusal);
  const bitmap = await createImageBitmap(file, { premultiplyAlpha: 'none' }).catch(() => undefined);
  if (!bitmap) throw new Error(`${name === '' ? 'The picture' : name} cannot be decoded; the file may be damaged.`);
  try {
    return pixelsOf(bitmap);
  } finally {
    bitmap.close();
  }
};

const pixelsOf = (bitmap: ImageBitmap): Pixels => {
  const scale = Math.min(1, Math.sqrt(MOST_HELD / (bitmap.width * bitmap.height)));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This window has no canvas to read a picture with.');
  context.imageSmoothingEnabled = scale < 1;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, width, height);
  return { width, height, data: context.getImageData(0, 0, width, height).data };
};
