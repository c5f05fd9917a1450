import * as tf from '@tensorflow/tfjs-core';
import type { OpenedWeights } from '../../../../src/protocol/panelRequests';
import { MOST_BYTES, showBytes } from '../../build/memory';
import type { Program } from '../../build/program';
import type { WeightSlot } from '../../build/slots';
import { turn } from '../../run/turns';
import type { LayerFit, WeightsReport } from '../../contract/weights';
import { GroupBytes, type ReadPart } from './bytes';
import { decodeInto, roomFor, type Values } from './decode';
import { assign, fits, sameShape } from './fit';
import { refuse } from './json';
import { fileLayers, sourceLayers } from './layers';
import { readManifest, type Manifest } from './manifest';
import { matchLayers, type Match } from './match';
import type { FileWeight } from './weight';

/** Values that are decoded before others get a turn. */
const STEP = 1 << 20;
/** Weights without a layer that a report names. */
const MOST_EXTRA = 100;

export interface Loading {
  readonly program: Program;
  readonly opened: OpenedWeights;
  readonly read: ReadPart;
  /** Called between steps with the bytes that were read, of all that will be; may throw to stop. */
  readonly pause: (bytes: number, of: number) => Promise<void>;
}

/** A weight that was read, and waits until all were. */
interface Staged {
  readonly slot: WeightSlot;
  readonly values: Values;
  readonly strange: number;
}

/**
 * Gives a program's slots the values of a file, layer by layer: all of a layer's weights or none. Everything is read before the first slot
 * is filled, so that a file that turns out to be broken, or a person who stops, leaves all as it was.
 */
export const loadWeights = async ({ program, opened, read, pause }: Loading): Promise<WeightsReport> => {
  const manifest = readManifest(opened.name, opened.text, opened.shards);
  const sources = sourceLayers(program);
  const files = fileLayers(
    manifest,
    sources.map(({ name }) => name),
  );
  const matches = matchLayers(sources, files);
  const wanted = wantedOf(matches);
  refuseTooMuch(opened.name, [...wanted.keys()]);
  const staged = await stage(manifest, wanted, opened, read, pause);
  for (const [weight, { slot, values }] of staged) {
    // The old values go first: a device need not hold both.
    slot.dispose();
    slot.give(tf.tensor(values, [...weight.shape], weight.dtype), 'file');
    await turn();
  }
  return report(opened.name, matches, manifest, staged);
};

const isTaken = ({ source, file }: Match): boolean => file !== undefined && fits(source, file);

const wantedOf = (matches: readonly Match[]): ReadonlyMap<FileWeight, WeightSlot> =>
  new Map(
    matches
      .filter(isTaken)
      .flatMap(({ source, file }) => (file ? assign(source, file) : []).flatMap(({ slot, weight }) => (weight ? [[weight, slot]] : []))),
  );

const refuseTooMuch = (name: string, weights: readonly FileWeight[]): void => {
  const bytes = weights.reduce((total, { size }) => total + 4 * size, 0);
  if (bytes > MOST_BYTES) {
    refuse(
      `The weights of ${name} take ${showBytes(bytes)} beside those that are there. The panel reads up to ${showBytes(MOST_BYTES)} at once.`,
    );
  }
};

const stage = async (
  { groups }: Manifest,
  wanted: ReadonlyMap<FileWeight, WeightSlot>,
  { shards }: OpenedWeights,
  read: ReadPart,
  pause: Loading['pause'],
): Promise<ReadonlyMap<FileWeight, Staged>> => {
  const staged = new Map<FileWeight, Staged>();
  const total = [...wanted.keys()].reduce((sum, { bytes }) => sum + bytes, 0);
  let before = 0;
  for (const group of groups) {
    const bytes = new GroupBytes(group, shards, read);
    for (const weight of group.weights) {
      const slot = wanted.get(weight);
      if (!slot) continue;
      const done = before;
      staged.set(weight, { slot, ...(await readValues(weight, bytes, (part) => pause(done + part, total))) });
      before += weight.bytes;
    }
  }
  return staged;
};

const readValues = async (weight: FileWeight, bytes: GroupBytes, pause: (done: number) => Promise<void>): Promise<Omit<Staged, 'slot'>> => {
  const values = roomFor(weight);
  const valueBytes = weight.size === 0 ? 0 : weight.bytes / weight.size;
  let strange = 0;
  bytes.skipTo(weight.at);
  for (let from = 0; from < weight.size; from += STEP) {
    const count = Math.min(STEP, weight.size - from);
    strange += decodeInto(values, from, await bytes.take(count * valueBytes), weight);
    await pause((from + count) * valueBytes);
  }
  return { values, strange };
};

const report = (file: string, matches: readonly Match[], { groups }: Manifest, staged: ReadonlyMap<FileWeight, Staged>): WeightsReport => {
  const used = new Set(matches.flatMap(({ source, file: layer }) => (layer ? assign(source, layer) : []).map(({ weight }) => weight)));
  const extra = groups.flatMap(({ weights }) => weights.filter((weight) => !weight.optimizer && !used.has(weight)));
  return {
    file,
    layers: matches.map((match) => layerFit(match, staged)),
    extra: extra.slice(0, MOST_EXTRA).map(({ name, shape }) => ({ name, shape })),
    extras: extra.length,
    parameters: [...staged.keys()].reduce((total, { size }) => total + size, 0),
  };
};

const layerFit = (match: Match, staged: ReadonlyMap<FileWeight, Staged>): LayerFit => {
  const { source, file, by } = match;
  const pairs = file ? assign(source, file) : source.slots.map((slot) => ({ slot, weight: undefined }));
  return {
    key: source.key,
    layer: source.path,
    outcome: isTaken(match) ? 'taken' : file ? 'differs' : 'missing',
    by,
    inFile: file?.path,
    weights: pairs.map(({ slot, weight }) => ({
      name: slot.name,
      inSource: slot.shape,
      inFile: weight?.shape,
      ...(weight && weight.dtype !== slot.dtype && sameShape(weight.shape, slot.shape)
        ? { types: `${weight.dtype} in the file, ${slot.dtype} in the source` }
        : {}),
      strange: (weight && staged.get(weight)?.strange) ?? 0,
    })),
  };
};
