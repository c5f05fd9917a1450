import fc from 'fast-check';
import type { OpArgument } from '../../../../src/layers/ops/spec';
import { call, dims, floats, maybe, tensor, type Call } from './families';
import { T } from './real';

/** Families of functions in namespaces of `tf`, and of what is used less. */
const image = floats(3, 4, [2, 3, 4]);
const size = fc.constantFrom<OpArgument>([2, 3], [5, 5], [1, 1], [4], 3);
const flag = fc.option(fc.boolean(), { nil: undefined });
const some = fc.constantFrom(1, 2, 3);
const activation = fc.constantFrom<OpArgument>(undefined, 'linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu');

/** Two or three tensors of one shape, now and then not. */
const same = (types = ['float32']): fc.Arbitrary<OpArgument[]> =>
  fc.tuple(dims(0, 3), fc.integer({ min: 0, max: 9 }), fc.constantFrom(...types)).map(([shape, odd, dtype]) => {
    const other = odd === 0 ? [...shape, 2] : shape;
    return [T(shape, dtype), T(other, dtype)];
  });

const LOSSES = ['absoluteDifference', 'computeWeightedLoss', 'hingeLoss', 'huberLoss', 'logLoss', 'meanSquaredError'].map(
  (name) => `losses.${name}`,
);
const loss = fc
  .tuple(
    fc.constantFrom(...LOSSES, 'losses.sigmoidCrossEntropy', 'losses.softmaxCrossEntropy'),
    same(),
    maybe(fc.constantFrom<OpArgument>(1, T([]))),
  )
  .map(([path, [labels, predictions], weights]): Call => [
    path,
    path.endsWith('computeWeightedLoss') ? [labels, weights] : [labels, predictions, weights],
  ]);

/** Statistics for the last dimension, or for all of them. */
const normalised: fc.Arbitrary<Call> = fc
  .tuple(fc.constantFrom('batchNorm', 'batchNorm2d', 'batchNorm3d', 'batchNorm4d'), dims(1, 4), fc.constantFrom('last', 'all', 'odd'), flag)
  .map(([path, shape, how, affine]) => {
    const statistic = T(how === 'all' ? shape : how === 'last' ? shape.slice(-1) : [7, 7, 7]);
    return [path, [T(shape), statistic, statistic, ...(affine ? [statistic, statistic] : [])]];
  });

const fusedMatMul: fc.Arbitrary<Call> = fc
  .tuple(dims(3, 3), fc.constantFrom(0, 1, 5), activation, flag, flag)
  .map(([[m, k, n], odd, act, transposeA, transposeB]) => [
    'fused.matMul',
    [
      {
        a: T(transposeA ? [k!, m!] : [m!, k!]),
        b: T(transposeB ? [n!, k!] : [k!, n!]),
        transposeA,
        transposeB,
        bias: odd === 0 ? undefined : T(odd === 5 ? [n! + 1] : [n!]),
        activation: act,
        preluActivationWeights: act === 'prelu' ? T([n!]) : undefined,
      },
    ],
  ]);

const fusedConv: fc.Arbitrary<Call> = fc
  .tuple(
    fc.constantFrom('fused.conv2d', 'fused.depthwiseConv2d'),
    some,
    some,
    activation,
    flag,
    fc.constantFrom('same', 'valid'),
    fc.boolean(),
  )
  .map(([path, channels, filters, act, biased, pad, batched]) => {
    const out = path === 'fused.conv2d' ? filters : channels * filters;
    const x = T([...(batched ? [2] : []), 5, 6, channels]);
    const prelu = act === 'prelu' ? T([out]) : undefined;
    const filter = T([2, 2, channels, filters]);
    return [path, [{ x, filter, strides: 1, pad, bias: biased ? T([out]) : undefined, activation: act, preluActivationWeights: prelu }]];
  });

const complex = dims(1, 3, [1, 2, 4, 5]).map((shape) => T(shape, 'complex64'));
const indices = dims(1, 2).map((shape) => T(shape, 'int32'));

const cell: fc.Arbitrary<Call> = fc
  .tuple(some, some, some, fc.nat(5))
  .map(([batch, inputs, units, odd]) => [
    'basicLSTMCell',
    [T([]), T([inputs + units, units * 4]), T([units * 4]), T([batch, inputs + (odd === 0 ? 1 : 0)]), T([batch, units]), T([batch, units])],
  ]);

const scattered: fc.Arbitrary<Call> = fc
  .tuple(dims(1, 3), dims(0, 1), fc.integer({ min: 0, max: 5 }), fc.constantFrom('scatterND', 'tensorScatterUpdate'))
  .map(([shape, rows, odd, path]) => {
    const places = T([...rows, 1], 'int32');
    const updates = T([...rows, ...shape.slice(1), ...(odd === 0 ? [2] : [])]);
    return [path, path === 'scatterND' ? [places, updates, shape] : [T(shape), places, updates]];
  });

