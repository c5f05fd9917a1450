import { backend_util, util } from '@tensorflow/tfjs-core';
import { info, like, transposed, type Info, type Kernel, type Kernels } from './kernel';

interface Input {
  readonly x: Info;
}

interface Attrs {
  readonly axis: number | number[];
  readonly keepDims?: boolean;
}

interface Innermost {
  readonly shape: number[];
  readonly axes: number[];
}

/** The reduced axes moved innermost, as the runtime's kernels do before they reduce. */
const innermost = (shape: readonly number[], given: number[]): Innermost => {
  const permutation = backend_util.getAxesPermutation(given, shape.length) as number[] | null;
  if (!permutation) return { shape: [...shape], axes: given };
  return { shape: transposed(shape, permutation), axes: backend_util.getInnerMostAxes(given.length, shape.length) };
};

const reduce = (name: string, { shape, axes }: Innermost): number[] => {
  backend_util.assertAxesAreInnerMostDims(name, axes, shape.length);
  return backend_util.computeOutAndReduceShapes(shape, axes)[0] as number[];
};

/** Sizes after reducing along `axis`; with `keepDims` the reduced ones stay as 1. */
const reduced = (name: string, shape: readonly number[], axis: number | number[], keepDims?: boolean): number[] => {
  const given = util.parseAxisParam(axis, [...shape]);
  const outShape = reduce(name, innermost(shape, given));
  return keepDims ? backend_util.expandShapeToKeepDim(outShape, given) : outShape;
};

const sameType =
  (name: string): Kernel =>
  ({ x }: Input, { axis, keepDims }: Attrs) =>
    info(reduced(name, x.shape, axis, keepDims), x.dtype);

/** Of several axes all are moved innermost, and then the first of them counts. */
const position =
  (name: string): Kernel =>
  ({ x }: Input, { axis }: Attrs) => {
    const { shape, axes } = innermost(x.shape, util.parseAxisParam(axis, x.shape));
    return info(reduce(name, { shape, axes: [axes[0] as number] }), 'int32');
  };

const running =
  (name: string): Kernel =>
  ({ x }: Input, { axis }: { readonly axis: number }) => {
    const rank = x.shape.length;
    const permutation = backend_util.getAxesPermutation([axis], rank) as number[] | null;
    const shape = permutation ? transposed(x.shape, permutation) : x.shape;
    const inner = backend_util.getInnerMostAxes(1, rank)[0] as number;
    if (inner !== rank - 1) throw new Error(`backend.${name} in CPU expects an inner-most axis=${rank - 1} but got axis=${inner}`);
    const back = permutation ? transposed(shape, backend_util.getUndoAxesPermutation(permutation)) : shape;
    return info(back, backend_util.upcastType(x.dtype, 'int32'));
  };

const softmax = ({ logits }: { readonly logits: Info }, { dim }: { readonly dim: number }): Info => {
  util.parseAxisParam([dim === -1 ? logits.shape.length - 1 : dim], logits.shape);
  return like(logits);
};

export const sum = ({ x }: Input, { axis, keepDims }: Attrs): Info =>
  info(reduced('sum', x.shape, axis, keepDims), backend_util.upcastType(x.dtype === 'bool' ? 'int32' : x.dtype, 'int32'));

export const reductions: Kernels = {
  All: sameType('all'),
  Any: sameType('any'),
  Min: sameType('min'),
  Max: ({ x }: Input, { reductionIndices, keepDims }: { readonly reductionIndices: number | number[]; readonly keepDims: boolean }) =>
    info(reduced('max', x.shape, reductionIndices, keepDims), x.dtype),
  Sum: sum,
  Prod: ({ x }: Input, { axis, keepDims }: Attrs) =>
    info(reduced('prod', x.shape, axis, keepDims), backend_util.upcastType(x.dtype, 'int32')),
  Mean: ({ x }: Input, { axis, keepDims }: Attrs) => info(reduced('sum', x.shape, axis, keepDims), 'float32'),
  ArgMax: position('argMax'),
  ArgMin: position('argMin'),
  Cumsum: running('cumsum'),
  Cumprod: running('cumprod'),
  Softmax: softmax,
};
