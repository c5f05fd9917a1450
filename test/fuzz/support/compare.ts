import type { LayerCase, Problem, Reading, Site } from '../../../src/model/reading';
import { readFile } from '../../../src/reader/read';
import { DEFAULT_SETTINGS } from '../../../src/reader/workspace';
import { MemoryWorkspace } from '../../support/memoryWorkspace';
import { placeKey, type Files, type RealInstance, type RealModel, type RealRun } from './realRun';

/** What a comparison found; `wrong` is what no program may have, `missing` what the reader left open or did not say. */
export interface Verdict {
  readonly wrong: readonly string[];
  readonly missing: readonly string[];
  readonly sites: number;
  readonly exact: number;
}

export const readAll = (files: Files): readonly Reading[] => {
  const workspace = new MemoryWorkspace(files);
  return Object.keys(files).map((path) => readFile(path, workspace, DEFAULT_SETTINGS).reading);
};

/** Automatic names carry a number that counts on from program to program in the runtime. */
const withoutCounts = (message: string): string => message.replace(/\b([A-Za-z_]*[A-Za-z])_?\d+\b/g, '$1#');

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether what the reader says of a layer can be said of a real one; what it leaves open fits all. */
function fits(one: LayerCase, real: RealInstance, whole: boolean): boolean {
  // A program that broke off may have made a layer and not come to applying it.
  if (!whole && real.outputShape === undefined) return true;
  if (one.params !== undefined && typeof one.params === 'number' && one.params !== real.params) return false;
  // What comes after the end of the program would still freeze layers.
  if (whole && typeof one.trainableParams === 'number' && one.trainableParams !== real.trainableParams) return false;
  return shapeFits(one.outputShape, real.outputShape);
}

function shapeFits(read: unknown, real: unknown): boolean {
  if (read === undefined || typeof read === 'string') return true;
  if (Array.isArray(read)) return Array.isArray(real) && read.length === real.length && read.every((item, i) => shapeFits(item, real[i]));
  // A hole in a shape, which a missing option leaves, is null in what can be sent.
  return read === (real ?? null);
}

const isWhole = (one: LayerCase, real: RealInstance): boolean =>
  one.when === undefined &&
  same(one.outputShape, real.outputShape) &&
  one.params === real.params &&
  one.trainableParams === real.trainableParams;

/** A layer inside a wrapper has no inputs of its own: the wrapper answers for it. */
const isInside = (one: LayerCase): boolean => /^the layer is inside the /.test(one.unknown ?? '');
const isUnapplied = (one: LayerCase): boolean => one.unknown === 'the layer is not applied to anything that is read';

interface Group {
  readonly instance: RealInstance;
  count: number;
}

/** Real layers of one site, those that agree counted together: a layer that is applied twice with one outcome counts once. */
function groupsOf(instances: readonly RealInstance[]): Group[] {
  const groups = new Map<string, { instance: RealInstance; layers: Set<number> }>();
  for (const instance of instances) {
    const key = JSON.stringify([instance.outputShape, instance.params, instance.trainableParams]);
    const group = groups.get(key) ?? { instance, layers: new Set() };
    group.layers.add(instance.layer);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ instance, layers }) => ({ instance, count: layers.size }));
}

const showReal = ({ instance, count }: Group): string =>
  `${JSON.stringify(instance.outputShape)} ${instance.params} (${instance.trainableParams}) x${count}`;
const showRead = (site: Site): string =>
  site.cases
    .map(
      (one) =>
        `${JSON.stringify(one.outputShape)} ${one.params} (${one.trainableParams}) x${one.count}${one.when ? ` when ${one.when}` : ''}${one.unknown ? ` [${one.unknown}]` : ''}`,
    )
    .join(' | ') + (site.unknown === undefined ? '' : ` {${site.unknown}}`);

interface Bins {
  wrong: string[];
  missing: string[];
  sites: number;
  exact: number;
}

/** Compares one site. `whole`: the program ran to its end, so that the reader may not tell of more than there is. */
function compareSite(
  site: Site | undefined,
  instances: readonly RealInstance[],
  whole: boolean,
  limited: boolean,
  where: string,
  bins: Bins,
) {
  const left = groupsOf(instances);
  // What a program that breaks off leaves open does not count.
  const missing = whole ? bins.missing : [];
  if (whole) bins.sites++;
  const real = left.map(showReal).join(' | ');
  if (!site) {
    missing.push(`${where}: nothing is read; real ${real}`);
    return;
  }
  const say = (what: string): string => `${where}: ${what}; read ${showRead(site)}; real ${real || 'nothing'}`;
  let exact = true;
  const cases = [...site.cases].sort((a, b) => Number(typeof b.params === 'number') - Number(typeof a.params === 'number'));
  for (const one of cases) {
    if (isInside(one)) {
      left.length = 0;
      continue;
    }
    let open = one.count;
    for (const group of left) {
      if (open === 0) break;
      if (group.count === 0 || !fits(one, group.instance, whole)) continue;
      exact &&= isWhole(one, group.instance) || (isUnapplied(one) && group.instance.outputShape === undefined);
      const taken = Math.min(open, group.count);
      group.count -= taken;
      open -= taken;
    }
    if (open > 0 && one.when === undefined && whole && (one.outputShape !== undefined || one.params !== undefined)) {
      bins.wrong.push(say('a layer is told of that is not there'));
      return;
    }
    exact &&= open === 0 || !whole;
  }
  const missed = left.some(({ count }) => count > 0);
  if (missed && site.unknown === undefined && !limited) bins.wrong.push(say('layers are there that are not told of'));
  else if (missed || !exact) missing.push(say('not wholly read'));
  else if (whole) bins.exact++;
}

