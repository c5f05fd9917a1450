import type { Machine } from '../../machine';
import { Num } from '../../values/num';
import { SAMPLES } from '../../values/standIns';
import { Unknown } from '../../values/values';
import { isInputList, type OpInput } from './inputs';

/** How an unknown in some place of a call is read. */
interface Places {
  /** Arguments that are numbers, or lists of them: an unknown one is a number. Lists are so everywhere but in `lists`. */
  readonly sizes?: readonly number[];
  /** Arguments that are numbers which change no shape. */
  readonly indifferent?: readonly number[];
  /** Arguments that are lists of tensors, or values of tensors: an unknown item is no number. */
  readonly tensors?: readonly number[];
}

/** Positions as in the function; a method's own tensor counts as the first. */
const PLACES: Readonly<Record<string, Places>> = {
  concat: { tensors: [0, 1] },
  stack: { tensors: [0, 1] },
  addN: { tensors: [0] },
  einsum: { tensors: [0, 1, 2, 3, 4] },
  eye: { sizes: [0, 1] },
  linspace: { indifferent: [0, 1], sizes: [2] },
  range: { sizes: [0, 1, 2] },
  oneHot: { sizes: [1], indifferent: [2, 3] },
  fill: { indifferent: [1] },
  randomNormal: { indifferent: [1, 2, 4] },
  randomUniform: { indifferent: [1, 2, 4] },
  randomUniformInt: { indifferent: [1, 2, 3] },
  randomStandardNormal: { indifferent: [2] },
  truncatedNormal: { indifferent: [1, 2, 4] },
  randomGamma: { indifferent: [1, 2, 4] },
  clipByValue: { indifferent: [1, 2] },
  leakyRelu: { indifferent: [1] },
  dropout: { indifferent: [1, 3] },
  localResponseNormalization: { indifferent: [1, 2, 3, 4] },
  slice: { sizes: [1, 2] },
  slice1d: { sizes: [1, 2] },
  split: { sizes: [1] },
  topk: { sizes: [1] },
  multinomial: { sizes: [1], indifferent: [2, 3] },
  avgPool: { sizes: [1, 2] },
  maxPool: { sizes: [1, 2] },
  conv1d: { sizes: [2] },
  conv2d: { sizes: [2] },
  as2D: { sizes: [1, 2] },
  as3D: { sizes: [1, 2, 3] },
  as4D: { sizes: [1, 2, 3, 4] },
  as5D: { sizes: [1, 2, 3, 4, 5] },
};

/**
 * The arguments with a stand-in for each unknown that can only be a number. Only an unknown that is a number, or changes nothing whatever number it
 * is, is replaced: any other unknown may be a tensor, and stays.
 */
export function withNumbers(m: Machine, op: string, args: readonly OpInput[]): readonly OpInput[] {
  const places = Object.hasOwn(PLACES, op) ? PLACES[op] : undefined;
  return args.map((arg, i) => {
    if (arg instanceof Unknown) {
      if (places?.indifferent?.includes(i)) return indifferent(op, arg);
      return places?.sizes?.includes(i) ? m.numberOf(arg) : arg;
    }
    if (!isInputList(arg) || places?.tensors?.includes(i) || OF_VALUES.has(op) || (i === 0 && !TAKES_SHAPE.has(op))) return arg;
    return numbersIn(m, arg);
  });
}

/** A number that changes no shape, whichever it is: one that every such place takes. */
const indifferent = (op: string, unknown: Unknown): Num =>
  new Num(new Array<number>(SAMPLES).fill(op === 'dropout' ? 0.5 : 1), new Set(), unknown.name);

/** Functions of which no argument is a size: a list in one of them is a tensor written out. */
const OF_VALUES = new Set(
  'add sub mul div divNoNan floorDiv mod pow maximum minimum squaredDifference atan2 where matMul dot outerProduct prelu equal notEqual greater greaterEqual less lessEqual logicalAnd logicalOr logicalXor'.split(
    ' ',
  ),
);

/** Functions whose first argument is a shape. */
const TAKES_SHAPE = new Set([
  'zeros',
  'ones',
  'fill',
  'randomNormal',
  'randomUniform',
  'randomUniformInt',
  'randomStandardNormal',
  'truncatedNormal',
  'randomGamma',
]);

const numbersIn = (m: Machine, list: readonly OpInput[]): readonly OpInput[] =>
  list.map((item) => (item instanceof Unknown ? m.numberOf(item) : isInputList(item) ? numbersIn(m, item) : item));
