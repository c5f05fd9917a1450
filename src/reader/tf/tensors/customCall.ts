import type { ConcreteShape } from '../../../layers/spec';
import { Thrown, type Machine } from '../../machine';
import { Arr, Obj } from '../../state/heap';
import { lineage } from '../../values/lineage';
import type { CallPlace } from '../../values/native';
import { SAMPLES } from '../../values/standIns';
import { Choice, Unknown, type Closure, type Value } from '../../values/values';
import type { Application, LayerValue, TensorValue } from '../entities';
import { shapeAt } from '../specs';
import { EagerTensor, rankOfTensor, type TensorOutcome } from './eager';
import { openSize } from './openSizes';

/** What a layer class' `call` came to for the inputs of one application. */
export interface CallRead {
  /** The tensors that it gives; undefined where that was not read. */
  readonly outputs: readonly EagerTensor[] | undefined;
  /** Why they are not known. */
  readonly why?: string;
}

/** A layer that takes more inputs than this is not followed into its `call`. */
const MAX_INPUTS = 64;

const callOf = (layer: LayerValue): Closure | undefined =>
  layer.custom &&
  lineage(layer.custom.instance.classOf ?? layer.custom.classOf)
    .classes.map((one) => one.methods.get('call'))
    .find(Boolean);

/**
 * Interprets a layer class' `call` on the inputs of an application, as it runs when the model predicts; the batch stays open. Whatever it would
 * change is undone: TensorFlow.js does not run it while the model is built. undefined where the class has no `call` of its own.
 */
export function readCall(m: Machine, application: Application, at: CallPlace): CallRead | undefined {
  const { layer, inputs } = application;
  if (!('custom' in layer) || !callOf(layer)) return undefined;
  const notRead = (why: string): CallRead => ({ outputs: undefined, why });
  if (inputs.length === 0 || inputs.length > MAX_INPUTS) return notRead('it has no inputs that are read');
  const tensors = inputs.map((input, index) => asEager(m, input, index));
  if (!tensors.every((tensor) => tensor !== undefined)) return notRead(application.unknown ?? 'its input is not known');
  const outputs = tensorsOf(m, runCall(m, layer, tensors, at));
  return typeof outputs === 'string' ? notRead(outputs) : { outputs };
}

/** What `call` gives for such tensors. Within a model TensorFlow.js hands over an array; a class that wants one tensor gets that. */
export function runCall(m: Machine, layer: LayerValue, tensors: readonly EagerTensor[], at: CallPlace): Value {
  const call = callOf(layer);
  const instance = layer.custom?.instance;
  if (!call || !instance) return undefined;
  const attempt = (inputs: Value): Value => {
    const branch = m.branch([], () => m.settle(m.interpreter.call(call, instance, [inputs, new Obj()], at)));
    return branch instanceof Thrown ? new Unknown(m.freshKey('call'), '?', '`call` throws') : branch.value;
  };
  const [problems, noted] = [m.problems.length, m.tensors.length];
  const listed = attempt(new Arr(tensors));
  if (tensors.length > 1 || isKnown(m, listed)) return listed;
  const [kept, calls] = [m.problems.splice(problems), m.tensors.splice(noted)];
  const single = attempt(tensors[0]);
  if (isKnown(m, single)) return single;
  m.problems.length = problems;
  m.tensors.length = noted;
  m.problems.push(...kept);
  m.tensors.push(...calls);
  return listed;
}

const isKnown = (m: Machine, value: Value): boolean => {
  const outputs = tensorsOf(m, value);
  return typeof outputs !== 'string' && outputs.every((tensor) => rankOfTensor(tensor) !== undefined);
};

/** The tensors that `call` returned, or why they are not known. */
function tensorsOf(m: Machine, value: Value): readonly EagerTensor[] | string {
  const one = m.settle(value);
  if (one instanceof EagerTensor) return [one];
  if (one instanceof Choice) return 'a condition that is not known decides what it gives';
  if (one instanceof Unknown) return one.name === '?' ? one.reason : `${one.name}: ${one.reason}`;
  if (!(one instanceof Arr) || one.open || one.versions || one.items.length === 0) return 'it gives something that is no tensor';
  const inner = one.items.map((item) => m.settle(item));
  return inner.every((item) => item instanceof EagerTensor) ? inner : 'it gives something that is no tensor';
}

/** The input as `call` gets it: the sizes that the symbolic shape leaves open have stand-ins. */
function asEager(m: Machine, input: TensorValue, index: number): EagerTensor | undefined {
  const { outcomes, dependsOn, unknown } = input.application;
  const shapes = Array.from({ length: SAMPLES }, (_, k) => shapeAt(input, outcomes.length === 1 ? 0 : k));
  const known = shapes.find((shape) => shape !== undefined);
  if (!known) return undefined;
  const open = known.flatMap((size, axis) => (size === null ? [[axis, openSize(m, axis)] as const] : []));
  const all = shapes.map((shape, k): TensorOutcome => {
    const filled = shape?.map((size, axis) => size ?? open.find(([at]) => at === axis)?.[1].samples[k]);
    return filled?.every((size) => size !== undefined) ? { shape: filled, dtype: 'float32' } : { error: 'its input was refused' };
  });
  const keys = new Set([...dependsOn, ...open.flatMap(([, num]) => [...num.dependsOn])]);
  return new EagerTensor(keys.size > 0 ? all : all.slice(0, 1), keys, unknown, { kind: 'input', index });
}

/** The value that `this.kernel.read()` gives: a tensor of the weight's shape. */
export function weightTensor(name: string, shape: Value, concrete: (k: number) => ConcreteShape | undefined): EagerTensor {
  const sizes: readonly Value[] = shape instanceof Arr ? shape.items : [];
  const keys = new Set(
    sizes.flatMap((size) => (size !== null && typeof size === 'object' && 'dependsOn' in size ? [...size.dependsOn] : [])),
  );
  const count = keys.size > 0 ? SAMPLES : 1;
  const outcomes = Array.from({ length: count }, (_, k): TensorOutcome => {
    const one = concrete(k);
    return one?.every((size) => size !== null) ? { shape: one as readonly number[], dtype: 'float32' } : { error: 'its size is not known' };
  });
  return new EagerTensor(outcomes, keys, undefined, { kind: 'weight', name });
}
