/** A file's name that every system takes, from what the panel suggests: `lenet-conv1.png`. */
export function pictureName(suggested: string): string {
  const stem = suggested
    .replace(/\.png$/i, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 100);
  return `${stem === '' ? 'layerscope' : stem}.png`;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** True for bytes that begin as every PNG does. */
export const isPng = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, k) => bytes[k] === byte);
