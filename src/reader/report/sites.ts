import type { ts } from 'ts-morph';
import { classNameOf } from '../../layers/factories';
import { nearestKey, optionKeysOf } from '../../layers/optionKeys';
import type { OptionSite, Site } from '../../model/reading';
import type { Span } from '../../model/span';
import type { Machine } from '../machine';
import type { Application, LayerValue } from '../tf/entities';
import { casesOf } from './cases';
import { assignedName, enclosingFunction, factoryCalls, nodeSpanning, optionSites, spanOf } from './syntax';

export const siteId = (path: string, name: Span): string => `${path}#${name.start}`;

/** The sites of one file, in the order of the source. */
export function sitesOf(m: Machine, path: string, file: ts.SourceFile): readonly Site[] {
  const alive = new Set(m.applications);
  const bySite = new Map<number, LayerValue[]>();
  for (const layer of m.layers) {
    const { origin } = layer;
    if (origin.path !== path) continue;
    const known = bySite.get(origin.name.start);
    if (known) known.push(layer);
    else bySite.set(origin.name.start, [layer]);
  }
  const applications = usesBySite(m, path);
  const made = [...bySite].flatMap(([start, layers]) => {
    const site = siteFrom(m, path, file, layers, alive, applications.get(start) ?? []);
    return site ? [site] : [];
  });
  const reached = new Set(bySite.keys());
  const open = openSites(m, path, file, reached);
  for (const { name } of open) reached.add(name.start);
  return [...made, ...open, ...unreached(path, file, reached)].sort((a, b) => a.name.start - b.name.start);
}

function usesBySite(m: Machine, path: string): ReadonlyMap<number, readonly Span[]> {
  const uses = new Map<number, Span[]>();
  for (const ofToken of m.uses.values()) {
    for (const { path: at, start, end, layer } of ofToken.values()) {
      if (at !== path || layer.origin.path !== path) continue;
      const site = layer.origin.name.start;
      const known = uses.get(site);
      if (known) known.push({ start, end });
      else uses.set(site, [{ start, end }]);
    }
  }
  return uses;
}

function siteFrom(
  m: Machine,
  path: string,
  file: ts.SourceFile,
  layers: readonly LayerValue[],
  alive: ReadonlySet<Application>,
  applications: readonly Span[],
): Site | undefined {
  const [first] = layers;
  if (!first) return undefined;
  const call = nodeSpanning(file, first.origin.call.start, first.origin.call.end);
  // `layer: tf.layers.dense(…)` names the wrapper's option, not the layer.
  const variable = call && !first.wrapper ? assignedName(file, call) : undefined;
  const options = call ? optionSites(file, call) : [];
  return {
    id: siteId(path, first.origin.name),
    name: first.origin.name,
    call: first.origin.call,
    ...(variable ? { variable } : {}),
    applications,
    options,
    ...ignoredBy(layers, options),
    ...(call ? helperOf(file, call, layers) : {}),
    factory: namesOf(layers, (layer) => layer.factory),
    className: namesOf(layers, (layer) => (layer.custom ? layer.factory : (classNameOf(layer.factory) ?? layer.factory))),
    ...casesOf(m, path, layers, alive),
  };
}

/** The function around a site. Each of its calls is a place on the way to its layers, of its own even where one line calls in a loop. */
function helperOf(file: ts.SourceFile, call: ts.Node, layers: readonly LayerValue[]): Pick<Site, 'helper' | 'helperSpan' | 'helperCalls'> {
  const around = enclosingFunction(file, call);
  if (around?.name === undefined) return {};
  const calls = new Set(layers.flatMap(({ origin }) => origin.callPath.at(-1) ?? []));
  return { helper: around.name, helperSpan: around.span, helperCalls: calls.size };
}

/** Options of TensorFlow.js' own layers that none of the line's layers looks at. */
function ignoredBy(layers: readonly LayerValue[], options: readonly OptionSite[]): Pick<Site, 'ignored'> {
  const keys = layers.map((layer) => (layer.custom ? undefined : optionKeysOf(layer.factory)));
  const [first] = keys;
  if (!first || !keys.every((one) => one !== undefined)) return {};
  const ignored = options.filter(({ key }) => keys.every((one) => !one.has(key)));
  if (ignored.length === 0) return {};
  const meant = ({ key }: OptionSite): string | undefined => nearestKey(key, first);
  return { ignored: ignored.map((option) => ({ key: option.key, ...(meant(option) === undefined ? {} : { nearest: meant(option) }) })) };
}

/** One line may make layers of several kinds: `LSTM | GRU`. */
const namesOf = (layers: readonly LayerValue[], read: (layer: LayerValue) => string): string => [...new Set(layers.map(read))].join(' | ');

/** Calls that make a layer of a kind that is not known. */
function openSites(m: Machine, path: string, file: ts.SourceFile, reached: ReadonlySet<number>): readonly Site[] {
  return [...m.openFactories.values()].flatMap(({ at, reason }) => {
    const name = at.name ?? at;
    if (at.path !== path || reached.has(name.start)) return [];
    const call = nodeSpanning(file, at.start, at.end);
    const helper = call && enclosingFunction(file, call)?.name;
    const variable = call && assignedName(file, call);
    return [
      {
        id: siteId(path, { start: name.start, end: name.end }),
        name: { start: name.start, end: name.end },
        call: { start: at.start, end: at.end },
        ...(variable ? { variable } : {}),
        applications: [],
        options: call ? optionSites(file, call) : [],
        ...(helper === undefined ? {} : { helper }),
        factory: 'layer',
        className: 'Layer',
        cases: [],
        unknown: reason,
      },
    ];
  });
}

/** Calls of factories that no way through the program reached. */
function unreached(path: string, file: ts.SourceFile, reached: ReadonlySet<number>): readonly Site[] {
  return factoryCalls(file)
    .filter(({ name }) => !reached.has(name.start))
    .map(({ factory, name, call }) => ({
      id: siteId(path, name),
      name,
      call: spanOf(file, call),
      applications: [],
      options: optionSites(file, call),
      factory,
      className: classNameOf(factory) ?? factory,
      cases: [],
      unknown: 'no way through the program that could be followed reaches this line',
    }));
}
