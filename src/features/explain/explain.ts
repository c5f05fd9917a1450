import type { LayerCase, Problem, Reading, Site } from '../../model/reading';
import { isShapeList } from '../../model/shape';
import type { Span } from '../../model/span';
import { windowsOf, AXIS_NAMES, type Window } from '../../model/windows';
import { siteAt } from '../quickFixes/fix';
import { itemsIn } from '../quickFixes/scan';
import { blamedOption } from './blame';
import { madeShapes, type Names } from './made';

/** Codes of what TensorFlow.js itself throws about layers. */
const REFUSALS = new Set(['shape-mismatch', 'layer-options', 'layer-name']);

/**
 * A refusal in the words of TensorFlow.js, put where a person can act on it: on the option that it is about, with the arithmetic behind it, and
 * with the lines that made the shapes. `text` is the text that was read.
 */
export function explained(reading: Reading, text: string, problem: Problem): Problem {
  if (problem.severity !== 'error' || !REFUSALS.has(problem.code)) return problem;
  const site = problem.code === 'layer-name' ? secondOfItsName(reading, text, problem) : siteAt(reading, problem.span);
  const related = madeShapes(reading, problem.related ?? [], site ? namesOf(site, text, problem) : []);
  if (!site) return { ...problem, related };
  // The first layer of a Sequential states the shape that it gets.
  const stated = site.options.find(({ key }) => key === 'inputShape' || key === 'batchInputShape');
  const isStated = ({ at }: { readonly at: Span }): boolean => stated !== undefined && at.start === site.call.start;
  const option = blamedOption(problem.message, site, text) ?? (related.some(isStated) ? stated : undefined);
  const isElsewhere = option !== undefined && problem.span.start >= site.call.end;
  return {
    ...problem,
    span: option?.span ?? problem.span,
    message: problem.message + (arithmetic(problem.message, site) ?? ''),
    related: [
      ...related.flatMap((one) =>
        !stated || !isStated(one) ? [one] : option === stated ? [] : [{ ...one, at: { ...one.at, ...stated.span } }],
      ),
      ...(isElsewhere ? [{ at: { path: reading.path, ...problem.span }, message: 'the layer is applied here' }] : []),
      ...callsThatFail(reading, site, problem),
      ...(problem.code === 'layer-name' ? firstOfItsName(reading, text, problem, site) : []),
    ],
  };
}

/** `: (6 + 0 - 9)/1 + 1 = -2 rows`, where a window is larger than what it slides over. */
function arithmetic(message: string, site: Site): string | undefined {
  if (!message.startsWith('Negative dimension size')) return undefined;
  for (const one of site.cases) {
    const found = tooLarge(site, one);
    if (!found) continue;
    const { window, axis, of } = found;
    const extent = (window.kernel - 1) * window.dilation + 1;
    const size = Math.floor((window.size - extent) / window.stride) + 1;
    const sum = `(${window.size} + 0 - ${extent})/${window.stride} + 1`;
    const rounded = (window.size - extent) % window.stride === 0 ? sum : `⌊(${window.size} + 0 - ${extent})/${window.stride}⌋ + 1`;
    return `: ${rounded} = ${size} ${AXIS_NAMES[of]?.[axis] ?? 'element'}s`;
  }
  return undefined;
}

function tooLarge(
  { className }: Site,
  { config, inputShape }: LayerCase,
): { readonly window: Window; readonly axis: number; readonly of: number } | undefined {
  const windows = inputShape && !isShapeList(inputShape) ? windowsOf(className, config, inputShape) : undefined;
  const axis = windows?.findIndex(({ size, kernel, dilation }) => (kernel - 1) * dilation + 1 > size) ?? -1;
  const window = windows?.[axis];
  return windows && window ? { window, axis, of: windows.length } : undefined;
}

/** The names of what a merge is applied to: `[shortcut, y]`. */
function namesOf(site: Site, text: string, { span }: Problem): Names {
  const open = /^\s*\(\s*/.exec(text.slice(span.end, span.end + 200));
  if (!open || !site.applications.some(({ start }) => start === span.start)) return [];
  const start = span.end + open[0].length;
  const items = text[start] === '[' ? itemsIn(text, start)?.items : itemsIn(text, span.end + open[0].indexOf('('))?.items;
  return (items ?? []).map((item) => nameIn(text.slice(item.start, item.end)));
}

const nameIn = (item: string): string | undefined => /^([A-Za-z_$][\w$]{0,40})(?:\s+as\s+[\w$.]+)?$/.exec(item)?.[1];

/** In a helper: the calls of it for which the layer is refused, where it is fine for others. */
function callsThatFail(reading: Reading, site: Site, { span }: Problem): NonNullable<Problem['related']> {
  const isOwn = (at: Span): boolean => at.start === site.call.start || at.start === span.start;
  const failing = site.cases.filter(({ outputShape }) => outputShape === undefined);
  if (failing.length === site.cases.length) return [];
  return failing
    .flatMap(({ calls }) => calls)
    .filter(({ at }) => at.path === reading.path && !isOwn(at))
    .slice(0, MAX_CALLS)
    .map(({ at }) => ({ at, message: 'it is called here' }));
}

const MAX_CALLS = 3;

const NAME = /[Tt]he name "([^"]{1,200})" is used/;

/** Sites whose layers are called so in the source. */
function named(reading: Reading, text: string, { message }: Problem): readonly Site[] {
  const name = NAME.exec(message)?.[1];
  if (name === undefined) return [];
  return reading.sites.filter((site) => {
    const value = site.options.find(({ key }) => key === 'name')?.value;
    return value !== undefined && /^(['"`])(.*)\1$/s.exec(text.slice(value.start, value.end))?.[2] === name;
  });
}

/** The later of two lines that give one name, or the one line that gives it several times. */
const secondOfItsName = (reading: Reading, text: string, problem: Problem): Site | undefined => {
  const sites = named(reading, text, problem);
  return sites[1] ?? sites[0];
};

function firstOfItsName(reading: Reading, text: string, problem: Problem, second: Site): NonNullable<Problem['related']> {
  const [first] = named(reading, text, problem);
  const at = first && first !== second ? first.options.find(({ key }) => key === 'name') : undefined;
  return at ? [{ at: { path: reading.path, ...at.span }, message: 'the same name' }] : [];
}
