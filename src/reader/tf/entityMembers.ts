import { isRefused } from '../../layers/spec';
import type { Machine } from '../machine';
import { lineage } from '../values/lineage';
import type { Obj } from '../state/heap';
import { Arr } from '../state/heap';
import { Native, type CallPlace } from '../values/native';
import { PromiseValue, Unknown, type Value } from '../values/values';
import { applyEntity, outputsOf } from './apply';
import { addWeight } from './customLayer';
import { LayerValue, ModelValue, TensorValue, type Application } from './entities';
import { withStates } from './initialStates';
import { addLayer, popLayer } from './sequential';
import { shapeValue } from './shapes';
import { OptionRecord } from './options';
import { layersOf } from './modelLayers';
import { freezeEntity, isTrainable } from './trainable';
import { leadingTo } from './specs';
import { predict } from './tensors/predict';
import { noteTraining } from './training';

/** A property or method of a layer, a symbolic tensor or a model, the source's own class first. */
export function entityMember(m: Machine, target: LayerValue | TensorValue | ModelValue, key: string, at: CallPlace): Value {
  if (target instanceof LayerValue && target.custom) {
    const own = ownMember(m, target.custom.instance, key, at);
    if (own !== undefined) return own;
  }
  return builtInMember(m, target, key);
}

function ownMember(m: Machine, instance: Obj, key: string, at: CallPlace): Value {
  if (instance.properties.has(key)) return m.settle(instance.properties.get(key));
  if (!instance.classOf) return undefined;
  for (const one of lineage(instance.classOf).classes) {
    const method = one.methods.get(key);
    if (method) return new Native(key, (_self, args, place) => m.interpreter.call(method, instance, args, place));
    const getter = one.getters.get(key);
    if (getter) return m.interpreter.call(getter, instance, [], at);
  }
  return undefined;
}

export function builtInMember(m: Machine, target: LayerValue | TensorValue | ModelValue, key: string): Value {
  if (target instanceof TensorValue) return tensorMember(m, target, key);
  if (key === 'apply')
    return new Native('apply', (_self, args, place) => applyEntity(m, target, withStates(m, target, args[0], args[1]), place));
  if (key === 'trainable') return target instanceof LayerValue ? isTrainable(target) : (target.trainable ?? true);
  return target instanceof LayerValue ? layerMember(m, target, key) : modelMember(m, target, key);
}

function tensorMember(m: Machine, tensor: TensorValue, key: string): Value {
  if (key === 'shape') return shapeValue(m, tensor);
  if (key === 'rank') {
    const shape = shapeValue(m, tensor);
    return shape instanceof Arr ? shape.items.length : shape;
  }
  if (key === 'dtype') return 'float32';
  return new Unknown(m.freshKey('tensor'), `tensor.${key}`, 'its value is computed when the program runs');
}

const later = (m: Machine, name: string): Unknown => new Unknown(m.freshKey('later'), name, 'its value is computed when the program runs');

function layerMember(m: Machine, layer: LayerValue, key: string): Value {
  const built = layer.builtBy;
  const several = key === 'output' || key === 'input' ? whyIllDefined(m, layer, key) : undefined;
  if (several) return several;
  switch (key) {
    case 'output':
      return built ? outputsOf(built) : later(m, 'layer.output');
    case 'input':
      return built?.inputs.length === 1 ? built.inputs[0] : built ? new Arr(built.inputs) : later(m, 'layer.input');
    case 'outputShape':
      return built ? shapesOf(m, outputsOf(built)) : later(m, 'layer.outputShape');
    case 'name':
      return nameOfLayer(layer) ?? later(m, 'layer.name');
    case 'addWeight': {
      const instance = layer.custom?.instance;
      return instance ? new Native(key, (_self, args) => addWeight(m, instance, args)) : later(m, key);
    }
    case 'built':
      return built !== undefined;
    case 'setWeights':
    case 'dispose':
    case 'build':
    case 'invokeCallHook':
      return new Native(key, () => undefined);
    case 'getWeights':
      return new Native(key, () => later(m, 'layer.getWeights()'));
    default:
      return optionOf(layer, key) ?? later(m, `layer.${key}`);
  }
}

/** TensorFlow.js refuses to name one output of what was applied several times; for a model its making counts as once. */
function whyIllDefined(m: Machine, layer: LayerValue | ModelValue, key: 'input' | 'output'): Unknown | undefined {
  const applied = m.applications.filter((one) => one.layer === layer && !isOwnInput(layer, one)).length;
  if (applied < (layer instanceof ModelValue ? 1 : 2)) return undefined;
  const times = layer instanceof ModelValue ? applied + 1 : applied;
  return new Unknown(
    m.freshKey('several'),
    `layer.${key}`,
    `it has ${times} inbound nodes, so that TensorFlow.js refuses "layer ${key}" as ill-defined`,
  );
}

/** A model that comes first in a Sequential keeps its own input: nothing is applied then. */
function isOwnInput(layer: LayerValue | ModelValue, { inputs }: Application): boolean {
  if (!(layer instanceof ModelValue)) return false;
  const own = layer.kind === 'sequential' ? layer.state.input : layer.inputs[0]?.application;
  return own !== undefined && inputs[0]?.application === own;
}

