import type { OpArgument } from '../../../layers/ops/spec';
import type { Machine } from '../../machine';
import { Arr, Obj } from '../../state/heap';
import { Num } from '../../values/num';
import { Choice, Closure, Namespace, Unknown, type Value } from '../../values/values';
import { Native } from '../../values/native';
import { TensorValue } from '../entities';
import { NeedsFork, stateOf } from '../options';
import { EagerTensor, tensorAt } from './eager';

/** An argument of an op, copied when the op is called: later changes of the source's arrays do not reach it. */
export type OpInput = undefined | null | boolean | number | string | Num | Unknown | EagerTensor | readonly OpInput[] | OpRecord;

export class OpRecord {
  constructor(readonly entries: ReadonlyMap<string, OpInput>) {}
}

export const isInputList = (input: OpInput): input is readonly OpInput[] => Array.isArray(input);

const MAX_DEPTH = 8;
const MAX_ENTRIES = 4_000;

/** `tf.Reduction`, how a loss is summed up. */
const REDUCTIONS: ReadonlyMap<string, number> = new Map([
  ['NONE', 0],
  ['MEAN', 1],
  ['SUM', 2],
  ['SUM_BY_NONZERO_WEIGHTS', 3],
]);

/** Copies an op's argument. Throws NeedsFork where a value has several alternatives. */
export function inputOf(m: Machine, value: Value): OpInput {
  let entries = 0;
  const copy = (raw: Value, depth: number): OpInput => {
    if (++entries > MAX_ENTRIES || depth > MAX_DEPTH) return new Unknown(m.freshKey('large'), '?', 'the argument is too large');
    const one = m.settle(raw);
    if (one instanceof Choice) throw new NeedsFork(one.alternatives.map((alternative) => alternative.literals));
    if (one instanceof Arr) return copyArray(m, one, (item) => copy(item, depth + 1));
    if (one instanceof Obj) return copyObject(one, (item) => copy(item, depth + 1));
    if (one instanceof TensorValue) return new Unknown(m.freshKey('symbolic'), '?', 'it is given a symbolic tensor, which has no values');
    if (one instanceof Closure || one instanceof Native) return new Unknown(m.freshKey('function'), '?', 'it is given a function');
    if (one instanceof Num || one instanceof Unknown || one instanceof EagerTensor) return one;
    if (one instanceof Namespace && one.path.at(-2) === 'Reduction') return REDUCTIONS.get(one.path.at(-1) ?? '');
    if (typeof one === 'object' && one !== null) return new Unknown(m.freshKey('input'), '?', 'it is given something that is no tensor');
    return one;
  };
  return copy(value, 0);
}

function copyArray(m: Machine, array: Arr, copy: (item: Value) => OpInput): OpInput {
  const guessed = guessedLength(m, array);
  if (guessed) return guessed.length;
  const { open, items } = stateOf(m, array);
  return open ?? items.map(copy);
}

/**
 * An array that was filled in a loop of an unknown number of rounds has an unknown number of items, not the one, two or three that were tried: its
 * length under a name of its own, and an item of it. undefined for all other arrays.
 */
export function guessedLength(m: Machine, array: Arr): { readonly length: Unknown; readonly item: Value } | undefined {
  const open = array.versions?.filter(({ literals }) => m.assumptions.allows(literals));
  if (!open || open.length < 2 || !open.some(({ literals }) => literals.some(({ tried }) => tried))) return undefined;
  const filled = open.find(({ state }) => state.items.length > 0);
  const reason = 'how many items it has is decided by a loop whose rounds are not known';
  return { length: new Unknown(`array:${array.born}`, '?', reason), item: filled?.state.items[0] };
}

function copyObject(object: Obj, copy: (item: Value) => OpInput): OpInput {
  if (object.open) return object.open;
  return new OpRecord(new Map([...object.properties].filter(([key]) => !key.startsWith('%')).map(([key, item]) => [key, copy(item)])));
}

/** All tensors in it, in their order. */
export function tensorsIn(input: OpInput): readonly EagerTensor[] {
  if (input instanceof EagerTensor) return [input];
  if (isInputList(input)) return input.flatMap(tensorsIn);
  return input instanceof OpRecord ? [...input.entries.values()].flatMap(tensorsIn) : [];
}

/** The first value in it that is not known, a tensor of unknown shape included. */
export function firstOpen(input: OpInput): Unknown | EagerTensor | undefined {
  if (input instanceof Unknown) return input;
  if (input instanceof EagerTensor) return input.outcomes.length === 0 ? input : undefined;
  if (isInputList(input)) return input.map(firstOpen).find((one) => one !== undefined);
  return input instanceof OpRecord ? [...input.entries.values()].map(firstOpen).find((one) => one !== undefined) : undefined;
}

/** Keys of the unknown numbers in it, and of those that its tensors' sizes depend on. */
export function inputDependencies(input: OpInput, into = new Set<string>()): Set<string> {
  if (input instanceof Num || input instanceof EagerTensor) for (const key of input.dependsOn) into.add(key);
  else if (isInputList(input)) for (const item of input) inputDependencies(item, into);
  else if (input instanceof OpRecord) for (const item of input.entries.values()) inputDependencies(item, into);
  return into;
}

/** The argument for stand-in `k`; undefined in a box where a tensor of it was refused for that stand-in. */
export function concreteInput(input: OpInput, k: number): { readonly value: OpArgument } | undefined {
  if (input instanceof EagerTensor) {
    const tensor = tensorAt(input, k);
    return tensor && { value: { tensor } };
  }
  if (input instanceof Num) return Number.isNaN(input.samples[k] ?? NaN) ? undefined : { value: input.samples[k] };
  if (input instanceof Unknown) return { value: undefined };
  if (isInputList(input)) {
    const items = input.map((item) => concreteInput(item, k));
    return items.every((item) => item !== undefined) ? { value: items.map((item) => item.value) } : undefined;
  }
  if (!(input instanceof OpRecord)) return { value: input };
  const record: Record<string, OpArgument> = Object.create(null) as Record<string, OpArgument>;
  for (const [key, item] of input.entries) {
    const inner = concreteInput(item, k);
    if (!inner) return undefined;
    record[key] = inner.value;
  }
  return { value: record };
}
