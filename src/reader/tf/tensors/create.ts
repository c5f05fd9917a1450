import type { Machine } from '../../machine';
import { Arr } from '../../state/heap';
import type { CallPlace } from '../../values/native';
import { Num } from '../../values/num';
import { Choice, Unknown, type Value } from '../../values/values';
import { originOf } from '../makeLayer';
import { forEachAlternative, NeedsFork, stateOf } from '../options';
import { callOp, whyOpen } from './callOp';
import { EagerTensor, unknownTensor, type OpCall } from './eager';
import { firstOpen, guessedLength, inputOf, isInputList, tensorsIn, type OpInput } from './inputs';
import { noteTensor } from './log';
import { tensorOfSizes, type Size } from './partial';

/** Functions that make a tensor of values: the rank of what they give, undefined where the values decide it. */
const RANKS: ReadonlyMap<string, number | undefined> = new Map([
  ['tensor', undefined],
  ['scalar', 0],
  ['tensor1d', 1],
  ['tensor2d', 2],
  ['tensor3d', 3],
  ['tensor4d', 4],
  ['tensor5d', 5],
  ['tensor6d', 6],
]);

export const makesTensor = (op: string): boolean => RANKS.has(op) || op === 'variable';

/** `tf.tensor2d(values, shape, dtype)` and its like: TensorFlow.js is asked where the values are known; else sizes come from shape or structure. */
export function createTensor(m: Machine, op: string, args: readonly Value[], at: CallPlace): Value {
  return forEachAlternative(m, () => {
    if (op === 'variable') return variable(m, args, at);
    const [values, ...rest] = args.map((arg) => inputOf(m, arg));
    if (values !== undefined && firstOpen(values) === undefined && rest.every((arg) => firstOpen(arg) === undefined) && !hasNumbers(values))
      return callOp(m, op, args, at);
    const call: OpCall = { op, isMethod: false, args: [values, ...rest], at };
    const made = ofUnknownValues(m, call, args[0]);
    noteTensor(m, op, [], made, originOf(m, at));
    return made;
  });
}

/** `tf.variable(initial)` has the sizes of what it starts with, for good. */
function variable(m: Machine, args: readonly Value[], at: CallPlace): Value {
  const call: OpCall = { op: 'variable', isMethod: false, args: args.slice(0, 1).map((arg) => inputOf(m, arg)), at };
  const [initial] = call.args;
  const source = { kind: 'other', why: 'it uses a variable' } as const;
  const made = initial instanceof EagerTensor ? initial.from(source) : unknownTensor('what it starts with is not known', source);
  noteTensor(m, 'variable', call.args.flatMap(tensorsIn), made, originOf(m, at));
  return made;
}

/** True where a number in it depends on unknowns: its values are not known, its structure is. */
const hasNumbers = (input: OpInput): boolean => input instanceof Num || (isInputList(input) && input.some(hasNumbers));

function ofUnknownValues(m: Machine, call: OpCall, values: Value): EagerTensor {
  const rank = RANKS.get(call.op);
  const takesShape = rank === undefined || rank > 1;
  const [, second, third] = call.args;
  const dtypeGiven = takesShape ? third : second;
  const open = firstOpen(call.args);
  const why = open === undefined ? undefined : whyOpen(open);
  const stated = takesShape && isInputList(second) ? statedSizes(m, second) : undefined;
  const sizes = stated ?? (rank === 0 ? [] : sizesOf(m, values, rank));
  const lost = (reason: string): EagerTensor => unknownTensor(reason, { kind: 'op', call, index: 0 });
  if (!sizes || (rank !== undefined && sizes.length !== rank)) return lost(why ?? 'its values are not known');
  if (takesShape && second !== undefined && second !== null && !stated) return lost(why ?? 'its shape is not known');
  const dtype = typeof dtypeGiven === 'string' ? dtypeGiven : leafDtype(m, values);
  return tensorOfSizes(sizes, dtype ?? 'float32', call, undefined, dtype === undefined);
}

function statedSizes(m: Machine, shape: readonly OpInput[]): readonly Size[] | undefined {
  const sizes = shape.map((size) => (size instanceof Unknown ? m.numberOf(size) : size));
  return sizes.every((size): size is Size => typeof size === 'number' || size instanceof Num) ? sizes : undefined;
}

/** Sizes by the structure of nested arrays: known arrays have a length, unknown ones a length by name (`rows.length`, `rows[0].length`). */
function sizesOf(m: Machine, values: Value, rank: number | undefined): readonly Size[] | undefined {
  const sizes: Size[] = [];
  for (let at = values; rank === undefined || sizes.length < rank;) {
    const level = levelOf(m, at);
    if (level instanceof Unknown && rank !== undefined) {
      sizes.push(m.numberOf(level.member('length')));
      at = level.member('0');
    } else if (isLevel(level)) {
      sizes.push(level.length);
      at = level.item;
    } else return rank === undefined && isLeaf(level) ? sizes : undefined;
  }
  return sizes;
}

const isLeaf = (value: unknown): boolean => value instanceof Num || ['number', 'boolean', 'string'].includes(typeof value);

/** One dimension of nested arrays: how long, and what an item is. */
interface Level {
  readonly length: Size;
  readonly item: Value;
}

const isLevel = (value: unknown): value is Level => typeof value === 'object' && value !== null && Object.hasOwn(value, 'item');

/** A value as it is; of an array its length and an item; of an array whose items are not known their unknown. */
function levelOf(m: Machine, value: Value): Exclude<Value, Arr> | Level {
  const one = m.settle(value);
  if (one instanceof Choice) throw new NeedsFork(one.alternatives.map((alternative) => alternative.literals));
  if (!(one instanceof Arr)) return one;
  const guessed = guessedLength(m, one);
  if (guessed) return { length: m.numberOf(guessed.length), item: guessed.item };
  const { open, items } = stateOf(m, one);
  if (open) return open;
  return items.length === 0 ? undefined : { length: items.length, item: items[0] };
}

/** TensorFlow.js takes the dtype from the first value; undefined where that is not known. */
function leafDtype(m: Machine, values: Value): string | undefined {
  let at = levelOf(m, values);
  while (isLevel(at)) at = levelOf(m, at.item);
  if (typeof at === 'number' || at instanceof Num) return 'float32';
  return typeof at === 'boolean' ? 'bool' : typeof at === 'string' ? 'string' : undefined;
}
