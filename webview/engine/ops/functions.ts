import * as tf from '@tensorflow/tfjs-core';

/** A function of TensorFlow.js, which checks its arguments itself. */
export type Op = (...args: readonly unknown[]) => unknown;

/** Functions that give tensors for tensors, at once, and keep nothing. What waits for values, holds state or takes functions is not among them. */
const NAMES = [
  ...(['abs', 'acos', 'acosh', 'add', 'addN', 'all', 'any', 'argMax', 'argMin', 'asin', 'asinh', 'atan', 'atan2', 'atanh'] as const),
  ...(['avgPool', 'avgPool3d', 'basicLSTMCell', 'batchNorm', 'batchNorm2d', 'batchNorm3d', 'batchNorm4d', 'batchToSpaceND'] as const),
  ...(['bincount', 'bitwiseAnd', 'broadcastArgs', 'broadcastTo', 'cast', 'ceil', 'clipByValue', 'clone', 'complex', 'concat'] as const),
  ...(['concat1d', 'concat2d', 'concat3d', 'concat4d', 'conv1d', 'conv2d', 'conv2dTranspose', 'conv3d', 'conv3dTranspose'] as const),
  ...(['cos', 'cosh', 'cosineWindow', 'cumprod', 'cumsum', 'denseBincount', 'depthToSpace', 'depthwiseConv2d', 'diag'] as const),
  ...(['dilation2d', 'div', 'divNoNan', 'dot', 'dropout', 'einsum', 'elu', 'ensureShape', 'equal', 'erf', 'euclideanNorm'] as const),
  ...(['exp', 'expandDims', 'expm1', 'eye', 'fft', 'fill', 'floor', 'floorDiv', 'gather', 'gatherND', 'greater'] as const),
  ...(['greaterEqual', 'ifft', 'imag', 'irfft', 'isFinite', 'isInf', 'isNaN', 'leakyRelu', 'less', 'lessEqual', 'linspace'] as const),
  ...(['localResponseNormalization', 'log', 'log1p', 'logSigmoid', 'logSoftmax', 'logSumExp', 'logicalAnd', 'logicalNot'] as const),
  ...(['logicalOr', 'logicalXor', 'lowerBound', 'matMul', 'max', 'maxPool', 'maxPool3d', 'maxPoolWithArgmax', 'maximum'] as const),
  ...(['mean', 'meshgrid', 'min', 'minimum', 'mirrorPad', 'mod', 'moments', 'mul', 'multinomial', 'neg', 'norm', 'notEqual'] as const),
  ...(['oneHot', 'ones', 'onesLike', 'outerProduct', 'pad', 'pad1d', 'pad2d', 'pad3d', 'pad4d', 'pool', 'pow', 'prelu'] as const),
  ...(['prod', 'randomGamma', 'randomNormal', 'randomStandardNormal', 'randomUniform', 'randomUniformInt', 'range', 'real'] as const),
  ...(['reciprocal', 'relu', 'relu6', 'reshape', 'reverse', 'reverse1d', 'reverse2d', 'reverse3d', 'reverse4d', 'rfft'] as const),
  ...(['round', 'rsqrt', 'scalar', 'scatterND', 'searchSorted', 'selu', 'separableConv2d', 'sigmoid', 'sign', 'sin', 'sinh'] as const),
  ...(['slice', 'slice1d', 'slice2d', 'slice3d', 'slice4d', 'softmax', 'softplus', 'spaceToBatchND', 'split', 'sqrt'] as const),
  ...(['square', 'squaredDifference', 'squeeze', 'stack', 'step', 'stridedSlice', 'sub', 'sum', 'tan', 'tanh', 'tensor'] as const),
  ...(['tensor1d', 'tensor2d', 'tensor3d', 'tensor4d', 'tensor5d', 'tensor6d', 'tensorScatterUpdate', 'tile', 'topk'] as const),
  ...(['transpose', 'truncatedNormal', 'unsortedSegmentSum', 'unstack', 'upperBound', 'where', 'zeros', 'zerosLike'] as const),
];

const under = (space: string, functions: object, names: readonly string[]): [string, Op][] =>
  names.map((name) => [`${space}.${name}`, (functions as Record<string, Op>)[name] as Op]);

/** By their path in `tf`. A map has no names that it was not given. */
const FUNCTIONS: ReadonlyMap<string, Op> = new Map<string, Op>([
  ...NAMES.map((name): [string, Op] => [name, tf[name] as Op]),
  ...under('image', tf.image, ['cropAndResize', 'flipLeftRight', 'grayscaleToRGB', 'resizeBilinear', 'resizeNearestNeighbor']),
  ...under('image', tf.image, ['rgbToGrayscale', 'rotateWithOffset', 'threshold', 'transform']),
  ...under('linalg', tf.linalg, ['bandPart', 'gramSchmidt', 'qr']),
  ...under('signal', tf.signal, ['frame', 'hammingWindow', 'hannWindow', 'stft']),
  ...under('spectral', tf.spectral, ['fft', 'ifft', 'irfft', 'rfft']),
  ...under('fused', tf.fused, ['conv2d', 'depthwiseConv2d', 'matMul']),
]);

/** The function under a path in `tf` (`matMul`, `image.resizeBilinear`) that a list of ops may call; undefined for all others. */
export const opNamed = (path: string): Op | undefined => FUNCTIONS.get(path);

/** Every path that `opNamed` knows. */
export const opNames = (): readonly string[] => [...FUNCTIONS.keys()];

/** Where functions that draw by chance take their seed, 0-based. */
const SEEDS: ReadonlyMap<string, number> = new Map([
  ['dropout', 3],
  ['multinomial', 2],
  ['randomGamma', 4],
  ['randomNormal', 4],
  ['randomStandardNormal', 2],
  ['randomUniform', 4],
  ['randomUniformInt', 3],
  ['truncatedNormal', 4],
]);

/**
 * The arguments with a seed where the source gives none: what is drawn by chance must be the same when a layer is computed again to be looked at,
 * and the same on every backend.
 */
export const seeded = (path: string, args: readonly unknown[], seed: number): readonly unknown[] => {
  const place = SEEDS.get(path);
  if (place === undefined || args[place] !== undefined) return args;
  return Array.from({ length: Math.max(args.length, place + 1) }, (_, k) => (k === place ? seed : args[k]));
};
