import * as tfc from '@tensorflow/tfjs-core';
import { LimitError } from '../limits';
import { findOp, type Op } from './names';

type Method = (self: tfc.Tensor, args: readonly unknown[]) => unknown;

/** Methods that hand the tensor and so many arguments on to the function of their name. */
const FORWARDS: { readonly [arity: number]: readonly string[] } = {
  0: [
    ...['abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'ceil', 'cos', 'cosh', 'elu', 'erf', 'exp', 'expm1', 'fft', 'floor'],
    ...['ifft', 'irfft', 'isFinite', 'isInf', 'isNaN', 'log', 'log1p', 'logSigmoid', 'logicalNot', 'neg', 'onesLike', 'reciprocal'],
    ...['relu', 'relu6', 'rfft', 'round', 'rsqrt', 'selu', 'sigmoid', 'sign', 'sin', 'sinh', 'softplus', 'sqrt', 'square', 'tan', 'tanh'],
    ...['zerosLike', 'clone'],
  ],
  1: [
    ...['add', 'argMax', 'argMin', 'atan2', 'broadcastTo', 'cast', 'div', 'divNoNan', 'dot', 'equal', 'expandDims', 'floorDiv', 'greater'],
    ...['greaterEqual', 'leakyRelu', 'less', 'lessEqual', 'logSoftmax', 'logicalAnd', 'logicalOr', 'logicalXor', 'maximum', 'minimum'],
    ...['mod', 'mul', 'notEqual', 'pow', 'prelu', 'reshape', 'reverse', 'softmax', 'squaredDifference', 'squeeze', 'step', 'sub', 'tile'],
    ...['transpose', 'unique', 'unstack'],
  ],
  2: [
    ...['all', 'any', 'batchToSpaceND', 'clipByValue', 'depthToSpace', 'euclideanNorm', 'logSumExp', 'max', 'mean', 'min', 'mirrorPad'],
    ...['pad', 'prod', 'slice', 'spaceToBatchND', 'split', 'sum', 'topk', 'unsortedSegmentSum'],
  ],
  3: ['cumprod', 'cumsum', 'gather', 'matMul', 'norm', 'oneHot'],
  4: ['avgPool', 'localResponseNormalization', 'maxPool'],
  5: ['batchNorm', 'conv2dTranspose', 'dilation2d'],
  6: ['conv1d', 'conv2d', 'depthwiseConv2d', 'pool', 'separableConv2d'],
  8: ['stridedSlice'],
};

const opOf = (path: string): Op => {
  const op = findOp(path);
  if (!op) throw new TypeError(`tf.${path} is not a function`);
  return op;
};

const forward =
  (path: string, arity: number): Method =>
  (self, args) =>
    opOf(path)(self, ...Array.from({ length: arity }, (_, i) => args[i]));

const forwards = (): [string, Method][] =>
  Object.entries(FORWARDS).flatMap(([arity, names]) => names.map((name): [string, Method] => [name, forward(name, Number(arity))]));

/** `as2D(rows, columns)`: so many arguments are the new shape. */
const asRank =
  (rank: number): Method =>
  (self, args) =>
    tfc.reshape(
      self,
      Array.from({ length: rank }, (_, i) => args[i] as number),
    );

const castTo =
  (dtype: tfc.DataType): Method =>
  (self) =>
    tfc.cast(self, dtype);

const flatten: Method = (self) => tfc.reshape(self, [self.size]);

const asScalar: Method = (self) => {
  tfc.util.assert(self.size === 1, () => 'The array must have only 1 element.');
  return tfc.reshape(self, []);
};

const reshapeAs: Method = (self, [x]) => tfc.reshape(self, (x as tfc.Tensor).shape);

const listed = (x: unknown): tfc.Tensor[] => {
  if (x instanceof tfc.Tensor) return [x];
  if (!Array.isArray(x)) throw new LimitError('What is joined to the tensor is neither a tensor nor a list.');
  return x as tfc.Tensor[];
};

const concat: Method = (self, [x, axis]) => tfc.concat([self, ...listed(x)], axis as number);
const stack: Method = (self, [x, axis]) => tfc.stack([self, ...listed(x)], axis as number);
const where: Method = (self, [condition, x]) => tfc.where(condition as tfc.Tensor, self, x as tfc.Tensor);

const variable: Method = (self, [trainable, name, dtype]) =>
  tfc.variable(self, trainable as boolean, name as string, dtype as tfc.DataType);

/** `v.assign(x)`: what is refused for another shape or type; gives nothing. */
const assign: Method = (self, [value]) => {
  if (!(self instanceof tfc.Variable)) throw new TypeError('assign is not a function');
  self.assign(value as tfc.Tensor);
  return undefined;
};

const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ...forwards(),
  ...([1, 2, 3, 4, 5] as const).map((rank): [string, Method] => [`as${rank}D`, rank === 1 ? flatten : asRank(rank)]),
  ['asScalar', asScalar],
  ['asType', forward('cast', 1)],
  ['assign', assign],
  ['concat', concat],
  ['flatten', flatten],
  ['reshapeAs', reshapeAs],
  ['resizeBilinear', forward('image.resizeBilinear', 3)],
  ['resizeNearestNeighbor', forward('image.resizeNearestNeighbor', 3)],
  ['stack', stack],
  ['toBool', castTo('bool')],
  ['toFloat', castTo('float32')],
  ['toInt', castTo('int32')],
  ['variable', variable],
  ['where', where],
]);

/** Methods of tensors that no answer is given for, each with the reason. */
export const NOT_METHODS: ReadonlyMap<string, string> = new Map([
  ...['array', 'arraySync', 'bytes', 'data', 'dataSync', 'dataToGPU', 'toString'].map((name): [string, string] => [name, 'gives values']),
  ...['buffer', 'bufferSync'].map((name): [string, string] => [name, 'gives values']),
  ...['dispose', 'isDisposed', 'print', 'throwIfDisposed'].map((name): [string, string] => [name, 'gives no tensor']),
]);

/** True for a method of tensors that `runTensorMethod` has an answer for. */
export const isTensorMethod = (name: string): boolean => METHODS.has(name);

export const findMethod = (name: string): Method | undefined => METHODS.get(name);
