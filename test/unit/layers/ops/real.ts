import * as tf from '@tensorflow/tfjs';
import { isOpTensor, isOpValues, type OpArgument, type OpTensor, type OpValue } from '../../../../src/layers/ops/spec';

/** The other side of the differential tests: the same calls made on real values by the CPU backend, through code of its own. */
type Space = { readonly [name: string]: unknown };

export const T = (shape: readonly number[], dtype = 'float32'): OpTensor => ({ tensor: { shape, dtype } });

/** Whole numbers are zeros, which any list can be looked up at; the others are between 0 and 1. */
const realTensor = ({ tensor: { shape, dtype } }: OpTensor): tf.Tensor => {
  const size = tf.util.sizeFromShape([...shape]);
  const floats = (): Float32Array => Float32Array.from({ length: size }, (_, i) => ((i * 7919) % 97) / 97);
  if (dtype === 'complex64') return tf.complex(tf.tensor(floats(), [...shape]), tf.tensor(floats(), [...shape]));
  if (dtype === 'string') return tf.tensor(new Array<string>(size).fill('text'), [...shape], 'string');
  return tf.tensor(dtype === 'float32' ? floats() : new Int32Array(size), [...shape], dtype as tf.DataType);
};

const CLASSES = { Float32Array, Int32Array, Uint8Array, Uint8ClampedArray };

const realArgument = (value: OpArgument): unknown => {
  if (isOpTensor(value)) return realTensor(value);
  if (isOpValues(value)) return new CLASSES[value.values.type](value.values.length);
  if (Array.isArray(value)) return (value as OpArgument[]).map(realArgument);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, realArgument(inner as OpArgument)]));
};

const plain = (value: unknown): OpValue => {
  if (value instanceof tf.Tensor) {
    return { tensor: { shape: value.shape, dtype: value.dtype, ...(value instanceof tf.Variable ? { variable: true as const } : {}) } };
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value as OpValue;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
};

export interface Real {
  readonly value?: OpValue;
  readonly error?: string;
  readonly warnings: readonly string[];
}

const observed = (work: () => unknown): Real => {
  const { warn } = console;
  const warnings: string[] = [];
  console.warn = (...parts: unknown[]) => void warnings.push(parts.join(' '));
  tf.engine().startScope();
  try {
    return { value: plain(work()), warnings };
  } catch (thrown) {
    return { error: (thrown as Error).message, warnings };
  } finally {
    tf.engine().endScope();
    tf.disposeVariables();
    console.warn = warn;
  }
};

/** `tf.<path>(...args)` with real values. */
export const realOp = (path: string, args: readonly OpArgument[]): Real =>
  observed(() => {
    const names = path.split('.');
    const space = names.slice(0, -1).reduce((at, name) => at[name] as Space, tf as unknown as Space);
    return (space[names.at(-1)!] as (...args: unknown[]) => unknown)(...args.map(realArgument));
  });

/** `self.<method>(...args)` with real values. */
export const realMethod = (method: string, self: OpTensor, args: readonly OpArgument[]): Real =>
  observed(() => {
    const tensor = self.tensor.variable ? tf.variable(realTensor(self)) : realTensor(self);
    return (tensor as unknown as Record<string, (...args: unknown[]) => unknown>)[method]!(...args.map(realArgument));
  });
