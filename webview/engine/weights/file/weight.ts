import { field, refuse, shown } from './json';

export type FileDtype = 'float32' | 'int32' | 'bool';

/** How numbers were made smaller: whole numbers with value = q * scale + min, or half precision. */
export type Quantization =
  { readonly dtype: 'uint8' | 'uint16'; readonly scale: number; readonly min: number } | { readonly dtype: 'float16' };

export interface FileWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: FileDtype;
  readonly quantization: Quantization | undefined;
  /** True for what only training needs. */
  readonly optimizer: boolean;
  /** Number of values. */
  readonly size: number;
  /** Bytes from the beginning of its group, and how many. */
  readonly at: number;
  readonly bytes: number;
}

const VALUE_BYTES: Readonly<Record<FileDtype | Quantization['dtype'], number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  uint8: 1,
  uint16: 2,
  float16: 2,
};

const MOST_NAME = 1000;
const MOST_RANK = 8;

/**
 * One entry of a manifest, with every field checked.
 * @param file its name, for the sentences
 * @param at where the entry's bytes begin in its group
 */
export const readWeight = (file: string, entry: unknown, at: number): FileWeight => {
  const name = field(entry, 'name');
  if (typeof name !== 'string' || name === '' || name.length > MOST_NAME) {
    return refuse(`${file} lists a weight whose name is ${shown(name)}.`);
  }
  const what = `The weight ${name.slice(0, 100)} of ${file}`;
  const dtype = dtypeOf(what, field(entry, 'dtype'));
  const shape = shapeOf(what, field(entry, 'shape'));
  const quantization = quantizationOf(what, dtype, field(entry, 'quantization'));
  const size = shape.reduce((total, dim) => total * dim, 1);
  const bytes = size * VALUE_BYTES[quantization?.dtype ?? dtype];
  if (!Number.isSafeInteger(at + bytes)) refuse(`${what} has a size that no file can have: [${shape.join(', ')}].`);
  return { name, shape, dtype, quantization, optimizer: field(entry, 'group') === 'optimizer', size, at, bytes };
};

const dtypeOf = (what: string, dtype: unknown): FileDtype => {
  if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype;
  return refuse(`${what} is of type ${shown(dtype)}; float32, int32 and bool can be read.`);
};

const shapeOf = (what: string, shape: unknown): readonly number[] => {
  const isShape = Array.isArray(shape) && shape.length <= MOST_RANK && shape.every((dim) => Number.isSafeInteger(dim) && dim >= 0);
  return isShape ? (shape as number[]) : refuse(`${what} has the shape ${shown(shape)}, which is no list of sizes.`);
};

const quantizationOf = (what: string, dtype: FileDtype, quantization: unknown): Quantization | undefined => {
  if (quantization === undefined || quantization === null) return undefined;
  const small = field(quantization, 'dtype');
  if (dtype === 'bool') return refuse(`${what} is of type bool and quantized, which TensorFlow.js cannot read.`);
  if (small === 'float16') {
    if (dtype !== 'float32') refuse(`${what} is quantized to float16, but of type ${dtype}, not float32.`);
    return { dtype: small };
  }
  if (small !== 'uint8' && small !== 'uint16') {
    return refuse(`${what} is quantized to ${shown(small)}; uint8, uint16 and float16 can be read.`);
  }
  const [scale, min] = [field(quantization, 'scale'), field(quantization, 'min')];
  if (typeof scale !== 'number' || typeof min !== 'number' || !Number.isFinite(scale) || !Number.isFinite(min)) {
    return refuse(`${what} is quantized to ${small} without a scale and a min.`);
  }
  return { dtype: small, scale, min };
};
