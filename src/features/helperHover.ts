import type { CallAt, Helper, LayerCase, Reading } from '../model/reading';
import { shapeList, showCount, showShort } from '../model/shape';
import { touches, type SourceSpan, type Span } from '../model/span';
import { distinctOutputs } from './cases';
import { total } from './counting';
import type { HoverAnswer } from '../model/hoverAnswer';
import { Lines } from './lines';
import { callsLine } from './links';
import { madeThrough, type Made } from './madeThrough';
import { modelHover } from './modelHover';
import { showLarge } from './units';
import { columns, hoverText, labelled, roomFor, shortName } from './writing';

/** The hover of a function that builds layers: at its name, all that its calls made; at a call, what that call made; of one that builds a model, the model. */
export function helperHover(reading: Reading, text: string, offset: number): HoverAnswer | undefined {
  return atDeclaration(reading, text, offset) ?? atCall(reading, text, offset);
}

function atDeclaration(reading: Reading, text: string, offset: number): HoverAnswer | undefined {
  const helper = reading.helpers?.find(({ nameSpan }) => touches(nameSpan, offset));
  if (!helper) return undefined;
  const model = modelIn(reading, helper, helper.nameSpan);
  if (model) return model;
  const made = madeThrough(reading, (site) => isInside(reading, helper, { path: reading.path, ...site.name }), within(reading, helper));
  const links = callLinks(reading, helper, new Lines(text));
  return { span: helper.nameSpan, markdown: told(helper.name, made, links), about: made.map(({ site }) => site.id) };
}

const isInside = ({ path }: Reading, { span }: Helper, place: SourceSpan): boolean =>
  place.path === path && span.start <= place.start && place.end <= span.end;

const within =
  (reading: Reading, helper: Helper) =>
  (place: SourceSpan): boolean =>
    isInside(reading, helper, place);

/** Who points at the function that builds a model asks for the model. */
function modelIn({ models }: Reading, { span, name }: Helper, at: Span): HoverAnswer | undefined {
  const own = models.filter(({ scope, title }) => scope.start === span.start && scope.end === span.end && title === name);
  const [first] = own;
  return first && { span: at, markdown: modelHover(own), about: own.map(({ id }) => id) };
}

/** What one call of a helper made: of each line in it, the layers that came through this call. */
function atCall(reading: Reading, text: string, offset: number): HoverAnswer | undefined {
  const isHere = (at: SourceSpan): boolean => at.path === reading.path && touches(at, offset);
  const at = waysOf(reading)
    .flatMap(({ calls }) => calls)
    .find(isHere);
  if (!at) return undefined;
  const name = text.slice(at.start, at.end);
  const helper = reading.helpers?.filter((one) => one.name === name) ?? [];
  const [only, ...others] = helper;
  const model = only && others.length === 0 ? modelIn(reading, only, { start: at.start, end: at.end }) : undefined;
  if (model) return model;
  const made = madeThrough(reading, () => false, isHere);
  return { span: { start: at.start, end: at.end }, markdown: told(name, made, []), about: made.map(({ site }) => site.id) };
}

const waysOf = ({ sites }: Reading): readonly NonNullable<LayerCase['ways']>[number][] =>
  sites.flatMap(({ cases }) => cases.flatMap(({ ways = [] }) => ways));

function told(name: string, made: readonly Made[], prose: readonly string[]): string {
  const cases = made.flatMap((one) => one.cases);
  const layers = cases.reduce((sum, { count }) => sum + count, 0);
  const params = sumOf(cases);
  const macs = total(cases.map(({ macs: one, count }) => ({ count: one, times: count })));
  const certain = cases.every(({ when, caller }) => when === undefined && caller === undefined);
  const cost = certain && typeof macs === 'number' && macs > 0 ? [labelled('cost', `${showLarge(macs)} MACs`)] : [];
  const room = roomFor(prose.length) - 1 - cost.length;
  const rows = made.slice(0, made.length > room ? room - 1 : room).map(rowOf);
  const more = made.length - rows.length;
  const sum = certain && params !== undefined ? `, ${params === '0' ? 'no' : params} params` : '';
  const head = `${shortName(name)}   makes ${layers} layer${layers === 1 ? '' : 's'}${sum}`;
  return hoverText([head, ...columns(rows), ...(more > 0 ? [`… and ${more} more lines of it`] : []), ...cost], prose);
}

function rowOf({ site, cases }: Made): readonly string[] {
  const outputs = distinctOutputs({ ...site, cases }).map((shapes) => shapeList(shapes).map(showShort).join(', '));
  const [first = '?', last = first] = [outputs[0], outputs.at(-1)];
  const params = sumOf(cases);
  return [
    shortName(site.className),
    `×${cases.reduce((sum, { count }) => sum + count, 0)}`,
    `→ ${first}${last === first ? '' : ` … ${last}`}`,
    // A column of zeros says nothing.
    params === undefined || params === '0' ? '' : params,
  ];
}

function sumOf(cases: readonly LayerCase[]): string | undefined {
  const sum = total(cases.map(({ params, count }) => ({ count: params, times: count })));
  return sum === undefined || sum === '?' ? undefined : showCount(sum);
}

/** The calls that lead into a helper, each once, in the order of the source. */
function callLinks(reading: Reading, helper: Helper, lines: Lines): readonly string[] {
  const places = new Map<string, CallAt>();
  for (const site of reading.sites) {
    const isOwn = isInside(reading, helper, { path: reading.path, ...site.name });
    for (const { calls } of site.cases.flatMap(({ ways = [] }) => ways)) {
      // Before the first place inside of it stands the call of it; a layer that it makes itself comes right after its last.
      const first = calls.findIndex((place) => isInside(reading, helper, place));
      const at = first >= 0 ? calls[first - 1] : isOwn ? calls.at(-1) : undefined;
      if (at) places.set(`${at.path}#${at.start}`, at);
    }
  }
  const inOrder = [...places.values()].sort((a, b) => a.start - b.start);
  // Calls of one line are one place to go to.
  const byLine = new Map(inOrder.map((at) => [`${at.path}:${at.line ?? at.start}`, { at, count: 1 }]));
  return callsLine([...byLine.values()], reading.path, lines);
}
