import { isRefused } from '../../layers/spec';
import { replayModel } from '../../layers/replay';
import type { Machine } from '../machine';
import { Arr, Obj } from '../state/heap';
import type { CallPlace } from '../values/native';
import { Choice, Unknown, type Value } from '../values/values';
import { applyToTensors, unknownInput } from './apply';
import { Application, LayerValue, ModelValue, TensorValue, type SequentialState } from './entities';
import { originOf } from './makeLayer';
import { Num } from '../values/num';
import { because, dependencies, forEachAlternative, NeedsFork, OptionRecord, type Option } from './options';
import { failsAt, reportRefusal } from './refusals';
import { leadingTo, modelSpec } from './specs';

/** `tf.sequential()`, `tf.sequential({ name, layers })`. */
export function makeSequential(m: Machine, argument: Value, at: CallPlace, instance?: Obj): Value {
  return forEachAlternative(m, () => {
    const config = m.settle(argument);
    if (config instanceof Choice) throw new NeedsFork(config.alternatives.map((one) => one.literals));
    const name = config instanceof Obj ? m.settle(config.properties.get('name')) : undefined;
    const model = new ModelValue('sequential', typeof name === 'string' ? name : undefined, originOf(m, at), [], [], undefined, instance);
    m.models.push(model);
    const layers =
      config instanceof Obj ? m.settle(config.properties.get('layers')) : config instanceof Unknown ? config.member('layers') : undefined;
    if (layers !== undefined) addAll(m, model, layers, at);
    return model;
  });
}

function addAll(m: Machine, model: ModelValue, layers: Value, at: CallPlace): void {
  if (layers instanceof Arr) {
    m.eachVersion(layers, () => {
      for (const layer of layers.items) m.eachVersion(model, () => addLayer(m, model, layer, at));
      if (layers.open) lose(m, model, `some of its layers are not known: ${layers.open.reason}`);
      return undefined;
    });
  } else
    lose(m, model, layers instanceof Unknown ? `its layers are not known (${layers.name}: ${layers.reason})` : 'its layers are not known');
}

function lose(m: Machine, model: ModelValue, lost: string): void {
  m.journal.touch(model);
  model.state = { ...model.state, lost };
}

/** `model.add(layer)`. The caller has settled the model's versions. */
export function addLayer(m: Machine, model: ModelValue, value: Value, at: CallPlace): Value {
  return m.each(value, (raw) => {
    const layer = raw instanceof Obj ? m.entityOf.get(raw) : raw;
    if (!(layer instanceof LayerValue || layer instanceof ModelValue)) {
      lose(m, model, raw instanceof Unknown ? `a layer of it is not known (${raw.name}: ${raw.reason})` : 'a layer of it is not known');
      return undefined;
    }
    if (holds(layer, model)) {
      lose(m, model, 'it is added to itself');
      return undefined;
    }
    const refusal = layer instanceof ModelValue ? whyNotOne(layer) : undefined;
    if (refusal !== undefined) {
      if (model.state.lost === undefined) reportRefusal(m, { path: at.path, call: at, name: at.name ?? at }, refusal, []);
      lose(m, model, failsAt(m, 'add', { path: at.path, call: at }));
      return undefined;
    }
    const next = model.state.applications.length === 0 ? addFirst(m, model.state, layer, at) : addNext(m, model.state, layer, at);
    m.journal.touch(model);
    model.state = next;
    return undefined;
  });
}

/** TensorFlow.js' own words for a model with several ends in a Sequential. */
function whyNotOne(model: ModelValue): string | undefined {
  if (model.kind === 'sequential' || model.unknown !== undefined) return undefined;
  const [what, count] = model.outputs.length === 1 ? ['input', model.inputs.length] : ['output', model.outputs.length];
  if (count === 1) return undefined;
  return `All layers in a Sequential model should have a single ${what} tensor. For multi-${what} layers, use the functional API.`;
}

/** True where a layer or model is, or has somewhere inside it, this model. */
function holds(inside: LayerValue | ModelValue, model: ModelValue): boolean {
  if (inside === model) return true;
  if (inside instanceof LayerValue) return holdsOption(inside.options, model);
  const members = inside.kind === 'sequential' ? inside.state.members : leadingTo(inside.outputs).map((application) => application.layer);
  return members.some((member) => holds(member, model));
}

function holdsOption(option: Option, model: ModelValue): boolean {
  if (option instanceof LayerValue || option instanceof ModelValue) return holds(option, model);
  if (option instanceof OptionRecord) return [...option.entries.values()].some((inner) => holdsOption(inner, model));
  return Array.isArray(option) && (option as readonly Option[]).some((inner) => holdsOption(inner, model));
}

function addNext(m: Machine, state: SequentialState, layer: LayerValue | ModelValue, at: CallPlace): SequentialState {
  const last = state.applications.at(-1);
  const input = last && new TensorValue(last, 0);
  const lost = state.lost;
  const application =
    input && lost === undefined
      ? applyToTensors(m, layer, [input], placeOfLayer(layer, at))
      : applyLost(m, layer, lost ?? 'nothing comes before it');
  return { ...state, members: [...state.members, layer], applications: [...state.applications, application] };
}

