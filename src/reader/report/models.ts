import type { ts } from 'ts-morph';
import { replayModel } from '../../layers/replay';
import { isRefused, type Refused, type Replayed } from '../../layers/spec';
import type { ModelGraph } from '../../model/graph';
import type { ModelRead } from '../../model/reading';
import type { Count, Shape } from '../../model/shape';
import type { Machine } from '../machine';
import type { Literal } from '../state/assumptions';
import { dependenciesOfModel } from '../tf/apply';
import type { ModelValue } from '../tf/entities';
import { reportRefusal } from '../tf/refusals';
import { madeBy, modelSpec, outcomeAt } from '../tf/specs';
import { SAMPLES } from '../values/standIns';
import { callerOf } from './caller';
import { applicationsOf, graphOf } from './graph';
import { leftOpenBy } from './leftOpen';
import { Numbers } from './numbers';
import { siteId } from './sites';
import { assignedName, enclosingFunction, nodeSpanning } from './syntax';
import { whenOf } from './when';

/** The models that one file builds, each as it stands when the program has run. */
export function modelsOf(m: Machine, path: string): readonly ModelRead[] {
  const own = fewOfEachLine(
    m,
    m.models.filter((model) => model.origin.path === path),
  );
  return distinctModels(own.flatMap((model) => readingsOf(m, model)));
}

/** Of models that say the same, the first. */
export function distinctModels(read: readonly ModelRead[]): readonly ModelRead[] {
  const distinct = new Map<string, ModelRead>();
  for (const model of read) {
    const key = JSON.stringify([model.id, model.totalParams, model.inputShapes, model.outputShapes, model.graph.layers.length, model.when]);
    if (!distinct.has(key)) distinct.set(key, model);
  }
  return [...distinct.values()];
}

const known = new WeakMap<ModelValue, readonly ModelRead[]>();

/** What is to be said of one model, for each of the conditions under which it is another; once a reading. */
export function readingsOf(m: Machine, model: ModelValue): readonly ModelRead[] {
  const before = known.get(model);
  if (before) return before;
  const { path } = model.origin;
  const file = m.modules.get(path)?.file;
  const made = file ? versionsOf(model).map((literals, index) => readModel(m, path, file, model, literals, index)) : [];
  known.set(model, made);
  return made;
}

/** A search over architectures builds models without end from one line; the first of them say what they are like. */
const MAX_MODELS_OF_A_LINE = 100;

function fewOfEachLine(m: Machine, models: readonly ModelValue[]): readonly ModelValue[] {
  const counts = new Map<number, number>();
  return models.filter(({ origin }) => {
    const count = (counts.get(origin.call.start) ?? 0) + 1;
    counts.set(origin.call.start, count);
    if (count > MAX_MODELS_OF_A_LINE) m.limits.add(`one line builds more than ${MAX_MODELS_OF_A_LINE} models; the rest is not shown`);
    return count <= MAX_MODELS_OF_A_LINE;
  });
}

const versionsOf = (model: ModelValue): readonly (readonly Literal[])[] =>
  model.versions ? model.versions.map(({ literals }) => literals) : [[]];

function readModel(
  m: Machine,
  path: string,
  file: ts.SourceFile,
  model: ModelValue,
  literals: readonly Literal[],
  index: number,
): ModelRead {
  const version = model.versions?.[index];
  const saved = model.save();
  if (version) model.load(version.state);
  const { origin } = model;
  const replays = replayAll(model);
  const fine = replays.map((one) => (isRefused(one) ? undefined : one));
  const refused = replays.length === 1 ? replays.filter(isRefused).find((one) => !one.limit) : undefined;
  // What holds under an assumption only may never run, and a model without layers may get them where nothing is read: it throws when it is built.
  const isCertain =
    origin.literals.length === 0 && literals.length === 0 && !(model.kind === 'sequential' && model.state.members.length === 0);
  if (refused && isCertain) reportRefusal(m, culpritOf(model, refused), refused.error, inputsOf(model, refused));
  const numbers = Numbers.over(m, dependenciesOfModel(model));
  const count = (read: (one: Replayed) => number): Count => (fine.some(Boolean) ? numbers.count(fine.map((one) => one && read(one))) : '?');
  const call = nodeSpanning(file, origin.call.start, origin.call.end);
  const around = call && enclosingFunction(file, call);
  const variable = call && assignedName(file, call);
  const when = whenOf([[...origin.literals, ...literals]]);
  const firstFine = fine.find((one) => one !== undefined);
  const graph = graphOf(m, model, firstFine);
  // The replayed model knows nothing of what classes of the source compute.
  const macs = totalMacs(fine, numbers) ?? (firstFine && macsOfGraph(graph));
  const caller = callerOf(m, origin, path);
  const leftOpen = leftOpenBy(m, model, [...origin.literals, ...literals]);
  const result: ModelRead = {
    id: siteId(path, origin.name),
    name: origin.name,
    call: origin.call,
    ...(variable ? { variable } : {}),
    scope: around?.span ?? { start: 0, end: file.end },
    title: titleOf(file, model),
    totalParams: count((one) => one.totalParams),
    trainableParams: count((one) => one.trainableParams),
    nonTrainableParams: count((one) => one.nonTrainableParams),
    ...(macs === undefined ? {} : { macs }),
    graph,
    inputShapes: shapesAt(numbers, fine, (one) => one.inputShapes),
    outputShapes: shapesAt(numbers, fine, (one) => one.outputShapes),
    ...(refused ? { error: refused.error } : {}),
    ...(when === undefined ? {} : { when }),
    ...(model.readFrom === undefined ? {} : { readFrom: model.readFrom }),
    ...(caller === undefined ? {} : { caller }),
    ...(leftOpen.length === 0 ? {} : { leftOpen }),
  };
  model.load(saved);
  return result;
}

