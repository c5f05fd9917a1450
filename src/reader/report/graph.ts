import { isRefused, type Replayed } from '../../layers/spec';
import type { GraphLayer, GraphNode, LayerOrigin, ModelGraph, TensorRef } from '../../model/graph';
import type { Plain } from '../../model/plain';
import type { Machine } from '../machine';
import { nameOfLayer } from '../tf/entityMembers';
import { LayerValue, ModelValue, TensorValue, type Application, type Origin } from '../tf/entities';
import { dependencies } from '../tf/options';
import { applicationsBetween } from '../tf/specs';
import { trainableOf } from '../tf/trainable';
import { macsOfCall } from './customCost';
import { customLayer, opsOfNode } from './customLayers';
import { Numbers } from './numbers';
import { optionsOf } from './plain';
import { siteId } from './sites';

/** A model's graph as the panel builds it; `replayed` gives the names and counts that TensorFlow.js itself came to. */
export function graphOf(m: Machine, model: ModelValue, replayed: Replayed | undefined): ModelGraph {
  const applications = [...new Set([...applicationsOf(model), ...begunBy(m, model)])];
  const layers = [...new Set(applications.map((application) => application.layer))];
  const index = new Map(applications.map((application, i) => [application, i]));
  const ref = (tensor: TensorValue): TensorRef => ({ node: index.get(tensor.application) ?? 0, index: tensor.index });
  const names = namesOf(model, layers, replayed);
  const among = new Among(layers);
  const graphLayers = layers.map((layer, i) => graphLayer(m, layer, names[i] ?? `layer${i + 1}`, among));
  const stop = model.unknown ?? model.state.lost ?? applications.find((application) => application.unknown !== undefined)?.unknown;
  return {
    name: replayed?.name ?? model.givenName ?? 'model',
    kind: model.kind,
    layers: graphLayers,
    nodes: applications.map((application) => graphNode(m, application, among, ref)),
    inputs: inputsOf(model).map(ref),
    outputs: outputsOf(model).map(ref),
    ...orderOf(model, layers, replayed),
    ...(stop === undefined ? {} : { stop }),
  };
}

/** A model that is not wholly known is shown up to so many layers. */
const MAX_BEGUN = 2000;

export function applicationsOf(model: ModelValue): readonly Application[] {
  if (model.kind === 'functional') return applicationsBetween(model);
  const { input, applications } = model.state;
  return input && !applications.includes(input) ? [input, ...applications] : applications;
}

/**
 * What was applied to the inputs of a functional model whose outputs are not known, in the order of the source: the part of it that is known, up
 * to what fails or is not read, and what that leads to.
 */
function begunBy(m: Machine, model: ModelValue): readonly Application[] {
  if (model.kind !== 'functional' || model.unknown === undefined) return [];
  const reached = new Set(model.inputs.map(({ application }) => application));
  const begun: Application[] = [];
  for (const application of m.applications) {
    if (begun.length >= MAX_BEGUN) break;
    if (application.inputs.length === 0 || !application.inputs.every((input) => reached.has(input.application))) continue;
    reached.add(application);
    begun.push(application);
  }
  return begun;
}

const inputsOf = (model: ModelValue): readonly TensorValue[] =>
  model.kind === 'functional' ? model.inputs : model.state.input ? [new TensorValue(model.state.input, 0)] : [];

function outputsOf(model: ModelValue): readonly TensorValue[] {
  const last = model.state.applications.at(-1);
  return model.kind === 'functional' ? model.outputs : last ? [new TensorValue(last, 0)] : [];
}

/** The runtime's names where it built the model; a Sequential's own InputLayer is not among its layers there. */
function namesOf(model: ModelValue, layers: readonly (LayerValue | ModelValue)[], replayed: Replayed | undefined): readonly string[] {
  const added = model.kind === 'sequential' && model.state.input && !model.state.applications.includes(model.state.input) ? 1 : 0;
  const taken = new Set<string>();
  return layers.map((layer, i) => {
    const first = replayed?.layers[0]?.name ?? 'first';
    const own =
      added === 1 && i === 0
        ? `${first}_input`
        : (replayed?.layers[i - added]?.name ?? nameOfLayer(layer) ?? `${layer instanceof LayerValue ? layer.factory : 'model'}${i + 1}`);
    const name = taken.has(own) ? `${own}_${i + 1}` : own;
    taken.add(name);
    return name;
  });
}

/** TensorFlow.js' own order, where it is not the source's. The InputLayer that a Sequential adds is not among its layers there. */
function orderOf(model: ModelValue, layers: readonly unknown[], replayed: Replayed | undefined): Pick<ModelGraph, 'order'> {
  if (!replayed || model.kind === 'sequential') return {};
  const { order } = replayed;
  const isSame = order.length === layers.length && order.every((layer, place) => layer === place);
  return isSame ? {} : { order };
}

