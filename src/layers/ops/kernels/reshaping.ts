import { backend_util, slice_util, util, type StridedSliceAttrs } from '@tensorflow/tfjs-core';
import { LimitError } from '../../limits';
import { info, like, transposed, type Info, type Kernel, type Kernels } from './kernel';

/** More tensors than a program names one by one. */
const MAX_PARTS = 10_000;

const countParts = (count: number): void => {
  if (count > MAX_PARTS) throw new LimitError(`${count} tensors from one call are more than the ${MAX_PARTS} that are followed.`);
};

interface Input {
  readonly x: Info;
}

/** The same number of values under other sizes, one of which may be -1. */
export const reshaped = (x: Info, shape: readonly number[]): Info => {
  const size = util.sizeFromShape(x.shape);
  const inferred = util.inferFromImplicitShape(shape as number[], size);
  const inferredSize = util.sizeFromShape(inferred);
  util.assert(
    size === inferredSize,
    () =>
      `The new shape (${inferred}) has ${inferredSize} elements and the old shape (${x.shape}) has ${size} elements. ` +
      `The new shape and old shape must have the same number of elements.`,
  );
  return info(inferred, x.dtype);
};

const expandDims = (input: Info, dim: number): Info => {
  const rank = input.shape.length;
  util.assert(dim >= 0 || -(rank + 1) <= dim, () => `Axis must be in the interval [${-(rank + 1)}, ${rank}]`);
  const shape = [...input.shape];
  shape.splice(dim < 0 ? rank + dim + 1 : dim, 0, 1);
  return reshaped(input, shape);
};

const slice = (x: Info, begin: number | number[], size?: number | number[]): Info => {
  const [from, sizes] = slice_util.parseSliceParams(x as never, begin, size) as [number[], number[]];
  if (from.some((start) => start < 0))
    throw new LimitError('What a slice holds that begins before its tensor differs from backend to backend.');
  slice_util.assertParamsValid(x as never, from, sizes);
  return info(sizes, x.dtype);
};

/** Types that no other can be joined to. */
const APART: ReadonlySet<string> = new Set(['complex64', 'string']);

/** Empty tensors count for the check, and for nothing else where others are not empty. */
const concat = (inputs: readonly Info[], { axis }: { readonly axis: number }): Info => {
  const first = inputs[0] as Info;
  const along = util.parseAxisParam(axis, first.shape)[0] as number;
  backend_util.assertParamsConsistent(shapesOf(inputs), along);
  const shape = backend_util.computeOutShape(shapesOf(inputs), along);
  if (util.sizeFromShape(shape) === 0) return info(shape, first.dtype);
  if (inputs.some(({ dtype }) => dtype !== first.dtype && (APART.has(dtype) || APART.has(first.dtype))))
    throw new LimitError('Joining text or complex numbers to tensors of other types is not followed.');
  const filled = inputs.filter((input) => util.sizeFromShape(input.shape) > 0);
  if (filled.length === 1) return like(filled[0] as Info);
  return info(backend_util.computeOutShape(shapesOf(filled), along), first.dtype);
};

const shapesOf = (inputs: readonly Info[]): number[][] => inputs.map(({ shape }) => shape);

const pack = (inputs: readonly Info[], { axis }: { readonly axis: number }): Info => {
  const first = inputs[0] as Info;
  if (inputs.length === 1) return expandDims(first, axis);
  for (const { shape, dtype } of inputs) {
    util.assertShapesMatch(first.shape, shape, 'All tensors passed to stack must have matching shapes');
    util.assert(first.dtype === dtype, () => 'All tensors passed to stack must have matching dtypes');
  }
  return concat(
    inputs.map((input) => expandDims(input, axis)),
    { axis },
  );
};

const unpack = ({ value }: { readonly value: Info }, { axis }: { readonly axis: number }): Info[] => {
  if (!Number.isSafeInteger(axis)) throw new LimitError('An axis that is no whole number is not followed.');
  const along = axis < 0 ? axis + value.shape.length : axis;
  const count = value.shape[along] as number;
  countParts(count);
  const shape = value.shape.filter((_, i) => i !== along);
  return Array.from({ length: count }, () => info(shape, value.dtype));
};

interface SplitAttrs {
  readonly numOrSizeSplits: number | number[];
  readonly axis: number;
}

