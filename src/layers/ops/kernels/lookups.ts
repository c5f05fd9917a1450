import { backend_util, util, type DataType } from '@tensorflow/tfjs-core';
import { LimitError } from '../../limits';
import { dependsOnValues, info, like, type Info, type Kernels } from './kernel';

interface Input {
  readonly x: Info;
}

interface GatherAttrs {
  readonly axis: number;
  readonly batchDims?: number;
}

const gather = ({ x, indices }: Input & { readonly indices: Info }, { axis, batchDims }: GatherAttrs): Info => {
  const along = util.parseAxisParam(axis, x.shape)[0] as number;
  if (!Number.isSafeInteger(along)) throw new LimitError('An axis that is no whole number is not followed.');
  const { outputShape } = backend_util.segment_util.collectGatherOpShapeInfo(x as never, indices as never, along, batchDims ?? 0);
  return info(outputShape, x.dtype);
};

interface OneHot {
  readonly depth: number;
  readonly dtype: DataType;
}

interface Scatter {
  readonly indices: Info;
  readonly updates: Info;
}

const scatter = ({ indices, updates }: Scatter, shape: number[]): Info => {
  backend_util.calculateShapes(updates as never, indices as never, shape);
  return info(shape, updates.dtype);
};

interface Sparse {
  readonly sparseIndices: Info;
  readonly sparseValues: Info;
}

interface TopK {
  readonly k: number;
}

const topK = ({ x }: Input, { k }: TopK): Info[] => {
  const shape = [...x.shape.slice(0, -1), k];
  return [info(shape, x.dtype), info(shape, 'int32')];
};

interface Bincount {
  readonly x: Info;
  readonly weights: Info;
}

const denseBincount = ({ x, weights }: Bincount, { size }: { readonly size: number }): Info => {
  if (x.shape.length > 2) throw new Error(`Error in denseBincount: input must be at most rank 2, but got rank${x.shape.length}.`);
  return info([...x.shape.slice(0, -1), size], weights.dtype);
};

/** The segments' ids stand for the first dimensions; what is left when they are summed along the very first is there once a segment. */
const segmentSum = ({ x, segmentIds }: Segments, { numSegments }: { readonly numSegments: number }): Info => {
  if (!Number.isSafeInteger(numSegments) || numSegments < 1)
    throw new LimitError(`A sum over ${String(numSegments).slice(0, 20)} segments is not followed.`);
  const [first, ...rest] = segmentIds.shape;
  const missing = Math.max(0, x.shape.length - segmentIds.shape.length);
  const ids = first === undefined ? new Array<number>(missing).fill(1) : [first, ...new Array<number>(missing).fill(1), ...rest];
  const along = backend_util.assertAndGetBroadcastShape(ids, x.shape);
  util.parseAxisParam(0, along);
  return info([numSegments, ...along.slice(1)], 'float32');
};

interface Segments {
  readonly x: Info;
  readonly segmentIds: Info;
}

/** Values picked by position, or put at positions that other values name. */
export const lookups: Kernels = {
  GatherV2: gather,
  GatherNd: ({ params, indices }: { readonly params: Info; readonly indices: Info }) =>
    info(backend_util.prepareAndValidate(params as never, indices as never)[0] as number[], params.dtype),
  OneHot: ({ indices }: { readonly indices: Info }, { depth, dtype }: OneHot) => info([...indices.shape, depth], dtype),
  ScatterNd: (inputs: Scatter, { shape }: { readonly shape: number[] }) => scatter(inputs, shape),
  TensorScatterUpdate: ({ tensor, ...inputs }: Scatter & { readonly tensor: Info }) => scatter(inputs, tensor.shape),
  SparseToDense: ({ sparseIndices, sparseValues }: Sparse, { outputShape }: { readonly outputShape: number[] }) =>
    scatter({ indices: sparseIndices, updates: sparseValues }, outputShape),
  TopK: topK,
  SearchSorted: ({ values }: { readonly values: Info }) => like(values, 'int32'),
  Bincount: ({ weights }: Bincount, { size }: { readonly size: number }) => info([size], weights.dtype),
  DenseBincount: denseBincount,
  UnsortedSegmentSum: segmentSum,
  Unique: dependsOnValues('tf.unique'),
  SparseFillEmptyRows: dependsOnValues('tf.sparse.sparseFillEmptyRows'),
  SparseReshape: dependsOnValues('tf.sparse.sparseReshape'),
  SparseSegmentMean: dependsOnValues('tf.sparse.sparseSegmentMean'),
  SparseSegmentSum: dependsOnValues('tf.sparse.sparseSegmentSum'),
  RaggedGather: dependsOnValues('tf.raggedGather'),
  RaggedRange: dependsOnValues('tf.raggedRange'),
  RaggedTensorToTensor: dependsOnValues('tf.raggedTensorToTensor'),
  BroadcastArgs: dependsOnValues('tf.broadcastArgs'),
  StringNGrams: dependsOnValues('tf.string.stringNGrams'),
  StringSplit: dependsOnValues('tf.string.stringSplit'),
};
