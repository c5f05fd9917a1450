import { backend_util, util, type DataType } from '@tensorflow/tfjs-core';
import { LimitError } from '../../limits';
import { info, like, type Info, type Kernel, type Kernels } from './kernel';

interface Binary {
  readonly a: Info;
  readonly b: Info;
}

const SAME = [
  ...['Abs', 'Acos', 'Acosh', 'Asin', 'Asinh', 'Atan', 'Atanh', 'Ceil', 'ClipByValue', 'Cos', 'Cosh', 'Elu', 'Erf', 'Expm1', 'Floor'],
  ...['Log', 'Log1p', 'Neg', 'Reciprocal', 'Relu', 'Relu6', 'Round', 'Rsqrt', 'Selu', 'Sigmoid', 'Sign', 'Sin', 'Sinh', 'Softplus'],
  ...['Sqrt', 'Square', 'Step', 'Tan', 'Tanh', 'StaticRegexReplace', 'LRN'],
];

const UNARY_DTYPES: { readonly [kernelName: string]: DataType } = {
  Exp: 'float32',
  LeakyRelu: 'float32',
  ComplexAbs: 'float32',
  IsFinite: 'bool',
  IsInf: 'bool',
  IsNan: 'bool',
  LogicalNot: 'bool',
};

const BINARY = ['Add', 'Atan2', 'BitwiseAnd', 'Maximum', 'Minimum', 'Mod', 'Multiply', 'Pow', 'RealDiv', 'SquaredDifference', 'Sub'];

const COMPARISONS = ['Equal', 'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'LogicalAnd', 'LogicalOr', 'NotEqual'];

const broadcast = (a: Info, b: Info): number[] => backend_util.assertAndGetBroadcastShape(a.shape, b.shape);

const unary =
  (dtype?: DataType): Kernel =>
  ({ x }: { readonly x: Info }) =>
    like(x, dtype);

/** Both operands have one type by now, save where one is complex, which the result then is too. */
const binary =
  (dtype?: DataType): Kernel =>
  ({ a, b }: Binary) =>
    info(broadcast(a, b), dtype ?? (b.dtype === 'complex64' ? b.dtype : a.dtype));

const each = (names: readonly string[], kernel: Kernel): Kernels => Object.fromEntries(names.map((name) => [name, kernel]));

const cast = ({ x }: { readonly x: Info }, { dtype }: { readonly dtype: DataType }): Info => {
  const known = dtype === 'complex64' || dtype === 'int32' || dtype === 'bool';
  const from = x.dtype === 'complex64' ? 'float32' : x.dtype;
  // In the words of the runtime's own cast, which turns text and numbers into one another nowhere.
  if (!known && util.hasEncodingLoss(from, dtype)) throw new Error(`Error in Cast: failed to cast ${from} to ${dtype}`);
  return like(x, dtype);
};

const filled =
  (name: string): Kernel =>
  ({ x }: { readonly x: Info }) => {
    if (x.dtype === 'string') throw new Error(`${name} is not supported for string tensors`);
    return like(x);
  };

const part = ({ input }: { readonly input: Info }): Info => {
  if (input.dtype !== 'complex64') throw new LimitError(`Which backends take a part of a ${input.dtype} tensor differs.`);
  return like(input, 'float32');
};

export const add = ({ a, b }: Binary): Info => info(broadcast(a, b), a.dtype);

/** What `prelu` gives: always float32. */
export const prelu = ({ x, alpha }: { readonly x: Info; readonly alpha: Info }): Info => info(broadcast(x, alpha), 'float32');

/** One value in, one value out; and two in, one out, with broadcasting. */
export const elementwise: Kernels = {
  ...each(SAME, unary()),
  ...Object.fromEntries(Object.entries(UNARY_DTYPES).map(([name, dtype]) => [name, unary(dtype)])),
  ...each(BINARY, binary()),
  ...each(COMPARISONS, binary('bool')),
  FloorDiv: binary('int32'),
  AddN: ([first]: readonly [Info]) => like(first),
  Cast: cast,
  Complex: ({ real }: { readonly real: Info }) => like(real, 'complex64'),
  Real: part,
  Imag: part,
  Identity: ({ x }: { readonly x: Info }) => like(x),
  OnesLike: filled('onesLike'),
  ZerosLike: filled('zerosLike'),
  Prelu: prelu,
  Select: ({ t, e }: { readonly t: Info; readonly e: Info }) => like(t, backend_util.upcastType(t.dtype, e.dtype)),
};
