import { isRefused, type Applied } from '../../layers/spec';
import type { CallAt, LayerCase, Way } from '../../model/reading';
import type { Shapes } from '../../model/shape';
import type { Machine } from '../machine';
import type { Literal } from '../state/assumptions';
import { nameOfLayer } from '../tf/entityMembers';
import type { Application, LayerValue } from '../tf/entities';
import { shapeAt } from '../tf/specs';
import { trainableOf } from '../tf/trainable';
import type { CallPlace } from '../values/native';
import { callerOf } from './caller';
import { callOf } from './customCalls';
import { macsOfCall } from './customCost';
import { Numbers } from './numbers';
import { mergeConfigs } from './plain';
import { pathKey, whenOf } from './when';
import { insideOf } from './wrapped';

/** One layer as it came out under one application. */
interface Instance {
  readonly layer: LayerValue;
  readonly literals: readonly Literal[];
  readonly shown: Omit<LayerCase, 'count' | 'calls' | 'when' | 'caller'>;
  /** Equal where two instances are shown as one case. */
  readonly key: string;
}

/** More cases than this that exist under conditions or for callers only are summed up in words. */
const MAX_CASES = 8;

/** A helper of a large net makes this many kinds of layers and more, all of them at once. */
const MAX_CERTAIN_CASES = 256;

/** The distinct layers of one site, and why a part of the answer is missing. */
export function casesOf(
  m: Machine,
  path: string,
  layers: readonly LayerValue[],
  alive: ReadonlySet<Application>,
): { readonly cases: readonly LayerCase[]; readonly unknown?: string } {
  const instances = layers.flatMap((layer) => instancesOf(m, layer, alive));
  const groups = new Map<string, Instance[]>();
  for (const instance of instances) {
    const group = groups.get(instance.key);
    if (group) group.push(instance);
    else groups.set(instance.key, [instance]);
  }
  const cases = [...groups.values()].map((group) => caseOf(m, path, group, layers));
  const open = cases.find((one) => one.unknown !== undefined)?.unknown;
  const certain = cases.every((one) => one.when === undefined && one.caller === undefined);
  const kept = cases.slice(0, certain ? MAX_CERTAIN_CASES : MAX_CASES);
  const left = cases.length - kept.length;
  const unknown = left > 0 ? (left === 1 ? 'one more case exists' : `${left} more cases exist`) : open;
  return { cases: kept, ...(unknown === undefined ? {} : { unknown }) };
}

function instancesOf(m: Machine, layer: LayerValue, alive: ReadonlySet<Application>): readonly Instance[] {
  const [only, ...others] = layer.history;
  if (only && others.length === 0 && alive.has(only)) return [applied(m, layer, only)];
  const all = layer.history.filter((application) => alive.has(application));
  // What a layer gives for something unknown says nothing beside what it gives for something known.
  const known = all.filter((application) => application.outcomes.length > 0 || application.unknown === undefined);
  const applications = known.length > 0 ? known : all;
  if (applications.length === 0) return [unapplied(m, layer)];
  return applications.map((application) => applied(m, layer, application));
}

function whyUnapplied(m: Machine, { wrapper }: LayerValue): string {
  if (!wrapper) return 'the layer is not applied to anything that is read';
  const file = m.modules.get(wrapper.origin.path)?.file;
  const line = file ? file.getLineAndCharacterOfPosition(wrapper.origin.name.start).line + 1 : '?';
  return `the layer is inside the ${wrapper.factory} at line ${line}, which builds it and counts its parameters`;
}

function unapplied(m: Machine, layer: LayerValue): Instance {
  const [constructed] = layer.constructed;
  const known = constructed && !isRefused(constructed) ? constructed : undefined;
  const inside = insideOf(m, layer);
  const shown = {
    name: nameOfLayer(layer) ?? '',
    config: known ? mergeConfigs([known.config], (samples) => samples[0] ?? '?') : {},
    unknown: layer.unknown ?? whyUnapplied(m, layer),
    ...(inside ? { inside } : {}),
  };
  return { layer, literals: layer.origin.literals, shown, key: keyOf(shown) };
}

const keyOf = ({ inputShape, outputShape, params, trainableParams, unknown }: Instance['shown']): string =>
  JSON.stringify([inputShape, outputShape, params, trainableParams, unknown]);

/** What is shown of an outcome that depends on nothing: an outcome is one object for all equal layers that are applied to equal shapes. */
const certain = new WeakMap<Applied, { readonly trainable: number | undefined; readonly shown: Instance['shown']; readonly key: string }>();

function applied(m: Machine, layer: LayerValue, application: Application): Instance {
  const [only] = application.outcomes;
  const { dependsOn, call, unknown } = application;
  const isCertain =
    application.outcomes.length === 1 && dependsOn.size === 0 && !call && unknown === undefined && application.inputs.length > 0;
  if (!only || isRefused(only) || !isCertain) return read(m, layer, application);
  const before = certain.get(only);
  const trainable = trainableOf(layer, only);
  if (!before || before.trainable !== trainable) {
    const instance = read(m, layer, application);
    certain.set(only, { trainable, shown: instance.shown, key: instance.key });
    return instance;
  }
  const name = nameOfLayer(layer) ?? only.name ?? '';
  const { shown, key } = before;
  return { layer, literals: literalsOf(layer, application), shown: shown.name === name ? shown : { ...shown, name }, key };
}

const literalsOf = ({ origin }: LayerValue, { literals }: Application): readonly Literal[] =>
  literals.length === 0
    ? origin.literals
    : [...origin.literals, ...literals.filter((one) => !origin.literals.some((other) => other.key === one.key))];

