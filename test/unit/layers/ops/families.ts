import fc from 'fast-check';
import type { OpArgument } from '../../../../src/layers/ops/spec';
import { T } from './real';

/** Calls by chance, family by family: enough that fit to see shapes, enough that do not to see errors. */
export type Call = readonly [path: string, args: readonly OpArgument[]];

export const dims = (least: number, most: number, sizes: readonly number[] = [1, 2, 3, 4]): fc.Arbitrary<number[]> =>
  fc.array(fc.constantFrom(...sizes), { minLength: least, maxLength: most });

const dtype = fc.constantFrom('float32', 'float32', 'int32', 'bool');
export const tensor = (least = 0, most = 4, sizes?: readonly number[]): fc.Arbitrary<OpArgument> =>
  fc.tuple(dims(least, most, sizes), dtype).map(([shape, type]) => T(shape, type));
export const floats = (least: number, most: number, sizes?: readonly number[]): fc.Arbitrary<OpArgument> =>
  dims(least, most, sizes).map((shape) => T(shape));
const axis = fc.integer({ min: -3, max: 3 });
export const maybe = <A>(some: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> => fc.option(some, { nil: undefined, freq: 3 });
const flag = fc.option(fc.boolean(), { nil: undefined });

export const call = (names: readonly string[], ...args: fc.Arbitrary<OpArgument>[]): fc.Arbitrary<Call> =>
  fc.tuple(fc.constantFrom(...names), fc.tuple(...args));

const UNARY = [
  ...['abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'ceil', 'cos', 'cosh', 'elu', 'erf', 'exp', 'expm1', 'floor', 'isFinite'],
  ...['isInf', 'isNaN', 'log', 'log1p', 'logSigmoid', 'logicalNot', 'neg', 'onesLike', 'reciprocal', 'relu', 'relu6', 'round', 'rsqrt'],
  ...['selu', 'sigmoid', 'sign', 'sin', 'sinh', 'softplus', 'sqrt', 'square', 'step', 'tan', 'tanh', 'zerosLike', 'clone', 'leakyRelu'],
  ...['softmax', 'logSoftmax', 'real', 'imag'],
];
const BINARY = [
  ...['add', 'atan2', 'bitwiseAnd', 'div', 'divNoNan', 'equal', 'floorDiv', 'greater', 'greaterEqual', 'less', 'lessEqual', 'logicalAnd'],
  ...['logicalOr', 'logicalXor', 'maximum', 'minimum', 'mod', 'mul', 'notEqual', 'pow', 'prelu', 'squaredDifference', 'sub'],
];
const operand = fc.oneof(
  { weight: 6, arbitrary: tensor(0, 3, [1, 1, 2, 3]) },
  { weight: 1, arbitrary: fc.constantFrom<OpArgument>(2, true, 'x', null, [1, 2], [[1], [2]], undefined) },
);
/** Two shapes of which the second is the end of the first, with some sizes 1. */
const broadcasting = fc.tuple(dims(0, 4), fc.nat(4), fc.nat(15), dtype, dtype).map(([shape, from, ones, a, b]): OpArgument[] => [
  T(shape, a),
  T(
    shape.slice(from).map((size, i) => ((ones >> i) & 1 ? 1 : size)),
    b,
  ),
]);

const REDUCTIONS = ['all', 'any', 'sum', 'mean', 'max', 'min', 'prod', 'logSumExp', 'moments', 'euclideanNorm'];
const axes = maybe(fc.oneof(axis, fc.array(axis, { maxLength: 3 })));

const padding = fc.constantFrom<OpArgument>('same', 'same', 'valid', 'valid', 0, 1, 0.5, 'explicit');
const windows = fc.constantFrom<OpArgument>(1, 2, 3, [2, 3], [1, 1]);
const images = floats(3, 4, [5, 6, 8, 3]);
const rounding = fc.option(fc.constantFrom<OpArgument>('floor', 'ceil', 'round'), { nil: undefined, freq: 1 });
const image = (rank: number): fc.Arbitrary<number[]> => dims(rank, rank, [5, 6, 8]);
const filter = (rank: number): fc.Arbitrary<number[]> => dims(rank, rank, [1, 2, 3]);
const some = fc.constantFrom(1, 2, 3);
const rarely = fc.integer({ min: 0, max: 11 }).map((n) => (n === 0 ? 1 : 0));

/** An image and a filter that mostly fit: the image's channels are the filter's last but one dimension. */
const conv = (rank: number): fc.Arbitrary<[OpArgument, OpArgument]> =>
  fc
    .tuple(image(rank), filter(rank), some, some, rarely, fc.boolean())
    .map(([space, kernel, channels, filters, odd, batched]) => [
      T([...(batched ? [2] : []), ...space, channels]),
      T([...kernel, channels + odd, filters]),
    ]);

const convolution = (name: string, rank: number, ...rest: fc.Arbitrary<OpArgument>[]): fc.Arbitrary<Call> =>
  fc.tuple(conv(rank), fc.tuple(...rest)).map(([tensors, others]) => [name, [...tensors, ...others]]);

/** What a transposed convolution takes: its filter's last two dimensions the other way round, and the shape that it is to give. */
const transposed = (name: string, rank: number): fc.Arbitrary<Call> =>
  fc
    .tuple(image(rank), filter(rank), some, some, fc.constantFrom(1, 2), fc.constantFrom('same', 'valid'), rarely, fc.boolean())
    .map(([space, kernel, channels, filters, stride, pad, odd, batched]) => {
      const batch = batched ? [2] : [];
      const sizes = space.map((size, i) => (pad === 'same' ? size * stride : (size - 1) * stride + kernel[i]!) + odd);
      return [name, [T([...batch, ...space, channels]), T([...kernel, filters, channels]), [...batch, ...sizes, filters], stride, pad]];
    });

const separable: fc.Arbitrary<Call> = fc
  .tuple(image(2), filter(2), some, some, some, rarely, fc.constantFrom(1, 2), fc.constantFrom('same', 'valid'))
  .map(([space, kernel, channels, multiplier, filters, odd, ...rest]) => [
    'separableConv2d',
    [T([...space, channels]), T([...kernel, channels, multiplier]), T([1, 1, channels * multiplier + odd, filters]), ...rest],
  ]);

const lists = fc.oneof(fc.array(axis, { maxLength: 4 }), axis);

/** Tensors alike but for one size, at the same place in all. */
const alike = fc
  .tuple(dims(1, 4), fc.nat(3), fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }), dtype, fc.nat(6))
  .map(([shape, at, sizes, type, odd]): OpArgument[] =>
    sizes.map((size, i) =>
      T(
        shape.map((dim, j) => (j === at ? size : odd === 0 && i === 1 ? dim + 1 : dim)),
        type,
      ),
    ),
  );

