import { field, isList, isRecord, refuse, shown, type Json, type JsonRecord } from './json';
import { shownName } from './layer';
import type { LoadedLayer, LoadedModel, LoadedNode, LoadedRef } from './spec';

/** One input of a call that is not made yet: output `tensor` of call `call` of a layer. */
interface Wanted {
  readonly layer: number;
  readonly call: number;
  readonly tensor: number;
}

/** Larger models are not followed. */
export const MAX_LAYERS = 3_000;
/** Looks for inputs that may not be there yet: enough for any order of that many layers in a row. */
const MAX_LOOKS = 6_000_000;

/** A model as a layer has its own wiring as its call 0; calls from outside count from 1. */
const firstCall = (layer: LoadedLayer): number => (layer.kind === 'model' ? 1 : 0);

const isSource = (layer: LoadedLayer): boolean => layer.kind === 'factory' && layer.factory === 'inputLayer';

/**
 * The applications of a functional model in the order in which TensorFlow.js makes them: pass by pass over the layers, each call as soon as
 * what it takes is there. Where a pass makes none the file contradicts itself; TensorFlow.js itself would go round forever.
 */
export function wire(config: JsonRecord, layers: readonly LoadedLayer[]): Pick<LoadedModel, 'nodes' | 'inputs' | 'outputs'> {
  const entries = field(config, 'layers') as readonly JsonRecord[];
  const names = namesOf(entries);
  const nodes: LoadedNode[] = [];
  const calls: number[][] = layers.map((layer, i) => (isSource(layer) ? [nodes.push({ layer: i, inputs: [] }) - 1] : []));
  const find = ({ layer, call, tensor }: Wanted): LoadedRef | undefined => {
    const made = layers[layer];
    const node = made && calls[layer]?.[call - firstCall(made)];
    return node === undefined ? undefined : { node, index: tensor };
  };
  let looks = 0;
  let waiting = entries.flatMap((entry, layer) => callsOf(entry, names).map((inputs) => ({ layer, inputs })));
  while (waiting.length > 0) {
    const left = waiting.filter(({ layer, inputs }) => {
      if ((looks += inputs.length) > MAX_LOOKS) refuse('its layers come in an order that takes too long to follow');
      const found = inputs.map(find);
      if (!found.every((one) => one !== undefined)) return true;
      calls[layer]?.push(nodes.push({ layer, inputs: found }) - 1);
      return false;
    });
    if (left.length === waiting.length) refuse('layers of it wait for one another, or for calls that are not made');
    waiting = left;
  }
  const ends = (key: string): readonly LoadedRef[] => listOf(config, key).map((data) => find(wantedOf(data, names)) ?? missing(data));
  return { nodes, inputs: ends('inputLayers'), outputs: ends('outputLayers') };
}

const missing = (data: Json): never =>
  refuse(`its inputs or outputs name a call of ${isList(data) ? shown(data[0]) : shown(data)} that is not made`);

function namesOf(entries: readonly JsonRecord[]): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  entries.forEach((entry, i) => {
    const name = field(entry, 'name');
    if (typeof name !== 'string') return refuse('a layer of it has no name');
    if (names.has(name)) refuse(`two layers of it are called ${shownName(name)}`);
    names.set(name, i);
  });
  return names;
}

function listOf(record: JsonRecord, key: string): readonly Json[] {
  const list = field(record, key);
  return isList(list) ? list : refuse(`its ${key} are ${shown(list)} and no list`);
}

/** Each call of one layer: the outputs it takes. */
function callsOf(entry: JsonRecord, names: ReadonlyMap<string, number>): readonly (readonly Wanted[])[] {
  const calls = listOf(entry, 'inboundNodes');
  if (calls.length > MAX_LAYERS) refuse(`a layer of it is applied more than ${MAX_LAYERS} times`);
  return calls.flatMap((call) => {
    if (!isList(call)) return refuse('its wiring is spelt in a way that TensorFlow.js does not read');
    // TensorFlow.js applies a layer to nothing by not applying it.
    return call.length === 0 ? [] : [call.map((data) => wantedOf(data, names))];
  });
}

function wantedOf(data: Json, names: ReadonlyMap<string, number>): Wanted {
  if (!isList(data)) return refuse('its wiring is spelt in a way that TensorFlow.js does not read');
  const [name, call, tensor, options] = data;
  const layer = typeof name === 'string' ? names.get(name) : undefined;
  if (layer === undefined) return refuse(`it takes the output of a layer ${shown(name)} that it does not have`);
  if (!isIndex(call) || !isIndex(tensor)) return refuse('its wiring is spelt in a way that TensorFlow.js does not read');
  if (isRecord(options) && ['initialState', 'constants'].some((key) => field(options, key) != null))
    refuse('a recurrent layer of it gets its state by name, which is not followed');
  return { layer, call, tensor };
}

const isIndex = (value: Json | undefined): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;