const shapesOf = (m: Machine, output: Value): Value => {
  if (output instanceof TensorValue) return shapeValue(m, output);
  return output instanceof Arr ? new Arr(output.items.map((one) => shapesOf(m, one))) : output;
};

/** A layer's own fields mirror what it was given: `layer.units`. */
function optionOf(layer: LayerValue, key: string): Value {
  const value = layer.options instanceof OptionRecord ? layer.options.entries.get(key) : undefined;
  return value instanceof OptionRecord || Array.isArray(value) ? undefined : (value as Value);
}

export function nameOfLayer(layer: LayerValue | ModelValue): string | undefined {
  if (layer instanceof ModelValue) return layer.givenName;
  const given = layer.options instanceof OptionRecord ? layer.options.entries.get('name') : undefined;
  return typeof given === 'string' ? given : undefined;
}

const applicationsOf = (model: ModelValue): readonly Application[] =>
  model.kind === 'sequential' ? model.state.applications : leadingTo(model.outputs);

function modelMember(m: Machine, model: ModelValue, key: string): Value {
  const why = model.unknown ?? model.state.lost;
  const lost = (): Unknown => new Unknown(m.freshKey('model'), `model.${key}`, why ?? 'the model has no layers yet');
  const outputs = (): readonly TensorValue[] => {
    const last = model.state.applications.at(-1);
    return model.kind === 'functional' ? model.outputs : last ? [new TensorValue(last, 0)] : [];
  };
  const inputs = (): readonly TensorValue[] =>
    model.kind === 'functional' ? model.inputs : model.state.input ? [new TensorValue(model.state.input, 0)] : [];
  const several = key === 'output' || key === 'input' ? whyIllDefined(m, model, key) : undefined;
  if (several) return several;
  const oneOrAll = (all: readonly TensorValue[]): Value => (all.length === 1 ? all[0] : new Arr(all));
  switch (key) {
    case 'add':
      return new Native(key, (_self, args, place) => addLayer(m, model, args[0], place));
    case 'pop':
      return new Native(key, () => popLayer(m, model));
    case 'layers': {
      const layers = why === undefined ? layersOf(model) : undefined;
      return layers ? new Arr(layers) : lost();
    }
    case 'getLayer':
      return new Native(key, (_self, args) => getLayer(m, model, args) ?? lost());
    case 'outputs':
      return why === undefined && outputs().length > 0 ? new Arr(outputs()) : lost();
    case 'output':
      return why === undefined && outputs().length > 0 ? oneOrAll(outputs()) : lost();
    case 'inputs':
      return why === undefined && inputs().length > 0 ? new Arr(inputs()) : lost();
    case 'input':
      return why === undefined && inputs().length > 0 ? oneOrAll(inputs()) : lost();
    case 'outputShape':
      return why === undefined && outputs().length > 0 ? shapesOf(m, oneOrAll(outputs())) : lost();
    case 'name':
      return model.givenName ?? lost();
    case 'predict':
    case 'predictOnBatch':
      return new Native(key, (_self, args, place) =>
        predict(m, model, why === undefined ? { inputs: inputs(), outputs: outputs() } : { inputs: [], outputs: [] }, args, place),
      );
    case 'compile':
      return new Native(key, (_self, args, place) => {
        noteTraining(m, key, model, args, place);
        return undefined;
      });
    case 'summary':
    case 'build':
    case 'dispose':
    case 'setWeights':
      return new Native(key, () => undefined);
    case 'fit':
    case 'fitDataset':
      return new Native(key, (_self, args, place) => {
        noteTraining(m, key, model, args, place);
        return new PromiseValue(later(m, `model.${key}(…)`));
      });
    case 'trainOnBatch':
    case 'save':
    case 'evaluateDataset':
      return new Native(key, () => new PromiseValue(later(m, `model.${key}(…)`)));
    default:
      return new Native(key, () => new Unknown(m.freshKey('model'), `model.${key}(…)`, 'its value is computed when the program runs'));
  }
}

/** `getLayer(name)`, `getLayer(undefined, index)`, `getLayer(index)`. */
function getLayer(m: Machine, model: ModelValue, args: readonly Value[]): Value {
  if (model.unknown !== undefined || model.state.lost !== undefined) return undefined;
  const [name, index] = args.map((arg) => m.settle(arg));
  const layers = layersOf(model);
  if (!layers) return undefined;
  const at = typeof name === 'number' ? name : index;
  if (typeof at === 'number') return layers[at];
  if (typeof name !== 'string') return undefined;
  return (
    layers.find((layer) => nameOfLayer(layer) === name) ?? layers.find((layer) => automaticName(layer, applicationsOf(model)) === name)
  );
}

/** The name that TensorFlow.js' own class reports, where the source gives none. */
function automaticName(layer: LayerValue | ModelValue, applications: readonly Application[]): string | undefined {
  const application = applications.find((one) => one.layer === layer);
  const [outcome] = application?.outcomes ?? [];
  return outcome && !isRefused(outcome) ? outcome.name : undefined;
}

export function setEntityMember(m: Machine, target: LayerValue | TensorValue | ModelValue, key: string, value: Value): void {
  if (target instanceof TensorValue) return;
  if (target instanceof LayerValue && target.custom) {
    m.journal.touch(target.custom.instance);
    target.custom.instance.properties.set(key, value);
  }
  if (key === 'trainable' && typeof value === 'boolean') freezeEntity(m, target, value);
}