/** A problem with a layer of a Sequential belongs on the layer, not on `add`. */
const placeOfLayer = (layer: LayerValue | ModelValue, at: CallPlace): CallPlace =>
  layer instanceof LayerValue ? { path: layer.origin.path, ...layer.origin.call, name: layer.origin.name } : at;

function applyLost(m: Machine, layer: LayerValue | ModelValue, why: string): Application {
  const application = new Application(layer, [], [], why, new Set(), [...m.assumptions.all]);
  m.applications.push(application);
  if (layer instanceof LayerValue) layer.history.push(application);
  return application;
}

function addFirst(m: Machine, state: SequentialState, layer: LayerValue | ModelValue, at: CallPlace): SequentialState {
  if (state.lost !== undefined) return { ...state, members: [...state.members, layer], applications: [applyLost(m, layer, state.lost)] };
  if (layer instanceof ModelValue) return addFirstModel(m, state, layer, at);
  if (layer.unknown !== undefined) return { ...state, members: [layer], applications: [applyLost(m, layer, layer.unknown)] };
  if (layer.factory === 'inputLayer' || layer.factory === 'input') {
    const application = applyToTensors(m, layer, [], at);
    return { ...state, members: [layer], applications: [application], input: application };
  }
  const open = openInputShape(layer);
  const input = open ? unknownInput(m, layer, open)?.application : implicitInput(m, layer, at);
  if (!input) return { ...state, members: [layer], applications: [applyLost(m, layer, noInputShape(m, layer, at))] };
  return {
    ...state,
    members: [layer],
    input,
    applications: [applyToTensors(m, layer, [new TensorValue(input, 0)], placeOfLayer(layer, at))],
  };
}

function addFirstModel(m: Machine, state: SequentialState, model: ModelValue, at: CallPlace): SequentialState {
  const input = model.kind === 'sequential' ? model.state.input : model.inputs[0]?.application;
  if (!input)
    return { ...state, members: [model], applications: [applyLost(m, model, model.unknown ?? 'the shape of its input is not known')] };
  return { ...state, members: [model], input, applications: [applyToTensors(m, model, [new TensorValue(input, 0)], at)] };
}

/** Why the input shape that the layer is given is not known; undefined where it is, or none is given. */
function openInputShape(layer: LayerValue): string | undefined {
  const given = layer.options instanceof OptionRecord ? layer.options.entries.get('inputShape') : undefined;
  return given instanceof Unknown ? because(given, 'the input shape is') : undefined;
}

/** The InputLayer that TensorFlow.js puts before a first layer that states its input's shape (an embedding always does). */
function implicitInput(m: Machine, layer: LayerValue, at: CallPlace): Application | undefined {
  const given = statedByClass(layer) ?? statedByOptions(layer);
  if (!given) return undefined;
  const input = new LayerValue('inputLayer', new OptionRecord(given, undefined), layer.origin, []);
  return applyToTensors(m, input, [], at);
}

/** The input shape that the layer's own class reports, in lockstep over the stand-ins. */
function statedByClass(layer: LayerValue): ReadonlyMap<string, Option> | undefined {
  const shapes = layer.constructed.map((one) => (isRefused(one) ? undefined : one.batchInputShape));
  const first = shapes.find((shape) => shape !== undefined);
  if (!first) return undefined;
  const dependsOn = dependencies(layer.options);
  const sizes = first.map((size, axis): Option => {
    if (size === null || shapes.every((shape) => shape?.[axis] === size)) return size;
    return new Num(
      shapes.map((shape) => shape?.[axis] ?? NaN),
      dependsOn,
      `input${axis}`,
    );
  });
  const dtype = layer.options instanceof OptionRecord ? layer.options.entries.get('dtype') : undefined;
  return new Map<string, Option>([['batchInputShape', sizes], ...(dtype === undefined ? [] : [['dtype', dtype] as const])]);
}

function statedByOptions(layer: LayerValue): ReadonlyMap<string, Option> | undefined {
  const entries = layer.options instanceof OptionRecord ? [...layer.options.entries] : [];
  const given = new Map(entries.filter(([key]) => ['inputShape', 'batchInputShape', 'batchSize', 'dtype'].includes(key)));
  return given.get('inputShape') || given.get('batchInputShape') ? given : undefined;
}

/** TensorFlow.js' own words for a first layer without an input shape. */
function noInputShape(m: Machine, layer: LayerValue, at: CallPlace): string {
  const draft = new ModelValue('sequential', undefined, layer.origin);
  draft.state = { ...draft.state, members: [layer] };
  const replayed = replayModel(modelSpec(draft, 0).spec);
  if (!isRefused(replayed) || replayed.limit) return 'it has no input shape';
  reportRefusal(m, { path: layer.origin.path, call: layer.origin.call, name: layer.origin.name }, replayed.error, []);
  return failsAt(m, layer.factory, { path: at.path, call: at });
}

/** `model.pop()`. */
export function popLayer(m: Machine, model: ModelValue): Value {
  m.journal.touch(model);
  model.state = { ...model.state, members: model.state.members.slice(0, -1), applications: model.state.applications.slice(0, -1) };
  return undefined;
}
