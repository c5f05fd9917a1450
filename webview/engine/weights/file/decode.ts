import type { FileDtype, FileWeight, Quantization } from './weight';

export type Values = Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** Room for a weight's values, of the kind that TensorFlow.js makes of them. */
export const roomFor = ({ dtype, size }: Pick<FileWeight, 'dtype' | 'size'>): Values => {
  if (dtype === 'float32') return new Float32Array(size);
  return dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size);
};

/**
 * Writes values that were read from a file, as tfjs-core's `decodeWeights` makes them; but that wants a weight's bytes all at once.
 * @param raw whole values, little-endian as the file has them, at the beginning of a buffer of its own
 * @param at index of the first of them in `into`
 * @returns how many of them are NaN or infinite
 */
export const decodeInto = (
  into: Values,
  at: number,
  raw: ArrayBuffer,
  { dtype, quantization }: { readonly dtype: FileDtype; readonly quantization: Quantization | undefined },
): number => {
  if (quantization) dequantize(into, at, raw, dtype, quantization);
  else if (dtype === 'float32') into.set(new Float32Array(raw), at);
  else if (dtype === 'int32') into.set(new Int32Array(raw), at);
  else into.set(new Uint8Array(raw), at);
  const valueBytes = quantization ? (quantization.dtype === 'uint8' ? 1 : 2) : dtype === 'bool' ? 1 : 4;
  return dtype === 'float32' ? countStrange(into, at, at + raw.byteLength / valueBytes) : 0;
};

const dequantize = (into: Values, at: number, raw: ArrayBuffer, dtype: FileDtype, quantization: Quantization): void => {
  if (quantization.dtype === 'float16') {
    const halves = new Uint16Array(raw);
    for (let k = 0; k < halves.length; k++) into[at + k] = fromHalf(halves[k] ?? 0);
    return;
  }
  const { scale, min } = quantization;
  const small = quantization.dtype === 'uint8' ? new Uint8Array(raw) : new Uint16Array(raw);
  const whole = dtype === 'int32';
  for (let k = 0; k < small.length; k++) {
    const value = (small[k] ?? 0) * scale + min;
    into[at + k] = whole ? Math.round(value) : value;
  }
};

/** IEEE 754 binary16: a sign, 5 bits of exponent with a bias of 15, 10 bits of fraction. */
export const fromHalf = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
};

const countStrange = (values: Values, from: number, to: number): number => {
  let count = 0;
  for (let k = from; k < to; k++) if (!Number.isFinite(values[k])) count++;
  return count;
};
