import type { Reading, Site } from '../model/reading';
import { unknownsIn } from './config';
import type { Lines } from './lines';
import { escapeMarkdown } from './writing';

/** What is not known and why, and where the layers were asked for. */
export function reasons(reading: Reading, site: Site, lines: Lines): readonly string[] {
  const unknowns = [
    ...new Map(site.cases.flatMap((made) => unknownsIn(made.config)).map((unknown) => [unknown.$unknown, unknown])).values(),
  ];
  const why = [...new Set([site.unknown, ...site.cases.map((made) => made.unknown)])].filter((reason) => reason !== undefined);
  return [
    ...unknowns.slice(0, MAX_REASONS).map(({ $unknown, reason }) => `${escapeMarkdown($unknown)} is unknown: ${escapeMarkdown(reason)}`),
    ...why
      .filter((reason) => !unknowns.some((unknown) => unknown.reason === reason))
      .slice(0, MAX_REASONS)
      .map((reason) => `unknown: ${escapeMarkdown(reason)}`),
    ...calls(reading, site, lines),
  ];
}

const MAX_REASONS = 4;
const MAX_CALLS = 12;

/** `Calls: line 31 (×3) · 32 (×4)`: the calls of the helper that the layers are made in. */
function calls(reading: Reading, site: Site, lines: Lines): readonly string[] {
  const counts = new Map<string, number>();
  for (const { at, count } of site.cases.flatMap((made) => made.calls)) {
    const place = at.path === reading.path ? String(lines.lineOf(at.start)) : (at.path.split('/').at(-1) ?? '');
    counts.set(place, (counts.get(place) ?? 0) + count);
  }
  if (counts.size === 0) return [];
  const places = [...counts].slice(0, MAX_CALLS).map(([place, count]) => escapeMarkdown(place) + (count > 1 ? ` (×${count})` : ''));
  const more = counts.size > MAX_CALLS ? ` · and ${counts.size - MAX_CALLS} more` : '';
  return [`Calls: line ${places.join(' · ')}${more}`];
}
