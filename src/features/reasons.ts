import type { Reading, Site } from '../model/reading';
import { unknownsIn } from '../model/config';
import type { Lines } from './lines';
import { refusalOf } from './refusals';
import { statableNames, statementFor } from './stateIt';
import { whyNotRun } from './callLine';
import { grouped } from './grouped';
import { callsLine, placeLink } from './links';
import { escapeMarkdown } from './writing';

/** What TensorFlow.js refuses, what is not known and why, and where the layers were asked for. */
export function reasons(reading: Reading, site: Site, lines: Lines): readonly string[] {
  const unknowns = unknownsOf(site);
  const refusal = refused(reading, site, lines);
  // Where TensorFlow.js refuses this very layer, its words are the reason.
  // What a layer does inside its wrapper is told above.
  const outside = site.cases.filter(({ inside }) => !inside);
  const isInside = site.cases.length > 0 && outside.length === 0;
  const open = refusal.length > 0 || isInside ? [] : [site.unknown, ...outside.map((made) => made.unknown)];
  const why = [...new Set(open)].filter((reason) => reason !== undefined);
  return [
    ...refusal,
    ...unknownLines(unknowns),
    ...howToState(site),
    ...why
      .filter((reason) => !unknowns.some(([, other]) => other === reason))
      .slice(0, MAX_REASONS)
      .map((reason) => `unknown: ${escapeMarkdown(reason)}`),
    ...new Set(site.cases.flatMap(whyNotRun)),
    ...callsLine(
      site.cases.flatMap((made) => made.calls),
      reading.path,
      lines,
    ),
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
const MAX_NAMES = 6;

/** `units and rate are unknown: parameters of create`: names with one reason together. */
function unknownLines(unknowns: readonly (readonly [name: string, reason: string])[]): readonly string[] {
  const byReason = grouped(unknowns, ([, reason]) => reason);
  return [...byReason].slice(0, MAX_REASONS).map(([reason, named]) => {
    const names = named.slice(0, MAX_NAMES).map(([name]) => escapeMarkdown(name));
    const listed = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}` : (names[0] ?? '');
    return `${listed} ${named.length > 1 ? 'are' : 'is'} unknown: ${escapeMarkdown(reason)}`;
  });
}