const split = ({ x }: Input, { numOrSizeSplits, axis }: SplitAttrs): Info[] => {
  if (typeof numOrSizeSplits === 'number') countParts(numOrSizeSplits);
  const along = util.parseAxisParam(axis, x.shape)[0] as number;
  const begin = x.shape.map(() => 0);
  return backend_util.prepareSplitSize(x as never, numOrSizeSplits, along).map((part) => {
    const made = slice(
      x,
      begin,
      x.shape.map((size, i) => (i === along ? part : size)),
    );
    begin[along] = (begin[along] as number) + part;
    return made;
  });
};

const stridedSlice = ({ x }: Input, attrs: StridedSliceAttrs): Info => {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attrs;
  if ([end, strides].some((list) => Array.isArray(list) && list.length !== begin?.length))
    throw new LimitError('A strided slice whose begin, end and strides differ in length is not followed.');
  const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
  const found = slice_util.sliceInfo(x.shape, begin, end, strides, ...masks);
  if (found.isIdentity) return reshaped(x, found.finalShape);
  if (!found.sliceDim0 && !found.isSimpleSlice) {
    if (found.finalShapeSparse.length !== x.shape.length)
      throw new LimitError('A strided slice that steps over an axis and adds or drops another is not followed.');
    return info(found.finalShape, x.dtype);
  }
  util.assert(x.shape.length >= 1, () => `Input must have rank at least 1, got: ${x.shape.length}`);
  const sizes = slice_util.computeOutShape(found.begin, found.end, found.strides);
  return reshaped(slice(x, found.begin, sizes), found.finalShape);
};

interface Paddings {
  readonly paddings: readonly (readonly [number, number])[];
}

const pad = ({ x }: Input, { paddings }: Paddings): Info => {
  if (Array.isArray(paddings) && !paddings.every(Array.isArray)) throw new LimitError('Paddings that are no pairs are not followed.');
  return info(
    paddings.map(([before, after], i) => before + (x.shape[i] as number) + after),
    x.dtype,
  );
};

interface BatchToSpace {
  readonly blockShape: number[];
  readonly crops: number[][];
}

const batchToSpace = ({ x }: Input, { blockShape, crops }: BatchToSpace): Info => {
  const product = util.sizeFromShape(blockShape);
  const split = reshaped(x, backend_util.getReshaped(x.shape, blockShape, product));
  const permuted = backend_util.getReshapedPermuted(x.shape, blockShape, product);
  const moved = info(transposed(split.shape, backend_util.getPermuted(split.shape.length, blockShape.length)), x.dtype);
  const begin = backend_util.getSliceBeginCoords(crops, blockShape.length);
  return slice(reshaped(moved, permuted), begin, backend_util.getSliceSize(permuted, crops, blockShape.length));
};

interface SpaceToBatch {
  readonly blockShape: number[];
  readonly paddings: readonly (readonly [number, number])[];
}

const spaceToBatch = ({ x }: Input, { blockShape, paddings }: SpaceToBatch): Info => {
  const product = util.sizeFromShape(blockShape);
  const rest = x.shape.slice(1 + blockShape.length).map(() => [0, 0] as const);
  const padded = pad({ x }, { paddings: [[0, 0], ...paddings, ...rest] });
  const split = reshaped(padded, backend_util.getReshaped(padded.shape, blockShape, product, false));
  const moved = transposed(split.shape, backend_util.getPermuted(split.shape.length, blockShape.length, false));
  return reshaped(info(moved, x.dtype), backend_util.getReshapedPermuted(padded.shape, blockShape, product, false));
};

const reverse: Kernel = ({ x }: Input, { dims }: { readonly dims: number | number[] }) => {
  util.parseAxisParam(dims, x.shape);
  return like(x);
};

/** Values keep their number or are taken, repeated and put side by side; none is computed. */
export const reshaping: Kernels = {
  Reshape: ({ x }: Input, { shape }: { readonly shape: number[] }) => reshaped(x, shape),
  ExpandDims: ({ input }: { readonly input: Info }, { dim }: { readonly dim: number }) => expandDims(input, dim),
  Transpose: ({ x }: Input, { perm }: { readonly perm: number[] }) => info(transposed(x.shape, perm), x.dtype),
  Slice: ({ x }: Input, { begin, size }: { readonly begin: number[]; readonly size: number[] }) => slice(x, begin, size),
  StridedSlice: stridedSlice,
  Concat: concat,
  Pack: pack,
  Unpack: unpack,
  SplitV: split,
  PadV2: pad,
  MirrorPad: pad,
  Tile: ({ x }: Input, { reps }: { readonly reps: number[] }) =>
    info(
      x.shape.map((size, i) => size * (reps[i] as number)),
      x.dtype,
    ),
  Reverse: reverse,
  BatchToSpaceND: batchToSpace,
  SpaceToBatchND: spaceToBatch,
};