const literal: fc.Arbitrary<OpArgument> = fc.oneof(
  fc.constantFrom<OpArgument>(1, 'a', true, null),
  fc.array(fc.constantFrom(0, 1, 2), { maxLength: 6 }),
  fc.array(fc.array(fc.constantFrom(0, 1), { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
  fc.array(fc.array(fc.constantFrom(0, 1), { maxLength: 3 }), { maxLength: 3 }),
  fc.constantFrom<OpArgument>([[[1], [2]]], [[[[1, 2]]]], ['a', 'b'], [true, false], [[true], [false]], [[[[[1]]]]], [[[[[[1]]]]]]),
  fc.constantFrom<OpArgument>({ values: { type: 'Float32Array', length: 6 } }, { values: { type: 'Uint8Array', length: 4 } }),
);
const type = maybe(fc.constantFrom('float32', 'int32', 'bool', 'string', 'complex64'));
const shapes = fc.array(fc.constantFrom(0, 1, 2, 3, 4, -1, 1.5), { maxLength: 4 });
const goodShapes = fc.oneof(dims(0, 4), shapes);

const three = (value: fc.Arbitrary<number>): fc.Arbitrary<number[]> => fc.array(value, { minLength: 3, maxLength: 3 });
const strided: fc.Arbitrary<Call> = fc
  .tuple(
    tensor(1, 3),
    fc.integer({ min: 1, max: 3 }),
    three(axis),
    three(axis),
    three(fc.constantFrom(1, 2, -1)),
    fc.array(fc.nat(3), { maxLength: 5 }),
  )
  .map(([x, length, begin, end, strides, masks]) => [
    'stridedSlice',
    [x, begin.slice(0, length), end.slice(0, length), strides.slice(0, length), ...masks],
  ]);

export const families: { readonly [family: string]: fc.Arbitrary<Call> } = {
  'one operand': call(UNARY, operand),
  'two operands': fc.oneof(call(BINARY, operand, operand), fc.tuple(fc.constantFrom(...BINARY), broadcasting)),
  'other values': fc.oneof(
    call(['clipByValue'], tensor(), fc.constantFrom(0, -1), fc.constantFrom(0, 5)),
    fc.tuple(fc.constantFrom('addN'), fc.array(alike, { minLength: 1, maxLength: 1 })),
    call(['cast'], tensor(), type as fc.Arbitrary<OpArgument>),
    call(
      ['where'],
      fc.oneof(
        tensor(0, 2, [1, 2]),
        dims(0, 2, [1, 2]).map((shape) => T(shape, 'bool')),
      ),
      operand,
      operand,
    ),
    call(['complex'], tensor(0, 2), tensor(0, 2)),
    call(['ensureShape'], tensor(0, 2), goodShapes),
  ),
  reductions: fc.oneof(
    call(REDUCTIONS, tensor(), axes, flag),
    call(['argMax', 'argMin'], tensor(), axes),
    call(['cumsum', 'cumprod'], tensor(), maybe(fc.nat(3)), flag, flag),
    call(['norm'], tensor(0, 3), fc.constantFrom<OpArgument>('euclidean', 'fro', 1, 2, Infinity, -Infinity, 3), axes, flag),
    call(['topk'], tensor(), fc.nat(4), flag),
  ),
  matrices: fc.oneof(
    call(['matMul', 'dot', 'outerProduct'], floats(0, 3, [2, 3]), floats(0, 3, [2, 3])),
    call(['matMul'], floats(2, 4, [1, 2]), floats(2, 4, [1, 2]), flag, flag),
    call(
      ['einsum'],
      fc.constantFrom('ij,jk->ik', 'ij,ij->', 'bij,bjk->bik', 'ij->ji', 'ii->i', 'ij,jk', 'i,j->ij', 'ab->a'),
      floats(1, 3, [2, 3]),
      floats(1, 3, [2, 3]),
    ),
    call(['linalg.qr', 'linalg.gramSchmidt'], floats(1, 3, [1, 2, 3]), flag),
    call(['linalg.bandPart'], floats(1, 3), fc.integer({ min: -1, max: 4 }), fc.integer({ min: -1, max: 4 })),
  ),
  reshaping: fc.oneof(
    call(['reshape', 'broadcastTo'], tensor(), fc.array(fc.constantFrom(-1, 1, 2, 3, 4, 6, 12), { maxLength: 4 })),
    call(['expandDims', 'squeeze', 'reverse'], tensor(), axes),
    call(['transpose'], tensor(), maybe(fc.array(fc.nat(3), { maxLength: 4 }))),
    fc.tuple(
      fc.constantFrom('transpose'),
      dims(1, 4).chain((shape) =>
        fc
          .shuffledSubarray(
            shape.map((_, i) => i),
            { minLength: shape.length },
          )
          .map((perm): OpArgument[] => [T(shape), perm]),
      ),
    ),
    call(['unstack'], tensor(), maybe(axis)),
    call(['split'], tensor(1, 3, [2, 4, 6]), fc.constantFrom<OpArgument>(1, 2, 3, [1, 1], [2, -1], [1, 3]), maybe(axis)),
    call(['tile'], tensor(0, 3), fc.array(fc.nat(3), { maxLength: 3 })),
    call(['pad'], tensor(0, 3), fc.array(fc.array(fc.nat(2), { minLength: 2, maxLength: 2 }), { maxLength: 3 }), maybe(fc.constant(1))),
    call(
      ['mirrorPad'],
      tensor(1, 2, [3, 4]),
      fc.array(fc.array(fc.nat(3), { minLength: 2, maxLength: 2 }), { maxLength: 2 }),
      fc.constantFrom('reflect', 'symmetric', 'x'),
    ),
    call(['reverse1d', 'reverse2d', 'reverse3d', 'reverse4d'], tensor(), axes),
    call(['depthToSpace'], floats(3, 4, [1, 2, 4]), fc.constantFrom(1, 2)),
    call(
      ['spaceToBatchND', 'batchToSpaceND'],
      floats(2, 4, [1, 2, 4]),
      fc.array(fc.constantFrom(1, 2), { minLength: 1, maxLength: 2 }),
      fc.array(fc.constantFrom([0, 0], [0, 1], [1, 1]), { minLength: 1, maxLength: 2 }),
    ),
  ),
  slices: fc.oneof(
    call(['slice'], tensor(), lists, maybe(lists)),
    call(['slice1d', 'slice2d', 'slice3d', 'slice4d'], tensor(), lists, lists),
    strided,
    call(
      ['gather'],
      tensor(1, 3),
      dims(0, 2).map((shape) => T(shape, 'int32')),
      maybe(axis),
      maybe(fc.nat(2)),
    ),
    call(
      ['gatherND'],
      tensor(1, 3),
      dims(1, 3).map((shape) => T(shape, 'int32')),
    ),
  ),
  joining: fc.oneof(
    fc
      .tuple(fc.constantFrom('concat', 'stack', 'concat1d', 'meshgrid'), fc.tuple(alike, maybe(axis)))
      .map(([path, [list, at]]): Call => [path, path === 'meshgrid' ? list : [list, at]]),
    fc.tuple(fc.constantFrom('concat2d', 'concat3d', 'concat4d'), fc.tuple(alike, axis)),
    call(['concat', 'stack'], fc.array(operand, { maxLength: 3 }), maybe(axis)),
  ),
  convolutions: fc.oneof(
    convolution('conv2d', 2, windows, padding, maybe(fc.constantFrom('NHWC', 'NCHW')), maybe(windows), rounding),
    convolution('depthwiseConv2d', 2, windows, padding, maybe(fc.constantFrom('NHWC', 'NCHW')), maybe(windows), rounding),
    convolution('conv1d', 1, fc.constantFrom(1, 2), padding, fc.constant(undefined), maybe(fc.constantFrom(1, 2)), rounding),
    convolution(
      'conv3d',
      3,
      fc.constantFrom<OpArgument>(1, 2, [1, 2, 1]),
      fc.constantFrom('same', 'valid'),
      fc.constant(undefined),
      maybe(fc.constantFrom(1, 2)),
    ),
    transposed('conv2dTranspose', 2),
    transposed('conv3dTranspose', 3),
    separable,
    call(
      ['dilation2d'],
      floats(3, 4, [5, 3]),
      floats(3, 3, [3, 2]),
      fc.constantFrom(1, 2),
      fc.constantFrom('same', 'valid'),
      maybe(fc.constantFrom(1, 2)),
    ),
  ),
  pools: fc.oneof(
    call(['maxPool', 'avgPool'], images, windows, windows, padding, rounding),
    call(
      ['maxPool3d', 'avgPool3d'],
      floats(4, 5, [5, 6, 3]),
      fc.constantFrom<OpArgument>(1, 2, [1, 2, 3]),
      fc.constantFrom<OpArgument>(1, 2),
      padding,
      rounding,
    ),
    call(['maxPoolWithArgmax'], images, windows, windows, fc.constantFrom('same', 'valid')),
    call(['pool'], images, windows, fc.constantFrom('max', 'avg'), padding, maybe(windows), maybe(windows)),
  ),
  making: fc.oneof(
    call(['zeros', 'ones', 'randomNormal'], goodShapes, fc.constant(undefined)),
    call(['zeros', 'ones'], goodShapes, type),
    call(
      ['randomUniform', 'randomNormal', 'truncatedNormal'],
      goodShapes,
      maybe(fc.constant(0)),
      maybe(fc.constant(1)),
      maybe(fc.constantFrom('float32', 'int32', 'bool')),
    ),
    call(['randomUniformInt'], goodShapes, fc.constant(0), fc.constant(5)),
    call(['randomStandardNormal'], goodShapes),
    call(['randomGamma'], goodShapes, fc.constantFrom(1, 0.5), maybe(fc.constant(1)), maybe(fc.constantFrom('float32', 'int32'))),
    call(['fill'], goodShapes, fc.constantFrom<OpArgument>(1, 'a', true), maybe(fc.constantFrom('float32', 'int32', 'bool', 'string'))),
    call(['eye'], fc.nat(4), maybe(fc.nat(4)), maybe(dims(0, 4)), maybe(fc.constant('int32'))),
    call(
      ['range'],
      axis,
      fc.integer({ min: -5, max: 9 }),
      maybe(fc.constantFrom(1, 2, -1, 0.5, 0)),
      maybe(fc.constantFrom('float32', 'int32')),
    ),
    call(['linspace'], axis, axis, fc.nat(4)),
    call(['tensor'], literal, maybe(goodShapes), type),
    call(['tensor1d', 'scalar'], literal, type),
    call(['tensor2d', 'tensor3d', 'tensor4d', 'tensor5d', 'tensor6d'], literal, maybe(goodShapes), type),
    call(
      ['oneHot'],
      fc.oneof(
        tensor(0, 3),
        dims(0, 3).map((shape) => T(shape, 'int32')),
      ),
      fc.nat(4),
      fc.constant(undefined),
      fc.constant(undefined),
      maybe(fc.constantFrom('float32', 'int32')),
    ),
    call(['variable'], tensor(), flag, fc.constantFrom<OpArgument>(undefined, 'v'), maybe(fc.constantFrom('int32'))),
    call(['diag'], tensor(0, 2)),
    call(['multinomial'], floats(1, 2, [2, 3]), fc.nat(3), fc.constant(1), flag),
    call(['signal.hannWindow', 'signal.hammingWindow'], fc.constantFrom(0, 1, 2, 7, 8)),
    call(
      ['signal.frame', 'signal.stft'],
      floats(1, 2, [20, 33]),
      fc.constantFrom(4, 7),
      fc.constantFrom(2, 5),
      maybe(fc.constantFrom(3, 4, 8, 16)),
    ),
    call(['enclosingPowerOfTwo'], fc.nat(20)),
  ),
};
