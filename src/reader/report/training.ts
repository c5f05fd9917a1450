import type { ts } from 'ts-morph';
import type { GraphLayer, ModelGraph } from '../../model/graph';
import type { PlainObject } from '../../model/plain';
import type { ModelRead } from '../../model/reading';
import type { Count } from '../../model/shape';
import type { Penalty, TrainedModel, TrainingCall, TrainingCase } from '../../model/training';
import type { Machine } from '../machine';
import type { ModelValue } from '../tf/entities';
import { OPTIONS_AT, type TrainingNote } from '../tf/training';
import { OptionRecord } from '../tf/options';
import { Unknown } from '../values/values';
import { callerOf } from './caller';
import { graphOf } from './graph';
import { titleOf } from './models';
import { plainOption } from './plain';
import { siteId } from './sites';
import { nodeSpanning, optionSites } from './syntax';
import { shapeOf } from './tensors';
import { whenOf } from './when';

/** Different answers of one call that are reported. */
const MAX_CASES = 8;
/** Regularizers of one model that are reported. */
const MAX_PENALTIES = 500;

/** The calls of one file that prepare or start training. `models` are those of the file. */
export function trainingsOf(m: Machine, path: string, file: ts.SourceFile, models: readonly ModelRead[]): readonly TrainingCall[] {
  const bySite = new Map<number, TrainingNote[]>();
  for (const note of m.trainings) {
    if (note.origin.path !== path) continue;
    const { start } = note.origin.name;
    bySite.set(start, [...(bySite.get(start) ?? []), note]);
  }
  const trained = new Map<ModelValue, TrainedModel>();
  const trainedModel = (model: ModelValue): TrainedModel => {
    const known = trained.get(model) ?? readModel(m, model, models);
    trained.set(model, known);
    return known;
  };
  return [...bySite.values()].map((notes) => callOf(m, path, file, notes, trainedModel)).sort((a, b) => a.name.start - b.name.start);
}

function callOf(
  m: Machine,
  path: string,
  file: ts.SourceFile,
  notes: readonly TrainingNote[],
  trainedModel: (model: ModelValue) => TrainedModel,
): TrainingCall {
  const [first] = notes;
  if (!first) throw new Error('a call without an answer');
  const { name, call } = first.origin;
  const node = nodeSpanning(file, call.start, call.end);
  const groups = new Map<string, { readonly shown: TrainingCase; readonly notes: TrainingNote[] }>();
  for (const note of notes) {
    const shown = caseOf(m, note, trainedModel);
    const key = JSON.stringify(shown);
    const known = groups.get(key);
    if (known) known.notes.push(note);
    else groups.set(key, { shown, notes: [note] });
  }
  const cases = [...groups.values()].slice(0, MAX_CASES).map(({ shown, notes: same }) => {
    const when = whenOf(same.map(({ origin }) => origin.literals));
    const callers = same.map(({ origin }) => callerOf(m, origin, path));
    const caller = callers.every((one) => one !== undefined) ? callers[0] : undefined;
    return { ...shown, ...(when === undefined ? {} : { when }), ...(caller === undefined ? {} : { caller }) };
  });
  return {
    id: siteId(path, name),
    method: first.method,
    name,
    call,
    options: node ? optionSites(file, node, OPTIONS_AT[first.method]) : [],
    cases,
  };
}

function caseOf(m: Machine, { given, examples, model }: TrainingNote, trainedModel: (model: ModelValue) => TrainedModel): TrainingCase {
  const count: Count | null | undefined = examples && shapeOf(m, examples)?.[0];
  return {
    given: plainGiven(given),
    ...(count === undefined || count === null ? {} : { examples: count }),
    ...(model ? { model: trainedModel(model) } : {}),
  };
}

/** Options that may be more than are known are marked as open beside those that are known. */
function plainGiven(given: TrainingNote['given']): PlainObject {
  const plain = plainOption(given);
  if (given instanceof Unknown) return plain as PlainObject;
  const known = typeof plain === 'object' && plain !== null && !Array.isArray(plain) ? (plain as PlainObject) : {};
  const open = given instanceof OptionRecord ? given.open : undefined;
  return open ? { ...known, $unknown: open.name, reason: open.reason } : known;
}

/** A model of this file as it was reported; one of another file is read for what its training needs. */
function readModel(m: Machine, model: ModelValue, models: readonly ModelRead[]): TrainedModel {
  const id = siteId(model.origin.path, model.origin.name);
  const known = models.find((one) => one.id === id);
  const file = m.modules.get(model.origin.path)?.file;
  const graph = known?.graph ?? graphOf(m, model, undefined);
  return {
    id,
    title: known?.title ?? (file && titleOf(file, model)) ?? model.givenName ?? 'model',
    outputShapes: known?.outputShapes ?? outputsOf(graph),
    penalties: penaltiesOf(graph).slice(0, MAX_PENALTIES),
  };
}

const outputsOf = ({ nodes, outputs }: ModelGraph): TrainedModel['outputShapes'] =>
  outputs.flatMap(({ node, index }) => {
    const shape = nodes[node]?.outputShape;
    if (shape === undefined) return [];
    const [one] = shape.some((part) => Array.isArray(part)) ? [shape[index]] : [shape];
    return Array.isArray(one) ? [one as TrainedModel['outputShapes'][number]] : [];
  });

function penaltiesOf({ layers, nodes }: ModelGraph): readonly Penalty[] {
  return layers.flatMap((layer, index) => {
    const times = nodes.filter((node) => node.layer === index).length;
    if (layer.model) return penaltiesOf(layer.model);
    return regularizersOf(layer).map(([option, regularizer]) => ({
      layer: layer.name,
      className: layer.className,
      option,
      regularizer,
      times: Math.max(1, times),
      ...placeOf(layer),
    }));
  });
}

const regularizersOf = ({ options }: GraphLayer): readonly (readonly [string, PlainObject[string]])[] =>
  Object.entries(options).filter(([key, value]) => key.endsWith('Regularizer') && value !== null);

function placeOf({ site }: GraphLayer): Pick<Penalty, 'at'> {
  const [, path, start] = /^(.*)#(\d+)$/.exec(site?.id ?? '') ?? [];
  if (!site || path === undefined) return {};
  return { at: { path, start: Number(start), end: Number(start), line: site.line } };
}
