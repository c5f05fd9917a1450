import type { Reading, Site } from '../model/reading';
import { unknownsIn } from '../model/config';
import type { Lines } from './lines';
import { refusalOf } from './refusals';
import { statableNames, statementFor } from './stateIt';
import { placeLink } from './links';
import { escapeMarkdown } from './writing';

/** What TensorFlow.js refuses, what is not known and why, and where the layers were asked for. */
export function reasons(reading: Reading, site: Site, lines: Lines): readonly string[] {
  const unknowns = unknownsOf(site);
  const refusal = refused(reading, site, lines);
  // Where TensorFlow.js refuses this very layer, its words are the reason.
  const open = refusal.length > 0 ? [] : [site.unknown, ...site.cases.map((made) => made.unknown)];
  const why = [...new Set(open)].filter((reason) => reason !== undefined);
  return [
    ...refusal,
    ...unknowns.slice(0, MAX_REASONS).map(([name, reason]) => `${escapeMarkdown(name)} is unknown: ${escapeMarkdown(reason)}`),
    ...howToState(site),
    ...why
      .filter((reason) => !unknowns.some(([, other]) => other === reason))
      .slice(0, MAX_REASONS)
      .map((reason) => `unknown: ${escapeMarkdown(reason)}`),
    ...calls(reading, site, lines),
  ];
}

/** Names of open values with the reason of each: those that formulas speak of, and those that stand in options. */
function unknownsOf({ cases }: Site): readonly (readonly [name: string, reason: string])[] {
  const named = cases.flatMap(({ unknowns }) => unknowns ?? []).map(({ name, reason }) => [name, reason] as const);
  const inOptions = cases.flatMap(({ config }) => unknownsIn(config)).map(({ $unknown, reason }) => [$unknown, reason] as const);
  return [...new Map([...inOptions, ...named])];
}

/** `State it: // @shape numClasses = 10`: what gives the formulas their numbers. */
function howToState(site: Site): readonly string[] {
  const names = statableNames(site);
  return names.length === 0 ? [] : [`State ${names.length === 1 ? 'it' : 'them'}: \`${statementFor(names)}\``];
}

/** The words of TensorFlow.js, and the places that led there as the source's lines. */
function refused(reading: Reading, site: Site, lines: Lines): readonly string[] {
  const problem = refusalOf(reading, site);
  if (!problem) return [];
  const related = (problem.related ?? [])
    .filter(({ at }) => at.path === reading.path)
    .slice(0, MAX_REASONS)
    .map(({ at, message }) => `line ${placeLink(at, lines.lineOf(at.start))}: ${escapeMarkdown(message)}`);
  return [escapeMarkdown(problem.message), ...related];
}

const MAX_REASONS = 4;
const MAX_CALLS = 12;

/** `Calls: line 31 (×3) · 32 (×4)`, each a link: the calls of the helper that the layers are made in. */
function calls(reading: Reading, site: Site, lines: Lines): readonly string[] {
  const counts = new Map<string, number>();
  for (const { at, count } of site.cases.flatMap((made) => made.calls)) {
    const place = placeLink(at, at.path === reading.path ? lines.lineOf(at.start) : undefined);
    counts.set(place, (counts.get(place) ?? 0) + count);
  }
  if (counts.size === 0) return [];
  const places = [...counts].slice(0, MAX_CALLS).map(([place, count]) => place + (count > 1 ? ` (×${count})` : ''));
  const more = counts.size > MAX_CALLS ? ` · and ${counts.size - MAX_CALLS} more` : '';
  return [`Calls: line ${places.join(' · ')}${more}`];
}
