import type { Machine } from '../../machine';
import { Arr, Obj } from '../../state/heap';
import type { Value } from '../../values/values';
import type { Origin } from '../entities';
import { EagerTensor } from './eager';

/** One call of a function that gives tensors, as it came out. */
export interface TensorCall {
  readonly op: string;
  readonly inputs: readonly EagerTensor[];
  readonly outputs: readonly EagerTensor[];
  readonly origin: Origin;
}

/** Calls beyond this many are not kept: a program's ops are many, and none of them is needed for another's answer. */
const MAX_CALLS = 20_000;
/** Different outcomes of one call in the source that are kept. */
const MAX_OF_ONE_SITE = 12;

/** Remembers what a call gave. A call that gives the same again, under the same conditions, is not remembered twice. */
export function noteTensor(m: Machine, op: string, inputs: readonly EagerTensor[], value: Value, origin: Origin): void {
  const outputs = tensorsOfValue(value);
  if (outputs.length === 0 || m.tensors.length >= MAX_CALLS) return;
  const site = `${origin.path}#${origin.name.start}`;
  const known = (m.tensorsBySite.get(site) ?? []).filter(({ call, index }) => m.tensors[index] === call);
  const isKnown = known.some(({ call }) => isSame(call, inputs, outputs, origin));
  if (isKnown || known.length >= MAX_OF_ONE_SITE) return;
  const call: TensorCall = { op, inputs, outputs, origin };
  m.tensors.push(call);
  m.tensorsBySite.set(site, [...known, { call, index: m.tensors.length - 1 }]);
}

function isSame(call: TensorCall, inputs: readonly EagerTensor[], outputs: readonly EagerTensor[], origin: Origin): boolean {
  return (
    call.op !== '' &&
    textOf(call.outputs) === textOf(outputs) &&
    textOf(call.inputs) === textOf(inputs) &&
    call.origin.root === origin.root &&
    call.origin.literals.length === origin.literals.length &&
    call.origin.literals.every((one, i) => one.key === origin.literals[i]?.key && one.value === origin.literals[i].value)
  );
}

const textOf = (tensors: readonly EagerTensor[]): string => JSON.stringify(tensors.map((tensor) => [tensor.outcomes, tensor.unknown]));

/** The tensors of a call's result, a list or record of them included. */
export function tensorsOfValue(value: Value): readonly EagerTensor[] {
  if (value instanceof EagerTensor) return [value];
  if (value instanceof Arr) return value.items.flatMap(tensorsOfValue);
  return value instanceof Obj ? [...value.properties.values()].flatMap(tensorsOfValue) : [];
}
