import { getKernel, KernelBackend, registerKernel, util, type BackendValues, type KernelFunc } from '@tensorflow/tfjs-core';
import { LimitError } from '../limits';
import { isHollow } from './hollow';
import { convolutions } from './kernels/convolutions';
import { elementwise } from './kernels/elementwise';
import { images } from './kernels/images';
import type { Info, Kernel, Kernels } from './kernels/kernel';
import { linear } from './kernels/linear';
import { lookups } from './kernels/lookups';
import { making } from './kernels/making';
import { pools } from './kernels/pools';
import { PRODUCTS } from './kernels/products';
import { reductions } from './kernels/reductions';
import { reshaping } from './kernels/reshaping';

/** The name under which kernels without values are registered; no backend factory has it, so no program can choose it. */
export const BACKEND_NAME = 'shapes';

const KERNELS: Kernels = {
  ...elementwise,
  ...reductions,
  ...reshaping,
  ...linear,
  ...convolutions,
  ...pools,
  ...lookups,
  ...images,
  ...making,
};

/** Kernels that all backends have for complex64; the others differ, so a program's own backend would have to be known. */
const TAKES_COMPLEX = new Set([
  ...['Add', 'Sub', 'Multiply', 'Cast', 'Complex', 'ComplexAbs', 'Real', 'Imag', 'Concat', 'Pack', 'Identity', 'Reshape'],
  ...['ExpandDims', 'FFT', 'IFFT', 'OnesLike', 'ZerosLike'],
]);

/** One call of an op runs few kernels; one that runs very many loops over sizes (`tf.signal.frame` of a long signal). */
const MAX_KERNELS = 20_000;
let kernelsLeft = MAX_KERNELS;
let products = 0;

export const startCounting = (): void => {
  kernelsLeft = MAX_KERNELS;
  products = 0;
};

/** Multiply-accumulates of the kernels that ran since counting started; NaN where that of one is not known. */
export const countedProducts = (): number => products;

const isSize = (dim: unknown): boolean => Number.isSafeInteger(dim) && (dim as number) >= 0;

/** A size that no tensor can have is not passed on: what becomes of it differs from backend to backend. */
const checked = ({ shape, dtype }: Info): { dataId: object; shape: number[]; dtype: Info['dtype'] } => {
  const wrong = shape.find((dim) => !isSize(dim));
  if (shape.some((dim) => !isSize(dim))) throw new LimitError(`The result would have ${String(wrong)} for a size.`);
  return { dataId: {}, shape, dtype };
};

const kernelFunc = (name: string, kernel: Kernel): KernelFunc => {
  const compute = kernel as (inputs: unknown, attrs: unknown) => Info | Info[];
  return ({ inputs, attrs }) => {
    if (--kernelsLeft < 0) throw new LimitError(`A call of more than ${MAX_KERNELS} steps is not followed.`);
    if (!TAKES_COMPLEX.has(name) && Object.values(inputs).some((input) => input?.dtype === 'complex64'))
      throw new LimitError(`Which backends take complex64 in ${name} differs.`);
    const made = compute(inputs, attrs);
    if (!Array.isArray(made)) products += PRODUCTS[name]?.(inputs as never, attrs, made) ?? 0;
    return Array.isArray(made) ? made.map(checked) : checked(made);
  };
};

const noValues = (): never => {
  throw new LimitError('The result depends on values, which are not known before the program runs.');
};

/** Keeps nothing and has nothing to read. */
class ShapesBackend extends KernelBackend {
  override write(values: BackendValues, shape: number[]): object {
    // A tensor in a list of numbers counts as a place of the list, but has no number to put there.
    if (!isHollow(values) && values.length !== util.sizeFromShape(shape))
      throw new LimitError('A list of numbers that holds a tensor is not followed.');
    return {};
  }
  override numDataIds(): number {
    return 0;
  }
  override incRef(): void {
    // There is no data to count references to.
  }
  override refCount(): number {
    return 1;
  }
  override disposeData(): boolean {
    return true;
  }
  override floatPrecision(): 16 | 32 {
    return 32;
  }
  override readSync(): never {
    return noValues();
  }
  override read(): never {
    return noValues();
  }
}

let backend: ShapesBackend | undefined;

/** The one backend without values; its kernels are registered when it is first asked for. */
export const shapesBackend = (): KernelBackend => {
  if (backend) return backend;
  for (const [kernelName, kernel] of Object.entries(KERNELS)) {
    if (!getKernel(kernelName, BACKEND_NAME))
      registerKernel({ kernelName, backendName: BACKEND_NAME, kernelFunc: kernelFunc(kernelName, kernel) });
  }
  return (backend = new ShapesBackend());
};
