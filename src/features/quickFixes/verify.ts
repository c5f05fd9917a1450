import type { Problem, Reading, Site } from '../../model/reading';
import { isShapeList, showCount, showShape, type Shapes } from '../../model/shape';
import type { Span } from '../../model/span';
import type { Trial, TrialSite } from '../../model/trial';
import { distinctOutputs } from '../cases';
import { totalOf } from '../counting';
import { before, type Candidate } from './fix';

/** @param problems all of the reading's, as `diagnosticsOf` gives them. */
export const trialOf = (reading: Reading, problems: readonly Problem[]): Trial => ({
  problems: problems.map(({ code, severity, span }) => ({ code, severity, span })),
  sites: reading.sites.map(trialSite),
  totals: reading.models.map(({ totalParams }) => totalParams),
  limits: reading.limits.length,
});

function trialSite(site: Site): TrialSite {
  const params = totalOf(site.cases, 'params');
  return {
    name: site.name,
    call: site.call,
    outputs: distinctOutputs(site),
    params: typeof params === 'number' ? params : undefined,
    isKnown: site.unknown === undefined && site.cases.every(({ outputShape }) => outputShape !== undefined),
  };
}

/**
 * What a change came to, for its title: ` → [null, 28, 28, 128] (+8,320 params)`. undefined where the problem stays, another error appears, a
 * warning appears on what was known before, or the shape is not known: such a change is not offered.
 */
export function verdictOn(candidate: Candidate, problem: Problem | undefined, then: Trial, now: Trial): string | undefined {
  const { edits, shows } = candidate;
  const back = ({ start, end }: Span): Span => ({ start: before(edits, start), end: before(edits, end) });
  const isSame = (one: Trial['problems'][number], other: { readonly code: string; readonly span: Span }): boolean =>
    one.code === other.code && overlap(back(one.span), other.span);
  if (now.limits > then.limits) return undefined;
  const serious = now.problems.filter(({ severity }) => severity !== 'hint' && severity !== 'information');
  if (problem && now.problems.some((one) => isSame(one, problem))) return undefined;
  for (const one of serious) {
    if (then.problems.some((other) => isSame(one, other))) continue;
    const there = back(one.span);
    const site = then.sites.find(({ call }) => overlap(call, there));
    // What failed hid what comes after it; a warning there is news, but not the change's doing.
    if (one.severity === 'error' || !site || site.isKnown) return undefined;
  }
  const shown = now.sites.find(({ name }) => (shows === undefined ? isInserted(candidate, name) : isAt(candidate, name, shows)));
  if (!shown?.isKnown || shown.outputs.length === 0) return undefined;
  return ` → ${showOutputs(shown.outputs)}${difference(candidate, then, now)}`;
}

const overlap = (one: Span, other: Span): boolean => one.start <= other.end && other.start <= one.end;

/** True where a name of the new text was put in by an edit. */
function isInserted({ edits }: Candidate, { start, end }: Span): boolean {
  let grown = 0;
  return edits.some((edit) => {
    const from = edit.start + grown;
    grown += edit.text.length - (edit.end - edit.start);
    return from <= start && end <= from + edit.text.length;
  });
}

const isAt = (candidate: Candidate, name: Span, start: number): boolean =>
  !isInserted(candidate, name) && before(candidate.edits, name.start) === start;

const showOutputs = (outputs: readonly Shapes[]): string => {
  const shown = outputs.map((shapes) => (isShapeList(shapes) ? shapes.map(showShape).join(', ') : showShape(shapes)));
  return shown.length > 1 ? `${shown[0] ?? ''} … ${shown.at(-1) ?? ''}` : (shown[0] ?? '');
};

/** ` (+8,320 params)`: of what was put in; in all where only now all is known; else the change of what was known before. */
function difference(candidate: Candidate, then: Trial, now: Trial): string {
  const put = now.sites.filter(({ name }) => isInserted(candidate, name));
  if (candidate.shows === undefined) return showChange(sumOf(put));
  const [total] = now.totals;
  if (now.totals.length === 1 && typeof total === 'number' && typeof then.totals[0] !== 'number')
    return ` (${showCount(total)} params in all)`;
  const changes = now.sites.map(({ name, params }) => {
    const old = then.sites.find((site) => isAt(candidate, name, site.name.start))?.params;
    return params === undefined || old === undefined ? 0 : params - old;
  });
  return showChange(sumOf(put) + changes.reduce((sum, one) => sum + one, 0));
}

const sumOf = (sites: readonly TrialSite[]): number => sites.reduce((sum, { params }) => sum + (params ?? 0), 0);

const showChange = (change: number): string =>
  change === 0 ? ' (params unchanged)' : ` (${change > 0 ? '+' : '−'}${showCount(Math.abs(change))} params)`;
