import {
  InnerLayer,
  type LoadedLayer,
  type LoadedModel,
  type LoadedNode,
  type LoadedRecord,
  type LoadedValue,
} from '../../../layers/loaded/spec';
import type { Machine } from '../../machine';
import type { CallPlace } from '../../values/native';
import { applyToTensors } from '../apply';
import type { LayerValue } from '../entities';
import { ModelValue, TensorValue, type Application } from '../entities';
import { buildLayer, originOf } from '../makeLayer';
import { OptionRecord, type Option } from '../options';
import { addLayer } from '../sequential';
import { makeRegistered } from './registered';

/**
 * The layers and applications that a loaded model stands for, as if the source had written them at the call that loads it. They are no call
 * sites of their own: only the model is shown there.
 */
export function buildModel(m: Machine, model: LoadedModel, at: CallPlace, readFrom?: string): ModelValue {
  const layers = model.layers.map((layer) => buildAny(m, layer, at));
  return model.kind === 'sequential' ? buildSequential(m, model, layers, at, readFrom) : buildFunctional(m, model, layers, at, readFrom);
}

function buildSequential(
  m: Machine,
  { name }: LoadedModel,
  layers: readonly (LayerValue | ModelValue)[],
  at: CallPlace,
  readFrom: string | undefined,
): ModelValue {
  const model = new ModelValue('sequential', name, originOf(m, at), [], [], undefined, undefined, readFrom);
  for (const layer of layers) addLayer(m, model, layer, at);
  return model;
}

function buildFunctional(
  m: Machine,
  loaded: LoadedModel,
  layers: readonly (LayerValue | ModelValue)[],
  at: CallPlace,
  readFrom: string | undefined,
): ModelValue {
  const applications: Application[] = [];
  const tensors = (refs: LoadedNode['inputs']): readonly TensorValue[] =>
    refs.flatMap(({ node, index }) => {
      const application = applications[node];
      return application ? [new TensorValue(application, index)] : [];
    });
  for (const node of loaded.nodes) {
    const layer = layers[node.layer];
    if (layer) applications.push(applyToTensors(m, layer, tensors(node.inputs), at));
  }
  const [inputs, outputs] = [tensors(loaded.inputs), tensors(loaded.outputs)];
  return new ModelValue('functional', loaded.name, originOf(m, at), inputs, outputs, undefined, undefined, readFrom);
}

function buildAny(m: Machine, layer: LoadedLayer, at: CallPlace): LayerValue | ModelValue {
  if (layer.kind === 'model') return buildModel(m, layer.model, at);
  if (layer.kind === 'custom') return makeRegistered(m, layer.className, layer.config, at);
  return buildLayer(m, layer.factory, optionsOf(m, layer.options, at), at);
}

function optionsOf(m: Machine, options: LoadedRecord, at: CallPlace): OptionRecord {
  return new OptionRecord(new Map(Object.entries(options).map(([key, value]) => [key, toOption(m, value, at)])), undefined);
}

function toOption(m: Machine, value: LoadedValue, at: CallPlace): Option {
  if (value instanceof InnerLayer) return buildAny(m, value.layer, at);
  if (Array.isArray(value)) return (value as readonly LoadedValue[]).map((item) => toOption(m, item, at));
  if (typeof value === 'object' && value !== null) return optionsOf(m, value as LoadedRecord, at);
  return value as Option;
}
