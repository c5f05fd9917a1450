import { engine, Tensor, Variable, type DataType } from '@tensorflow/tfjs-core';
import { checkShapes, LimitError } from '../limits';
import { hollowArray, isArrayType } from './hollow';
import { isOpTensor, isOpValues, type OpArgument, type OpTensor, type OpValue, type OpValues } from './spec';

const DTYPES: ReadonlySet<string> = new Set(['float32', 'int32', 'bool', 'complex64', 'string']);

const isSize = (dim: unknown): boolean => Number.isSafeInteger(dim) && (dim as number) >= 0;

/** A tensor of TensorFlow.js' own without data. Inside `withoutValues` only. */
export const realTensor = ({ tensor: { shape, dtype } }: OpTensor): Tensor => {
  if (!Array.isArray(shape) || !DTYPES.has(dtype)) throw new LimitError('No tensor has such a shape or type.');
  checkShapes([shape]);
  if (!shape.every(isSize)) throw new LimitError(`No tensor has the shape [${shape.join(', ')}].`.slice(0, 200));
  return engine().makeTensorFromTensorInfo({ dataId: {}, shape: [...shape], dtype: dtype as DataType });
};

const realValues = ({ values: { type, length } }: OpValues): object => {
  if (!isArrayType(type) || !isSize(length)) throw new LimitError('No typed array has such a type or length.');
  return hollowArray(type, length);
};

/** An argument as TensorFlow.js takes it: a copy, since ops may change what they are given. */
export const realArgument = (value: OpArgument): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly OpArgument[]).map(realArgument);
  if (isOpTensor(value)) return realTensor(value);
  if (isOpValues(value)) return realValues(value);
  const entries = Object.entries(value as { readonly [key: string]: OpArgument }).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, inner]) => [key, realArgument(inner)]));
};

/** A tensor's sizes and type. */
const describe = (tensor: Tensor): OpTensor => {
  const { shape, dtype } = tensor;
  checkShapes([shape]);
  // What an op computes without a kernel is checked by none.
  if (!shape.every(isSize)) throw new LimitError(`The result would have the shape [${shape.join(', ')}].`.slice(0, 200));
  return { tensor: { shape: [...shape], dtype, ...(tensor instanceof Variable ? { variable: true as const } : {}) } };
};

/** What a call of TensorFlow.js gave, as plain data. */
export const plainValue = (value: unknown): OpValue => {
  if (value instanceof Tensor) return describe(value);
  if (value == null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  if (Array.isArray(value)) return (value as readonly unknown[]).map(plainValue);
  if (Object.getPrototypeOf(value) !== Object.prototype) throw new LimitError('The result is no tensor.');
  return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, plainValue(inner)]));
};