export const furtherFamilies: { readonly [family: string]: fc.Arbitrary<Call> } = {
  images: fc.oneof(
    call(['image.resizeBilinear', 'image.resizeNearestNeighbor'], image, size, flag, flag),
    call(['image.flipLeftRight', 'image.grayscaleToRGB', 'image.rgbToGrayscale'], floats(3, 4, [1, 2, 3])),
    call(['image.rotateWithOffset'], image, fc.constant(0.5)),
    call(
      ['image.cropAndResize'],
      floats(4, 4),
      fc.constantFrom(T([2, 4]), T([3])),
      fc.constantFrom(T([2], 'int32'), T([3], 'int32')),
      size,
    ),
    call(
      ['image.transform'],
      floats(4, 4),
      fc.constantFrom(T([1, 8]), T([2, 8]), T([8])),
      maybe(fc.constant('nearest')),
      maybe(fc.constant('constant')),
      fc.constant(undefined),
      maybe(size),
    ),
    call(
      ['image.threshold'],
      dims(3, 3, [1, 3]).map((shape) => T(shape)),
      fc.constantFrom('binary', 'x'),
      flag,
      fc.constantFrom(0.5, 2),
    ),
    call(
      ['image.nonMaxSuppressionPadded'],
      fc.constantFrom(T([3, 4]), T([3, 3])),
      fc.constantFrom(T([3]), T([2])),
      fc.constantFrom(2, 9),
      fc.constant(0.5),
      fc.constant(0),
      fc.constant(true),
    ),
    call(['localResponseNormalization'], image, fc.constantFrom(1, 2, 0.5)),
  ),
  losses: fc.oneof(loss, call(['losses.cosineDistance'], floats(2, 2, [2, 3]), floats(2, 2, [2, 3]), fc.constantFrom(0, 1))),
  normalisations: normalised,
  fused: fc.oneof(fusedMatMul, fusedConv),
  spectra: fc.oneof(
    call(
      ['fft', 'ifft', 'spectral.fft', 'spectral.ifft', 'irfft', 'spectral.irfft', 'real', 'imag', 'clone', 'onesLike', 'zerosLike', 'abs'],
      complex,
    ),
    call(['rfft', 'spectral.rfft'], floats(1, 3, [1, 2, 4, 5]), maybe(fc.constantFrom(2, 4, 8))),
    call(['add', 'sub', 'mul'], complex, fc.oneof(complex, floats(0, 2, [1, 2]))),
    call(['reshape'], complex, fc.constantFrom<OpArgument>([-1], [2, -1], [4])),
    call(['transpose', 'expandDims', 'squeeze'], complex),
    call(['cast'], complex, fc.constantFrom('float32', 'int32', 'bool', 'complex64')),
  ),
  lookups: fc.oneof(
    scattered,
    call(
      ['sparseToDense'],
      fc.constantFrom(T([2, 1], 'int32'), T([2], 'int32')),
      fc.constantFrom(T([2]), T([3]), T([])),
      fc.constantFrom<OpArgument>([4], [3, 2]),
      maybe(fc.constant(T([]))),
    ),
    call(['bincount'], indices, fc.constantFrom(T([0]), T([2]), T([3])), fc.nat(4)),
    call(
      ['denseBincount'],
      dims(1, 3).map((shape) => T(shape, 'int32')),
      fc.constantFrom(T([0]), T([2])),
      fc.nat(4),
      flag,
    ),
    call(['searchSorted', 'lowerBound', 'upperBound'], floats(1, 2, [2, 3]), floats(1, 2, [2, 3])),
    call(['unsortedSegmentSum'], floats(1, 3, [2, 3]), indices, some),
    call(
      ['math.confusionMatrix'],
      fc.constantFrom(T([3], 'int32'), T([2], 'int32'), T([3])),
      fc.constant(T([3], 'int32')),
      fc.constantFrom(2, 3, 0.5),
    ),
  ),
  cells: fc.oneof(
    cell,
    call(['movingAverage'], floats(1, 2), floats(1, 2), fc.constant(0.5), fc.constant(undefined), maybe(fc.constant(false))),
    call(['dropout'], tensor(), fc.constantFrom(0, 0.5, 1), maybe(fc.constantFrom<OpArgument>([1], [1, 2, 3]))),
    call(['logSumExp', 'norm', 'moments'], floats(0, 3)),
  ),
  text: fc.oneof(
    call(
      ['string.staticRegexReplace'],
      dims(0, 2).map((shape) => T(shape, 'string')),
      fc.constant('a'),
      fc.constant('b'),
      flag,
    ),
    call(['string.stringToHashBucketFast'], fc.constantFrom<OpArgument>(T([2], 'string'), T([2]), ['a', 'b']), fc.constantFrom(0, 1, 10)),
    call(
      ['reshape', 'slice', 'expandDims'],
      dims(1, 2).map((shape) => T(shape, 'string')),
      fc.constantFrom<OpArgument>([0], [-1], 0),
    ),
    call(['concat', 'stack'], fc.constantFrom<OpArgument>([T([2], 'string'), T([2], 'string')], [T([2], 'string'), T([2])])),
    call(['equal', 'notEqual', 'add', 'zerosLike', 'onesLike'], fc.constant(T([2], 'string')), fc.constantFrom(T([2], 'string'), T([2]))),
  ),
};
