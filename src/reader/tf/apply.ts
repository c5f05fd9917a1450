import { applyLayer } from '../../layers/apply';
import { isRefused, type ConcreteShape } from '../../layers/spec';
import type { Machine } from '../machine';
import { mergedOf } from '../state/choose';
import { Arr } from '../state/heap';
import type { CallPlace } from '../values/native';
import { SAMPLES } from '../values/standIns';
import { Choice, Unknown, type Value } from '../values/values';
import { customOutcomes } from './customLayer';
import type { ModelValue } from './entities';
import { Application, LayerValue, TensorValue, type Origin, type Outcome } from './entities';
import { dependencies, forEachAlternative, NeedsFork, OptionRecord, stateOf } from './options';
import { rankOf } from './ranks';
import { failsAt, reportRefusal } from './refusals';
import { leadingTo, madeBy, shapeAt, specOf } from './specs';
import { readCall } from './tensors/customCall';
import { applyToEager, eagerTensorsOf } from './tensors/layerCalls';

/** `layer.apply(inputs)`: one tensor, or an array of them where the layer has several outputs. */
export function applyEntity(m: Machine, layer: LayerValue | ModelValue, inputs: Value, at: CallPlace): Value {
  return forEachAlternative(m, () => {
    const eager = eagerTensorsOf(m, inputs);
    if (eager) return applyToEager(m, layer, eager, at);
    const tensors = tensorsOf(m, inputs);
    const application = tensors instanceof Unknown ? applyToUnknown(m, layer, tensors, at) : applyToTensors(m, layer, tensors, at);
    return outputsOf(application);
  });
}

/** The symbolic tensors of an argument; unknown where any of them is. */
function tensorsOf(m: Machine, value: Value): readonly TensorValue[] | Unknown {
  const one = m.settle(value);
  if (one instanceof TensorValue) return [one];
  const merged = one instanceof Choice && !m.canFork ? mergedOf(one.alternatives.map((each) => m.settle(each.value))) : undefined;
  if (merged instanceof TensorValue) return [merged];
  if (one instanceof Choice) throw new NeedsFork(one.alternatives.map((alternative) => alternative.literals));
  if (one instanceof Unknown) return one;
  if (!(one instanceof Arr)) return new Unknown(m.freshKey('input'), '?', 'what it is applied to is no tensor that is read');
  const { open, items } = stateOf(m, one);
  if (open) return open;
  const tensors: TensorValue[] = [];
  for (const item of items) {
    const inner = tensorsOf(m, item);
    if (inner instanceof Unknown) return inner;
    tensors.push(...inner);
  }
  return tensors;
}

function record(m: Machine, application: Application): Application {
  const { layer } = application;
  m.applications.push(application);
  if (layer instanceof LayerValue) layer.history.push(application);
  if (!layer.builtBy) {
    m.journal.touch(layer);
    layer.builtBy = application;
  }
  return application;
}

/** What is applied to something unknown still has its own sizes, where the layer takes inputs of one rank only. */
export function applyToUnknown(m: Machine, layer: LayerValue | ModelValue, input: Unknown, at: CallPlace): Application {
  const why = `its input is not known (${input.name === '?' ? '' : `${input.name}: `}${input.reason})`;
  const standIn = layer instanceof LayerValue ? unknownInput(m, layer, why) : undefined;
  if (standIn) return applyToTensors(m, layer, [standIn], at);
  return record(m, new Application(layer, [], [], why, new Set(), m.assumptions.copy()));
}

/**
 * A tensor of the rank that the layer takes, with sizes that have no name; undefined for layers that take any rank. What comes out of it keeps
 * saying why it is not wholly known, and no model with it in it has totals.
 */
export function unknownInput(m: Machine, layer: LayerValue, why: string): TensorValue | undefined {
  const rank = rankOf(layer.factory);
  if (rank === undefined) return undefined;
  const sizes = Array.from({ length: rank }, () => m.numberOf(new Unknown(m.freshKey('size'), '?', why)));
  // A flattened input of any rank is a vector: one size stands for the product of all.
  const shape = layer.factory === 'flatten' ? [sizes[0], 1] : sizes;
  const input = new LayerValue('input', new OptionRecord(new Map([['shape', shape]]), undefined), layer.origin, []);
  const outcomes = Array.from({ length: SAMPLES }, (_, k) => applyLayer(specOf(input, k), []));
  return new TensorValue(new Application(input, [], outcomes, why, dependencies(input.options), []), 0);
}

