import { applyLayer } from '../../layers/apply';
import { isRefused, type ConcreteShape } from '../../layers/spec';
import { showShape } from '../../model/shape';
import type { Machine } from '../machine';
import { Arr } from '../state/heap';
import type { CallPlace } from '../values/native';
import { SAMPLES } from '../values/standIns';
import { Choice, Unknown, type Value } from '../values/values';
import { customOutcomes } from './customLayer';
import type { ModelValue } from './entities';
import { Application, LayerValue, TensorValue, type Origin, type Outcome } from './entities';
import { dependencies, forEachAlternative, NeedsFork } from './options';
import { failsAt, reportRefusal } from './refusals';
import { leadingTo, shapeAt, specOf } from './specs';

/** `layer.apply(inputs)`: one tensor, or an array of them where the layer has several outputs. */
export function applyEntity(m: Machine, layer: LayerValue | ModelValue, inputs: Value, at: CallPlace): Value {
  return forEachAlternative(m, () => {
    const tensors = tensorsOf(m, inputs);
    const application = tensors instanceof Unknown ? applyToUnknown(m, layer, tensors) : applyToTensors(m, layer, tensors, at);
    return outputsOf(application);
  });
}

/** The symbolic tensors of an argument; unknown where any of them is. */
function tensorsOf(m: Machine, value: Value): readonly TensorValue[] | Unknown {
  const one = m.settle(value);
  if (one instanceof TensorValue) return [one];
  if (one instanceof Choice) throw new NeedsFork(one.alternatives.map((alternative) => alternative.literals));
  if (one instanceof Unknown) return one;
  if (!(one instanceof Arr)) return new Unknown(m.freshKey('input'), '?', 'what it is applied to is no tensor that is read');
  if (one.versions) {
    const open = one.versions.filter(({ literals }) => m.assumptions.allows(literals));
    throw new NeedsFork(open.map(({ literals }) => literals));
  }
  if (one.open) return one.open;
  const tensors: TensorValue[] = [];
  for (const item of one.items) {
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

function applyToUnknown(m: Machine, layer: LayerValue | ModelValue, input: Unknown): Application {
  const why = input.name === '?' ? input.reason : `${input.name}: ${input.reason}`;
  return record(m, new Application(layer, [], [], `its input is not known (${why})`, new Set(), [...m.assumptions.all]));
}

export function applyToTensors(m: Machine, layer: LayerValue | ModelValue, inputs: readonly TensorValue[], at: CallPlace): Application {
  const open = inputs.map((input) => input.application.unknown).find((why) => why !== undefined) ?? layer.unknown;
  const dependsOn = dependenciesOfApplication(layer, inputs);
  if (open !== undefined) return record(m, new Application(layer, inputs, [], open, dependsOn, [...m.assumptions.all]));
  const count = dependsOn.size > 0 ? SAMPLES : 1;
  const shapes = Array.from({ length: count }, (_, k) => inputs.map((input) => shapeAt(input, k)));
  const outcomes =
    layer instanceof LayerValue && layer.custom
      ? customOutcomes(m, layer, inputs, shapes, at)
      : shapes.map((each, k) => applyOnce(layer, each, k));
  if (outcomes instanceof Unknown) return record(m, new Application(layer, inputs, [], outcomes.reason, dependsOn, [...m.assumptions.all]));
  return record(m, new Application(layer, inputs, outcomes, whyRefused(m, layer, inputs, outcomes, at), dependsOn, [...m.assumptions.all]));
}

/** Keys of the unknowns that an application's outcome depends on. */
function dependenciesOfApplication(layer: LayerValue | ModelValue, inputs: readonly TensorValue[]): Set<string> {
  const all = layer instanceof LayerValue ? dependencies(layer.options) : dependenciesOfModel(layer);
  for (const input of inputs) for (const key of input.application.dependsOn) all.add(key);
  if (layer.builtBy) for (const key of layer.builtBy.dependsOn) all.add(key);
  return all;
}

export function dependenciesOfModel(model: ModelValue): Set<string> {
  const applications = model.kind === 'sequential' ? model.state.applications : leadingTo(model.outputs);
  return new Set(applications.flatMap((application) => [...application.dependsOn]));
}

function applyOnce(layer: LayerValue | ModelValue, shapes: readonly (ConcreteShape | undefined)[], k: number): Outcome {
  const known = shapes.filter((shape) => shape !== undefined);
  if (known.length < shapes.length) return { error: 'its input was refused' };
  const builtWith = layer.builtBy?.inputs.map((input) => shapeAt(input, k));
  return applyLayer(specOf(layer, k), known, builtWith?.every((shape) => shape !== undefined) ? builtWith : undefined);
}

/** Why nothing is known of the output: the refusal, which is reported where it is certain. */
function whyRefused(
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
  const shown = inputs.flatMap((input) => {
    const shape = shapeAt(input, 0);
    const { layer: from } = input.application;
    return shape ? [{ origin: from.origin, shape: showShape(shape) }] : [];
  });
  reportRefusal(m, origin, first.error, shown);
  return failsAt(m, layer instanceof LayerValue ? layer.factory : 'the model', origin);
}

export function outputsOf(application: Application): Value {
  const known = application.outcomes.find((outcome) => !isRefused(outcome));
  const count = known && !isRefused(known) && Array.isArray(known.outputShape[0]) ? known.outputShape.length : 1;
  if (count === 1) return new TensorValue(application, 0);
  return new Arr(Array.from({ length: count }, (_, index) => new TensorValue(application, index)));
}
