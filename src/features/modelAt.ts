import type { ModelRead, Reading, Site } from '../model/reading';
import { touches, type Span } from '../model/span';
import { madeIn } from './counting';
import { cut, shortName } from './writing';

export type Meant = { readonly model: ModelRead } | { readonly reason: string };

/**
 * The one model that a caret means: the model whose call it stands on, else the one that the layer on its line is part of, else the one of the
 * innermost function around it, else the file's only one. `line` is the caret's line. Where there is none, the reason, for people.
 */
export function modelAt(reading: Reading, offset: number, line: Span): Meant {
  if (reading.models.length === 0) return { reason: whyNone(reading) };
  const onCall = reading.models.filter(({ call, variable }) => touches(call, offset) || (variable && touches(variable, offset)));
  const found =
    best(onCall, offset) ?? best(ofLayers(reading, sitesOn(reading, offset, line)), offset) ?? best(inScope(reading, offset), offset);
  if (found) return { model: found };
  const calls = new Set(reading.models.map(({ name }) => name.start));
  const [only] = reading.models;
  if (calls.size === 1 && only) return { model: best(reading.models, offset) ?? only };
  return { reason: `The caret is in none of this file's models. Put it into one of: ${titles(reading.models)}.` };
}

/** The sites that a caret means: innermost call around it first, then what else stands on its line. */
export function sitesOn(reading: Reading, offset: number, line: Span): readonly Site[] {
  const around = reading.sites
    .filter(({ call }) => touches(call, offset))
    .sort((a, b) => a.call.end - a.call.start - (b.call.end - b.call.start));
  const named = ({ name, variable, applications }: Site): boolean =>
    [name, variable, ...applications].some((span) => span && overlaps(span, line));
  const pointed = reading.sites.filter(({ variable, applications }) =>
    [variable, ...applications].some((span) => span && touches(span, offset)),
  );
  return [...new Set([...pointed, ...around, ...reading.sites.filter(named)])];
}

const overlaps = (one: Span, other: Span): boolean => one.start <= other.end && other.start <= one.end;

/** Models with layers of the first of these sites that is in any. */
const ofLayers = (reading: Reading, sites: readonly Site[]): readonly ModelRead[] => {
  for (const { id } of sites) {
    const models = reading.models.filter(({ graph }) => madeIn(graph, id));
    if (models.length > 0) return models;
  }
  return [];
};

/** The models of the innermost function around the caret that has any. */
function inScope(reading: Reading, offset: number): readonly ModelRead[] {
  const around = reading.models.filter(({ scope }) => touches(scope, offset));
  const size = Math.min(...around.map(({ scope }) => scope.end - scope.start));
  return around.filter(({ scope }) => scope.end - scope.start === size);
}

/**
 * Of several: one whose function the caret is in; one that can be run; the last that was made before the caret, for what is made later is what it is all for.
 */
function best(models: readonly ModelRead[], offset: number): ModelRead | undefined {
  const within = models.filter(({ scope }) => touches(scope, offset));
  const candidates = within.length > 0 ? within : models;
  const sound = candidates.filter(({ error, graph }) => error === undefined && graph.stop === undefined);
  const able = sound.length > 0 ? sound : candidates;
  const before = able.filter(({ name }) => name.start <= offset);
  const at = Math.max(...(before.length > 0 ? before : able).map(({ name }) => name.start));
  // One call that built several models (for several callers): the first, as the hover shows them.
  return able.find(({ name }) => name.start === at);
}

function whyNone(reading: Reading): string {
  const [limit] = reading.limits;
  if (limit !== undefined) return `No model was found before reading stopped: ${cut(limit, 200)}.`;
  if (reading.sites.length === 0) return 'This file defines no model: there is no call of tf.sequential or tf.model that makes one.';
  const count = reading.sites.length === 1 ? 'A layer is' : `${reading.sites.length} layers are`;
  return `${count} made in this file, but no call of tf.sequential or tf.model that puts them together could be followed.`;
}

const titles = (models: readonly ModelRead[]): string => [...new Set(models.map(({ title }) => shortName(title)))].slice(0, 8).join(', ');
