import type { LayerCase, Reading, Site } from '../model/reading';
import { shapeList, showCount, showShort } from '../model/shape';
import { touches, type Span } from '../model/span';
import { distinctOutputs } from './cases';
import { total } from './counting';
import type { HoverAnswer } from './hoverAnswer';
import { Lines } from './lines';
import { placeLink } from './links';
import { columns, hoverText, roomFor, shortName } from './writing';

const MAX_CALLS = 12;

/** The hover of a function that builds layers: at its name, all that its calls made; at a call, what that call made. */
export function helperHover(reading: Reading, text: string, offset: number): HoverAnswer | undefined {
  return atDeclaration(reading, text, offset) ?? atCall(reading, text, offset);
}

function atDeclaration(reading: Reading, text: string, offset: number): HoverAnswer | undefined {
  const found = reading.sites.find((site) => {
    const span = nameOf(site, text);
    return span && touches(span, offset);
  });
  const span = found && nameOf(found, text);
  if (!found || !span) return undefined;
  const sites = reading.sites.filter(({ helper, helperSpan }) => helper === found.helper && helperSpan?.start === found.helperSpan?.start);
  const links = callLinks(reading, sites, new Lines(text));
  return { span, markdown: told(shortName(found.helper ?? ''), madeAll(sites), links), about: sites.map(({ id }) => id) };
}

/** Where a helper's name stands: the first time that it is written in it. */
function nameOf({ helper, helperSpan }: Site, text: string): Span | undefined {
  if (helper === undefined || !helperSpan || !/^[\w$]+$/.test(helper)) return undefined;
  const at = new RegExp(`(?<![\\w$.])${helper.replace(/\$/g, '\\$&')}(?![\\w$])`).exec(
    text.slice(helperSpan.start, helperSpan.start + LONGEST_HEAD),
  );
  return at ? { start: helperSpan.start + at.index, end: helperSpan.start + at.index + helper.length } : undefined;
}

/** A function's name comes within so many characters, decorators and modifiers before it. */
const LONGEST_HEAD = 200;

/** What one call of a helper made: of each line in it, the layers that came through this call. */
function atCall(reading: Reading, text: string, offset: number): HoverAnswer | undefined {
  const isHere = ({ at }: LayerCase['calls'][number]): boolean => at.path === reading.path && touches(at, offset);
  const first = reading.sites.flatMap(({ cases }) => cases.flatMap(({ calls }) => calls)).find(isHere);
  if (!first) return undefined;
  const made = reading.sites.flatMap((site) =>
    site.cases.flatMap((one) => {
      const count = one.calls.filter(isHere).reduce((sum, { count: times }) => sum + times, 0);
      return count > 0 ? [{ site, cases: [{ ...one, count }] }] : [];
    }),
  );
  return {
    span: { start: first.at.start, end: first.at.end },
    markdown: told(text.slice(first.at.start, first.at.end), made, []),
    about: made.map(({ site }) => site.id),
  };
}

interface Made {
  readonly site: Site;
  readonly cases: readonly LayerCase[];
}

const madeAll = (sites: readonly Site[]): readonly Made[] => sites.map((site) => ({ site, cases: site.cases }));

function told(name: string, made: readonly Made[], prose: readonly string[]): string {
  const cases = made.flatMap((one) => one.cases);
  const layers = cases.reduce((sum, { count }) => sum + count, 0);
  const params = sumOf(cases);
  const certain = cases.every(({ when, caller }) => when === undefined && caller === undefined);
  const room = roomFor(prose.length) - 1;
  const rows = made.slice(0, made.length > room ? room - 1 : room).map(rowOf);
  const more = made.length - rows.length;
  const head = `${shortName(name)}   makes ${layers} layer${layers === 1 ? '' : 's'}${certain && params !== undefined ? `, ${params} params` : ''}`;
  return hoverText([head, ...columns(rows), ...(more > 0 ? [`… and ${more} more lines of it`] : [])], prose);
}

function rowOf({ site, cases }: Made): readonly string[] {
  const outputs = distinctOutputs({ ...site, cases }).map((shapes) => shapeList(shapes).map(showShort).join(', '));
  const [first = '?', last = first] = [outputs[0], outputs.at(-1)];
  return [
    shortName(site.className),
    `×${cases.reduce((sum, { count }) => sum + count, 0)}`,
    `→ ${first}${last === first ? '' : ` … ${last}`}`,
    sumOf(cases) ?? '',
  ];
}

function sumOf(cases: readonly LayerCase[]): string | undefined {
  const sum = total(cases.map(({ params, count }) => ({ count: params, times: count })));
  return sum === undefined || sum === '?' ? undefined : showCount(sum);
}

/** `Calls: line 31 · 32`, each call once, in the order of the source. */
function callLinks(reading: Reading, sites: readonly Site[], lines: Lines): readonly string[] {
  const places = new Map<string, LayerCase['calls'][number]['at']>();
  for (const { at } of sites.flatMap(({ cases }) => cases.flatMap(({ calls }) => calls))) places.set(`${at.path}#${at.start}`, at);
  if (places.size === 0) return [];
  const inOrder = [...places.values()].sort((a, b) => a.start - b.start);
  const links = [...new Set(inOrder.map((at) => placeLink(at, at.path === reading.path ? lines.lineOf(at.start) : undefined)))];
  const more = links.length > MAX_CALLS ? ` · and ${links.length - MAX_CALLS} more` : '';
  return [`Calls: line ${links.slice(0, MAX_CALLS).join(' · ')}${more}`];
}
