import { field, isList, isRecord, NotAModel, parseJson, refuse, shown, type Json, type JsonRecord } from './json';
import { readLayer, shownName, type ReadModel } from './layer';
import { respell } from './naming';
import type { LoadedLayer, LoadedModel, Unloadable } from './spec';
import { MAX_LAYERS, wire } from './wiring';

/** The model that the text of a model.json describes. Weights are not looked at. Pure; never throws. */
export const readModelText = (text: string): LoadedModel | Unloadable => guarded(() => fromArtifacts(parseJson(text), false));

/** The model of what `tf.models.modelFromJSON` takes, or an IOHandler's `load` gives: the topology, with or without artifacts around it. */
export const readModelData = (data: Json): LoadedModel | Unloadable => guarded(() => fromArtifacts(data, true));

function guarded(read: () => LoadedModel): LoadedModel | Unloadable {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotAModel) return { unloadable: error.message };
    // Only what nests deeper than the stack is left.
    if (error instanceof RangeError) return { unloadable: 'it nests too deeply' };
    throw error;
  }
}

function fromArtifacts(data: Json, mayBeBare: boolean): LoadedModel {
  if (!isRecord(data)) return refuse(`it holds ${shown(data)} where a model belongs`);
  const wrapped = field(data, 'modelTopology');
  if (field(data, 'format') === 'graph-model' || isGraph(wrapped) || isGraph(data))
    return refuse('it is a TensorFlow graph model, which has no layers: tf.loadGraphModel loads it');
  if (wrapped === undefined && !mayBeBare) return refuse('it holds no modelTopology, so it is no model that TensorFlow.js has saved');
  const topology = wrapped ?? data;
  if (!isRecord(topology)) return refuse(`its modelTopology is ${shown(topology)}`);
  const inner = field(topology, 'model_config') ?? undefined;
  return fromTopology(respell(inner ?? topology));
}

/** A graph of TensorFlow's own operations lists nodes, each with an `op`. */
const isGraph = (topology: Json | undefined): boolean =>
  isRecord(topology) && isList(field(topology, 'node')) && field(topology, 'class_name') === undefined;

function fromTopology(topology: Json): LoadedModel {
  const layer = readLayer(topology, readModel, 0);
  if (layer.kind === 'model') return layer.model;
  const name = layer.kind === 'custom' ? layer.className : layer.factory;
  return refuse(`it describes a ${shownName(name)}, which is no model of TensorFlow.js' own`);
}

const readModel: ReadModel = (className, config, depth) =>
  className === 'Sequential' ? readSequential(config, depth) : readFunctional(config, depth);

function readSequential(config: Json, depth: number): LoadedModel {
  const list = isRecord(config) ? field(config, 'layers') : config;
  const layers = layersOf(list, depth);
  return { kind: 'sequential', ...nameOf(config), layers, nodes: [], inputs: [], outputs: [] };
}

function readFunctional(config: Json, depth: number): LoadedModel {
  if (!isRecord(config)) return refuse(`the config of a model is ${shown(config)}`);
  const layers = layersOf(field(config, 'layers'), depth);
  return { kind: 'functional', ...nameOf(config), layers, ...wire(config, layers) };
}

function layersOf(list: Json | undefined, depth: number): readonly LoadedLayer[] {
  if (!isList(list)) return refuse(`the layers of a model are ${shown(list)}`);
  if (list.length > MAX_LAYERS) refuse(`it has more than the ${MAX_LAYERS} layers that are followed`);
  return list.map((data) => readLayer(data, readModel, depth));
}

function nameOf(config: Json): { readonly name?: string } {
  const name = isRecord(config) ? field(config as JsonRecord, 'name') : undefined;
  return typeof name === 'string' && name !== '' ? { name } : {};
}