/** What a person calls a model of the file: the function that builds it, else the variable that holds it, else its name. */
export function titleOf(file: ts.SourceFile, { origin, givenName }: ModelValue): string {
  const call = nodeSpanning(file, origin.call.start, origin.call.end);
  const variable = call && assignedName(file, call);
  const named = variable && file.text.slice(variable.start, variable.end);
  return (call && enclosingFunction(file, call)?.name) ?? named ?? givenName ?? 'model';
}

/** The layer at which TensorFlow.js refused the model, where it is of the same file; else the model. */
function culpritOf(model: ModelValue, { node, layer }: Refused): ModelValue['origin'] {
  const { layers, applications } = modelSpec(model, 0);
  const found =
    node === undefined ? layers[layer ?? -1] : model.kind === 'sequential' ? model.state.members[node] : applications[node]?.layer;
  return found?.origin.path === model.origin.path ? found.origin : model.origin;
}

/** Where the shapes come from that the refused layer was given. */
function inputsOf(model: ModelValue, { node }: Refused): ReturnType<typeof madeBy>[] {
  const application = node === undefined ? undefined : modelSpec(model, 0).applications[node];
  return (application?.inputs ?? []).map(madeBy);
}

/** The model built by TensorFlow.js itself, once for each stand-in; nothing where a part of it is not known. */
function replayAll(model: ModelValue): readonly (Replayed | Refused)[] {
  const applications = applicationsOf(model);
  const open = model.unknown !== undefined || model.state.lost !== undefined || applications.some((one) => one.unknown !== undefined);
  if (open || applications.length === 0) return [];
  const count = dependenciesOfModel(model).size > 0 ? SAMPLES : 1;
  return Array.from({ length: count }, (_, k) => {
    const { spec, applications: nodes } = modelSpec(model, k);
    return replayModel(
      spec,
      // A layer that was first applied elsewhere has weights for what it was applied to there.
      nodes.map((node) => (node.layer.builtBy === node ? outcomeAt(node, k) : undefined)),
    );
  });
}

function totalMacs(fine: readonly (Replayed | undefined)[], numbers: Numbers): Count | undefined {
  const samples = fine.map((one) => one && sumOf(one.nodes.map((node) => node.macs)));
  return samples.some((value) => value !== undefined) && fine.every((one, i) => one === undefined || samples[i] !== undefined)
    ? numbers.count(samples)
    : undefined;
}

/** Of a graph in which every size is a number. */
function macsOfGraph({ layers, nodes }: ModelGraph): number | undefined {
  return sumOf(
    nodes.map(({ layer, macs }) => {
      const inner = layers[layer]?.model;
      return typeof macs === 'number' ? macs : macs === undefined && inner ? macsOfGraph(inner) : undefined;
    }),
  );
}

const sumOf = (values: readonly (number | undefined)[]): number | undefined =>
  values.some((value) => value === undefined) ? undefined : values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

function shapesAt(
  numbers: Numbers,
  fine: readonly (Replayed | undefined)[],
  read: (one: Replayed) => Replayed['inputShapes'],
): readonly Shape[] {
  const first = fine.find((one) => one !== undefined);
  if (!first) return [];
  return read(first).map((_, index) => numbers.shape(fine.map((one) => one && read(one)[index])) ?? ['?']);
}