function read(m: Machine, layer: LayerValue, application: Application): Instance {
  const numbers = Numbers.over(m, application.dependsOn);
  const { outcomes } = application;
  const fine = outcomes.filter((outcome): outcome is Applied => !isRefused(outcome));
  const outputShape = numbers.outputShapes(outcomes);
  const inputShape = inputShapes(numbers, application);
  const params = numbers.of(outcomes, (one) => one.params);
  const trainable = numbers.of(outcomes, (one) => trainableOf(layer, one));
  const macs = fine.every((one) => one.macs !== undefined) ? numbers.of(outcomes, (one) => one.macs) : macsOfCall(m, application);
  const unknowns = numbers.namedIn(inputShape, outputShape, params);
  const unknown = application.unknown ?? (outputShape === undefined ? 'its shape differs from one size to another' : undefined);
  const shown = {
    name: nameOfLayer(layer) ?? fine[0]?.name ?? '',
    ...(inputShape === undefined ? {} : { inputShape }),
    ...(outputShape === undefined ? {} : { outputShape }),
    ...(params === undefined ? {} : { params }),
    ...(trainable === undefined ? {} : { trainableParams: trainable }),
    ...(macs === undefined ? {} : { macs }),
    ...callOf(m, application),
    ...(unknowns.length > 0 ? { unknowns } : {}),
    config: mergeConfigs(
      fine.map((one) => one.config),
      (samples) => numbers.count(samples),
    ),
    ...(unknown === undefined ? {} : { unknown }),
  };
  return { layer, literals: literalsOf(layer, application), shown, key: keyOf(shown) };
}

function inputShapes(numbers: Numbers, application: Application): Shapes | undefined {
  const count = Math.max(1, application.outcomes.length);
  const all = application.inputs.map((input) => numbers.shape(Array.from({ length: count }, (_, k) => shapeAt(input, k))));
  if (all.length === 0 || !all.every((shape) => shape !== undefined)) return undefined;
  return all.length === 1 ? all[0] : all;
}

function caseOf(m: Machine, path: string, group: readonly Instance[], site: readonly LayerValue[]): LayerCase {
  const [first] = group;
  if (!first) throw new Error('a case without layers');
  const layers = [...new Set(group.map((instance) => instance.layer))];
  const when = whenOf(group.map((instance) => instance.literals));
  const callers = layers.map(({ origin }) => callerOf(m, origin, path));
  const caller = callers.every((one) => one !== undefined) ? callers[0] : undefined;
  return {
    ...first.shown,
    count: countOf(group),
    calls: callsOf(m, layers, site),
    ...waysOf(m, layers),
    ...(when === undefined ? {} : { when }),
    ...(caller === undefined ? {} : { caller }),
  };
}

/** Layers that exist only on different sides of a condition never exist together. */
function countOf(group: readonly Instance[]): number {
  const byPath = new Map<string, Set<LayerValue>>();
  for (const { layer } of group) {
    const key = pathKey(layer.origin.literals);
    byPath.set(key, (byPath.get(key) ?? new Set()).add(layer));
  }
  const always = byPath.get('')?.size ?? 0;
  const sometimes = [...byPath].map(([key, layers]) => (key === '' ? 0 : layers.size));
  return always + Math.max(0, ...sometimes);
}

/** The calls that tell the layers of a site apart: the outermost at which their ways differ, else the one right above. */
function callsOf(m: Machine, layers: readonly LayerValue[], site: readonly LayerValue[]): LayerCase['calls'] {
  const depth = sharedDepth(site.map((layer) => layer.origin.callPath));
  const calls = new Map<string, { at: CallAt; count: number }>();
  for (const { origin } of layers) {
    const place = origin.callPath[depth] ?? origin.callPath.at(-1);
    if (!place) continue;
    const at = nameOf(m, place);
    const key = `${at.path}#${at.start}`;
    const known = calls.get(key);
    if (known) known.count++;
    else calls.set(key, { at, count: 1 });
  }
  return [...calls.values()];
}

const allNames = new WeakMap<Machine, Map<CallPlace, CallAt>>();

/** One object for all that a call led to, which is handed over once. */
function nameOf(m: Machine, place: CallPlace): CallAt {
  const names = allNames.get(m) ?? new Map<CallPlace, CallAt>();
  allNames.set(m, names);
  const known = names.get(place);
  if (known) return known;
  const { path, start, end, name } = place;
  const at = { path, start: name?.start ?? start, end: name?.end ?? end };
  const file = m.modules.get(path)?.file;
  const named = file ? { ...at, line: file.getLineAndCharacterOfPosition(at.start).line + 1 } : at;
  names.set(place, named);
  return named;
}

/** More ways than this are those of a recursion. */
const MAX_WAYS = 64;

function waysOf(m: Machine, layers: readonly LayerValue[]): Pick<LayerCase, 'ways'> {
  const ways = new Map<string, { readonly calls: Way['calls']; count: number }>();
  for (const { origin } of layers) {
    const key = origin.callPath.map(({ path, start }) => `${path}#${start}`).join(' ');
    const known = ways.get(key);
    if (known) known.count++;
    else if (origin.callPath.length > 0 && ways.size < MAX_WAYS)
      ways.set(key, { calls: origin.callPath.map((place) => nameOf(m, place)), count: 1 });
  }
  return ways.size === 0 ? {} : { ways: [...ways.values()] };
}

const samePlace = (a: CallPlace | undefined, b: CallPlace | undefined): boolean => a?.path === b?.path && a?.start === b?.start;

function sharedDepth(paths: readonly (readonly CallPlace[])[]): number {
  const [first = []] = paths;
  let depth = 0;
  while (depth < first.length && paths.every((path) => samePlace(path[depth], first[depth]))) depth++;
  return depth;
}