function graphLayer(m: Machine, layer: LayerValue | ModelValue, name: string, among: Among): GraphLayer {
  if (layer instanceof ModelValue) {
    const inner = graphOf(m, layer, undefined);
    return {
      name,
      className: layer.kind === 'sequential' ? 'Sequential' : 'Model',
      factory: 'model',
      options: {},
      model: inner,
      ...stopOf(inner.stop),
    };
  }
  const built = layer.builtBy;
  const numbers = Numbers.over(m, built?.dependsOn ?? dependencies(layer.options));
  const params = built && numbers.of(built.outcomes, (one) => one.params);
  const trainable = built && numbers.of(built.outcomes, (one) => trainableOf(layer, one));
  return {
    name,
    className: classNameFor(layer),
    factory: layer.custom ? 'custom' : layer.factory === 'input' ? 'inputLayer' : layer.factory,
    options: optionsOf(layer, (inner) => wrapped(m, inner)),
    ...(params === undefined ? {} : { params }),
    ...(trainable === undefined ? {} : { trainableParams: trainable }),
    ...(among.isImplicit(layer) ? {} : { site: originOf(m, layer, among) }),
    ...(layer.custom ? customLayer(m, layer, layer.custom, numbers) : stopOf(layer.unknown)),
  };
}

const stopOf = (stop: string | undefined): { stop?: string } => (stop === undefined ? {} : { stop });

function classNameFor(layer: LayerValue): string {
  const [outcome] = layer.builtBy?.outcomes ?? [];
  if (outcome && !isRefused(outcome)) return outcome.className;
  return layer.factory === 'input' || layer.factory === 'inputLayer' ? 'InputLayer' : layer.factory;
}

const wrapped = (m: Machine, layer: LayerValue | ModelValue): Plain =>
  graphLayer(m, layer, nameOfLayer(layer) ?? '', new Among([layer])) as unknown as Plain;

/** The layers of one graph: where each stands, and which others one line made. */
class Among {
  readonly #indices: ReadonlyMap<LayerValue | ModelValue, number>;
  readonly #siblings = new Map<string, LayerValue[]>();
  /** Of each layer, its place among those of its line. */
  readonly #places = new Map<LayerValue, number>();
  readonly #paths = new Map<Origin['callPath'], readonly string[]>();

  constructor(readonly layers: readonly (LayerValue | ModelValue)[]) {
    this.#indices = new Map(layers.map((layer, index) => [layer, index]));
    for (const layer of layers) {
      if (!(layer instanceof LayerValue)) continue;
      const key = lineKey(layer);
      const line = this.#siblings.get(key);
      this.#places.set(layer, line?.length ?? 0);
      if (line) line.push(layer);
      else this.#siblings.set(key, [layer]);
    }
  }

  indexOf(layer: LayerValue | ModelValue): number {
    return this.#indices.get(layer) ?? -1;
  }

  /** 0-based, and how many there are. */
  placeOf(layer: LayerValue): { readonly call: number; readonly of: number } {
    return { call: this.#places.get(layer) ?? 0, of: this.#siblings.get(lineKey(layer))?.length ?? 0 };
  }

  /** The places of the calls that led to a layer: one list for all layers of a call, which is handed over once. */
  pathOf({ callPath }: Origin): Pick<GraphNode, 'callPath'> {
    if (callPath.length === 0) return {};
    const known = this.#paths.get(callPath) ?? callPath.map((call) => `${call.path}#${call.name?.start ?? call.start}`);
    this.#paths.set(callPath, known);
    return { callPath: known };
  }

  /** The InputLayer that a Sequential adds shares its origin with the first layer. */
  isImplicit(layer: LayerValue): boolean {
    return layer.factory === 'inputLayer' && this.layers.some((other) => other !== layer && other.origin === layer.origin);
  }
}

const lineKey = ({ origin, factory }: LayerValue): string => `${origin.name.start}#${factory}#${origin.path}`;

function originOf(m: Machine, layer: LayerValue, among: Among): LayerOrigin {
  const { origin } = layer;
  const file = m.modules.get(origin.path)?.file;
  return {
    id: siteId(origin.path, origin.name),
    ...among.placeOf(layer),
    line: file ? file.getLineAndCharacterOfPosition(origin.name.start).line + 1 : 0,
  };
}

function graphNode(m: Machine, application: Application, among: Among, ref: (tensor: TensorValue) => TensorRef): GraphNode {
  const numbers = Numbers.over(m, application.dependsOn);
  const outputShape = numbers.outputShapes(application.outcomes);
  const isCosted = application.outcomes.every((one) => isRefused(one) || one.macs !== undefined);
  const macs = isCosted ? numbers.of(application.outcomes, (one) => one.macs) : macsOfCall(m, application);
  return {
    layer: among.indexOf(application.layer),
    inputs: application.inputs.map(ref),
    ...(outputShape === undefined ? {} : { outputShape }),
    ...(macs === undefined ? {} : { macs }),
    ...opsOfNode(m, application),
    ...among.pathOf(application.layer.origin),
  };
}
