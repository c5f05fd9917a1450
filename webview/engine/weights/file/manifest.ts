import type { Shard } from '../../../../src/protocol/panelRequests';
import { showBytes } from '../../build/memory';
import { field, isFields, refuse, shown } from './json';
import { layerNames } from './topology';
import { readWeight, type FileWeight } from './weight';

const MOST_WEIGHTS = 100_000;

/** Weights whose bytes follow one another, cut into files anywhere. */
export interface WeightGroup {
  /** Indices into the shards that the host found, in the order of their bytes. */
  readonly shards: readonly number[];
  readonly weights: readonly FileWeight[];
}

export interface Manifest {
  /** Names of the saved model's layers in its order; empty where the file tells none. */
  readonly layers: readonly string[];
  readonly groups: readonly WeightGroup[];
}

/**
 * Reads a `model.json` of `tf.LayersModel.save` or of the converter, and holds its figures against the files that are there.
 * Allocates nothing for what it announces. Throws NotWeights with a sentence for people.
 * @param name of the file, for the sentences
 */
export const readManifest = (name: string, text: string, shards: readonly Shard[]): Manifest => {
  const json = parse(name, text);
  const groups = groupsOf(name, json);
  const names = new Set<string>();
  const read = groups.map((group, index) => readGroup(name, index, group, shards, names));
  if (names.size === 0) refuse(`${name} lists no weights.`);
  return { layers: layerNames(field(json, 'modelTopology')), groups: read };
};

const parse = (name: string, text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    return refuse(`${name} is no JSON: it is cut off, or something else under this name.`);
  }
};

const groupsOf = (name: string, json: unknown): readonly unknown[] => {
  const topology = field(json, 'modelTopology');
  if (field(json, 'format') === 'graph-model' || Array.isArray(field(topology, 'node'))) {
    refuse(
      `${name} is a graph model (tf.loadGraphModel): its weights belong to ops, not to layers. Convert the model again with --output_format=tfjs_layers_model.`,
    );
  }
  const groups = field(json, 'weightsManifest');
  if (Array.isArray(groups)) return groups;
  if (groups !== undefined) refuse(`The weightsManifest of ${name} is ${shown(groups)}, not a list.`);
  const isTopology = field(json, 'class_name') !== undefined || field(json, 'className') !== undefined || topology !== undefined;
  if (isTopology) refuse(`${name} describes a model without its weights: it has no weightsManifest.`);
  return refuse(`${name} is no model.json of TensorFlow.js: it has no weightsManifest.`);
};

const readGroup = (name: string, index: number, group: unknown, shards: readonly Shard[], names: Set<string>): WeightGroup => {
  const paths = field(group, 'paths');
  const weights = field(group, 'weights');
  if (!isFields(group) || !Array.isArray(paths) || !Array.isArray(weights)) {
    return refuse(`Group ${index + 1} in the weightsManifest of ${name} has no lists of paths and weights.`);
  }
  if (names.size + weights.length > MOST_WEIGHTS) refuse(`${name} lists more than ${MOST_WEIGHTS.toLocaleString('en-US')} weights.`);
  const read: FileWeight[] = [];
  let at = 0;
  for (const entry of weights as readonly unknown[]) {
    const weight = readWeight(name, entry, at);
    if (names.has(weight.name)) refuse(`${name} lists the weight ${weight.name} twice.`);
    names.add(weight.name);
    read.push(weight);
    at += weight.bytes;
  }
  const found = findShards(name, paths, shards);
  holdAgainst(name, at, found, shards);
  return { shards: found, weights: read };
};

/** Every shard must be readable: a file in which one is missing gives no weights, not some of them. */
const findShards = (name: string, paths: readonly unknown[], shards: readonly Shard[]): readonly number[] =>
  paths.map((path) => {
    if (typeof path !== 'string') return refuse(`The weightsManifest of ${name} names ${shown(path)} as a shard.`);
    const index = shards.findIndex((shard) => shard.path === path);
    const { refused } = shards[index] ?? { refused: 'is missing' };
    if (refused === undefined) return index;
    const others = shards.filter((shard) => shard.refused !== undefined).length - 1;
    const more = others > 0 ? ` ${others === 1 ? 'One other' : `${others} others`} cannot be read either.` : '';
    return refuse(`The shard ${shown(path)} of ${name} ${refused}.${more}`);
  });

const holdAgainst = (name: string, bytes: number, found: readonly number[], shards: readonly Shard[]): void => {
  const there = found.reduce((total, index) => total + (shards[index]?.bytes ?? 0), 0);
  if (there === bytes) return;
  const what = found.length === 1 ? `its shard ${shown(shards[found[0] ?? 0]?.path)} has` : `its ${found.length} shards have`;
  const [told, had] = [showBytes(bytes), showBytes(there)];
  const exact = told === had;
  const figures = exact ? [`${bytes.toLocaleString('en-US')} bytes`, `${there.toLocaleString('en-US')} bytes`] : [told, had];
  refuse(`The weights that ${name} lists take ${figures[0]}, but ${what} ${figures[1]}. A file is cut off, or belongs to another model.`);
};