export function applyToTensors(m: Machine, layer: LayerValue | ModelValue, given: readonly TensorValue[], at: CallPlace): Application {
  const open = given.map((input) => input.application.unknown).find((why) => why !== undefined);
  const inputs = open === undefined ? given : withRanks(m, layer, given, open);
  const dependsOn = dependenciesOfLayer(layer, inputs);
  const isBlind = layer.unknown !== undefined || inputs.some((input) => input.application.outcomes.length === 0);
  const keep = (outcomes: readonly Outcome[], unknown: string | undefined, on: ReadonlySet<string> = dependsOn): Application =>
    record(m, new Application(layer, inputs, outcomes, unknown, on, m.assumptions.copy()));
  if (isBlind) return keep([], open ?? layer.unknown);
  if (layer instanceof LayerValue && layer.custom) {
    const made = customOutcomes(m, layer, inputs, at);
    if (made instanceof Unknown) return keep([], open ?? made.reason);
    const application = keep(made.outcomes, open ?? whyRefused(m, layer, inputs, made.outcomes, at), made.dependsOn);
    application.call = readCall(m, application, at);
    return application;
  }
  const count = dependsOn.size > 0 ? SAMPLES : 1;
  m.charge(count * STEPS_OF_A_LAYER);
  const outcomes = Array.from({ length: count }, (_, k) =>
    applyOnce(
      layer,
      inputs.map((input) => shapeAt(input, k)),
      k,
    ),
  );
  return keep(outcomes, open ?? whyRefused(m, layer, inputs, outcomes, at));
}

/** An input of which nothing is known becomes one of the layer's own rank. */
function withRanks(m: Machine, layer: LayerValue | ModelValue, inputs: readonly TensorValue[], why: string): readonly TensorValue[] {
  const [only] = inputs;
  if (inputs.length !== 1 || !only || only.application.outcomes.some((outcome) => !isRefused(outcome)) || !(layer instanceof LayerValue))
    return inputs;
  const standIn = unknownInput(m, layer, why);
  return standIn ? [standIn] : inputs;
}

/** Keys of the unknowns that an application's outcome depends on. */
export function dependenciesOfLayer(layer: LayerValue | ModelValue, inputs: readonly TensorValue[]): ReadonlySet<string> {
  const own = layer instanceof LayerValue ? dependencies(layer.options) : dependenciesOfModel(layer);
  const built = layer.builtBy?.dependsOn ?? NONE;
  if (own.size + built.size === 0 && inputs.every(({ application }) => application.dependsOn.size === 0)) return NONE;
  return union([own, ...inputs.map(({ application }) => application.dependsOn), built]);
}

export function dependenciesOfModel(model: ModelValue): ReadonlySet<string> {
  const applications = model.kind === 'sequential' ? model.state.applications : leadingTo(model.outputs);
  return union(applications.map(({ dependsOn }) => dependsOn));
}

const NONE: ReadonlySet<string> = new Set();

/** Most sizes of most programs depend on nothing. */
function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first, ...others] = sets.filter(({ size }) => size > 0);
  if (!first) return NONE;
  return others.length === 0 ? first : new Set(sets.flatMap((set) => [...set]));
}

/** Steps that one run of TensorFlow.js' own shape code stands for. */
const STEPS_OF_A_LAYER = 50;

function applyOnce(layer: LayerValue | ModelValue, shapes: readonly (ConcreteShape | undefined)[], k: number): Outcome {
  const known = shapes.filter((shape) => shape !== undefined);
  if (known.length < shapes.length) return { error: 'its input was refused' };
  const builtWith = layer.builtBy?.inputs.map((input) => shapeAt(input, k));
  return applyLayer(specOf(layer, k), known, builtWith?.every((shape) => shape !== undefined) ? builtWith : undefined);
}

/** Why nothing is known of the output: the refusal, which is reported where it is certain. */
export function whyRefused(
  m: Machine,
  layer: LayerValue | ModelValue,
  inputs: readonly TensorValue[],
  outcomes: readonly Outcome[],
  at: CallPlace,
): string | undefined {
  const errors = outcomes.filter(isRefused);
  const [first] = errors;
  if (!first || errors.length < outcomes.length) return undefined;
  // The layers room's own caution is no word of TensorFlow.js: it makes the answer unknown, not wrong.
  if (first.limit) return first.error;
  if (outcomes.length > 1) return `no value that was tried for what is unknown fits: ${first.error}`;
  const origin: Pick<Origin, 'path' | 'call' | 'name'> = { path: at.path, call: at, name: at.name ?? at };
  reportRefusal(
    m,
    origin,
    first.error,
    inputs.flatMap((input) => madeBy(input) ?? []),
  );
  return failsAt(m, layer instanceof LayerValue ? layer.factory : 'the model', origin);
}

export function outputsOf(application: Application): Value {
  const known = application.outcomes.find((outcome) => !isRefused(outcome));
  const count = known && !isRefused(known) && Array.isArray(known.outputShape[0]) ? known.outputShape.length : 1;
  if (count === 1) return new TensorValue(application, 0);
  return new Arr(Array.from({ length: count }, (_, index) => new TensorValue(application, index)));
}