function compareModels(readings: readonly Reading[], real: RealRun, whole: boolean, bins: Bins): void {
  for (const reading of readings) {
    const bySite = new Map<string, (typeof reading.models)[number][]>();
    for (const model of reading.models) {
      const key = placeKey({ path: reading.path, ...model.call });
      bySite.set(key, [...(bySite.get(key) ?? []), model]);
    }
    for (const [key, models] of bySite) {
      const [first] = models;
      if (first && isAsleep(real, reading.path, first.call)) continue;
      const made = (real.models.get(key) ?? []).filter((one): one is RealModel => one !== undefined);
      for (const model of models) {
        if (typeof model.totalParams !== 'number') {
          if (made.length > 0 && whole) bins.missing.push(`model ${key}: totals ${model.totalParams}: ${model.graph.stop ?? ''}`);
          continue;
        }
        const fit = made.some((one) => one.totalParams === model.totalParams && one.trainableParams === model.trainableParams);
        if (!fit && whole && model.when === undefined)
          bins.wrong.push(
            `model ${key}: read ${model.totalParams} (${model.trainableParams}); real ${made.map((one) => `${one.totalParams} (${one.trainableParams})`).join(' | ') || 'nothing'}`,
          );
      }
      const known = models.filter((model) => typeof model.totalParams === 'number');
      if (whole && known.length === models.length)
        for (const one of made)
          if (!known.some((model) => model.totalParams === one.totalParams && model.trainableParams === one.trainableParams))
            bins.wrong.push(`model ${key}: real ${one.totalParams} (${one.trainableParams}) is not told of`);
    }
  }
}

/** Two layers of one name: TensorFlow.js refuses them as soon as the model is used, which a program made by chance need not do. */
const isRefusedLater = (problem: Problem): boolean => /All layer names should be unique/.test(problem.message);

const isCertainError = (problem: Problem): boolean => problem.severity === 'error' && problem.code !== 'syntax';

function compareErrors(files: Files, readings: readonly Reading[], real: RealRun, bins: Bins): void {
  const errors = readings.flatMap((reading) => reading.problems.filter(isCertainError).map((problem) => ({ path: reading.path, problem })));
  const { thrown } = real;
  if (!thrown) {
    // What the program itself catches is refused all the same.
    if (!real.cut && !real.caught)
      for (const { path, problem } of errors)
        if (!isAsleep(real, path, problem.span) && !isRefusedLater(problem))
          bins.wrong.push(`false alarm at ${path}#${problem.span.start}: ${problem.message}`);
    return;
  }
  if (!thrown.byTf) return;
  const { at } = thrown;
  const message = withoutCounts(thrown.message);
  const told = errors.filter(({ problem }) => withoutCounts(problem.message) === message.slice(0, problem.message.length));
  if (told.length > 0) {
    const isThere = told.some(({ path, problem: { span } }) => {
      // What a layer class' own build adds is refused where the layer is applied.
      if (at && /addWeight/.test((files[at.path] ?? '').slice(at.start, at.end))) return true;
      const inCall = at === undefined || (path === at.path && span.start >= at.start && span.end <= at.end);
      return inCall || [...real.layers.keys()].some((key) => keyHolds(key, path, span));
    });
    if (!isThere)
      bins.wrong.push(
        `error told at ${told.map((one) => one.problem.span.start).join()}, thrown at ${at ? placeKey(at) : '?'}: ${thrown.message}`,
      );
    return;
  }
  bins.missing.push(
    `error not told at ${at ? placeKey(at) : '?'}: ${thrown.message}; told: ${errors.map(({ problem }) => problem.message).join(' | ') || 'none'}`,
  );
}

/** Whether a place is in a function that never ran: what the reader says of it is what it would do if it did. */
const isAsleep = (real: RealRun, path: string, span: { readonly start: number; readonly end: number }): boolean =>
  real.asleep.some((one) => one.path === path && one.start <= span.start && span.end <= one.end);

function keyHolds(key: string, path: string, span: { readonly start: number; readonly end: number }): boolean {
  const [, file, start, end] = /^(.*)#(\d+)-(\d+)$/.exec(key) ?? [];
  return file === path && Number(start) <= span.start && span.end <= Number(end);
}

/** Holds what the reader says of a program against what TensorFlow.js did. */
export function compare(files: Files, readings: readonly Reading[], real: RealRun): Verdict {
  const bins: Bins = { wrong: [], missing: [], sites: 0, exact: 0 };
  const whole = !real.thrown && !real.cut;
  for (const reading of readings) {
    const limited = reading.limits.length > 0;
    if (limited && whole) bins.missing.push(`limits of ${reading.path}: ${reading.limits.join('; ')}`);
    const sites = new Map(reading.sites.map((site) => [placeKey({ path: reading.path, ...site.call }), site]));
    const places = new Set([...sites.keys(), ...[...real.layers.keys()].filter((key) => key.startsWith(`${reading.path}#`))]);
    for (const key of places) {
      const site = sites.get(key);
      const instances = real.layers.get(key) ?? [];
      // What never ran says nothing where the program broke off.
      if (instances.length === 0 && (!whole || site?.cases.length === 0 || (site && isAsleep(real, reading.path, site.call)))) continue;
      compareSite(site, instances, whole, limited, `${snippet(files, key)} ${key}`, bins);
    }
  }
  compareModels(readings, real, whole, bins);
  compareErrors(files, readings, real, bins);
  return bins;
}

function snippet(files: Files, key: string): string {
  const [, path = '', start, end] = /^(.*)#(\d+)-(\d+)$/.exec(key) ?? [];
  return (files[path] ?? '').slice(Number(start), Number(end)).replace(/\s+/g, ' ').slice(0, 60);
}
