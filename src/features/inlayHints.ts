import type { ModelRead, Reading, Site } from '../model/reading';
import { isShapeList, shapeList, showShort, type Count, type Shape, type Shapes } from '../model/shape';
import { touches, type Span } from '../model/span';
import { distinctOutputs, leavesShapes, showFlow } from './cases';
import { countLayers, isWhole, layersMade, totalOf } from './counting';
import { refusalOf } from './refusals';
import { fitCount } from './units';
import { cut, oneLine, shortName } from './writing';

export type HintContent = 'shapes' | 'shapesAndParameters';

export interface Hint {
  /** End of the call that the hint is about, in the text that was read. */
  readonly anchor: number;
  /** At most 43 characters: VS Code's default for one line (`editor.inlayHints.maximumLength`). */
  readonly label: string;
  /** Plain text. */
  readonly tooltip: string;
}

export const MAX_LABEL = 43;

/** The hints of the calls that end in `range` of the text that was read, in source order. What is not known has no hint. */
export function inlayHints(reading: Reading, range: Span, content: HintContent): readonly Hint[] {
  const sites = reading.sites.filter(({ call }) => touches(range, call.end)).flatMap((site) => siteHint(reading, site, content));
  const models = reading.models
    // A call that built several models says so when it is pointed at.
    .filter((model) => touches(range, model.call.end) && reading.models.filter(({ name }) => name.start === model.name.start).length === 1)
    .flatMap((model) => modelHint(model, content));
  return [...sites, ...models].sort((a, b) => a.anchor - b.anchor);
}

function siteHint(reading: Reading, site: Site, content: HintContent): readonly Hint[] {
  const anchor = site.call.end;
  const refused = refusalOf(reading, site);
  if (refused) return [{ anchor, label: cut(`✗ ${operands(site)}`, MAX_LABEL), tooltip: oneLine(refused.message) }];
  const shapes = shownOutputs(site);
  if (shapes === '') return [];
  const parts = [`→ ${shapes}`, ...(isWhole(site) && layersMade(site) > 1 ? [`×${layersMade(site)}`] : [])];
  const params = content === 'shapesAndParameters' ? countedParams(site) : undefined;
  const room = MAX_LABEL - parts.join(' · ').length - ' · '.length;
  const count = params === undefined || params === 0 || params === '?' ? undefined : fitCount(params, room);
  // A count that does not fit is left to the tooltip; a cut number would be a wrong one.
  const label = [...parts, ...(count !== undefined && count.length <= room ? [count] : [])].join(' · ');
  return label.length <= MAX_LABEL ? [{ anchor, label, tooltip: tooltip(site) }] : [];
}

/** All parameters of the line; of one layer where only one of several can exist, and they agree. */
function countedParams(site: Site): Count | undefined {
  if (isWhole(site)) return totalOf(site.cases, 'params');
  const counts = new Set(site.cases.map(({ params, count }) => (count === 1 ? params : undefined)));
  return counts.size === 1 && site.unknown === undefined ? [...counts][0] : undefined;
}

/** `56×56×64 … 7×7×512`: the first and the last of different outputs. What is not known of the line shows as an open end. */
function shownOutputs(site: Site): string {
  const outputs = distinctOutputs(site).filter(saysSomething);
  const [first, last] = [outputs[0], outputs.at(-1)];
  const complete =
    site.unknown === undefined && site.cases.every(({ outputShape }) => outputShape !== undefined && saysSomething(outputShape));
  if (!first || !last) return '';
  if (outputs.length === 1) return complete || site.cases.length === 1 ? short(first) : `${short(first)} …`;
  if (!isWhole(site) && outputs.length === 2 && complete) return `${short(first)} or ${short(last)}`;
  return `${short(first)} … ${short(last)}`;
}

const short = (shapes: Shapes): string => shapeList(shapes).map(showShort).join(', ');

/** A shape of which not one size is known is not worth its place. */
const saysSomething = (shapes: Shapes): boolean =>
  shapeList(shapes).every((shape: Shape) => shape.length <= 1 || shape.slice(1).some((dim) => dim !== '?' && dim !== null));

/** `56×56×64 + 28×28×128`, else the shape that was refused. */
function operands(site: Site): string {
  const input = site.cases.find(({ outputShape, inputShape }) => outputShape === undefined && inputShape !== undefined)?.inputShape;
  if (input === undefined) return 'refused';
  return isShapeList(input) ? input.map(showShort).join(' + ') : `${showShort(input)} refused`;
}

function tooltip(site: Site): string {
  const [only] = site.cases;
  const name = shortName(site.className);
  if (only && site.cases.length === 1) return `${name}   ${showFlow(only)}${only.count > 1 ? `   ×${only.count}` : ''}`;
  return `${name}: ${isWhole(site) ? `${layersMade(site)} layers from this line, ` : ''}${site.cases.length} cases${leavesShapes(site) ? '; output = input shape' : ''}`;
}

function modelHint(model: ModelRead, content: HintContent): readonly Hint[] {
  const anchor = model.call.end;
  if (model.error !== undefined) return [{ anchor, label: '✗ refused by TensorFlow.js', tooltip: oneLine(model.error) }];
  if (content === 'shapes' || model.totalParams === '?') return [];
  const layers = countLayers(model.graph);
  const start = `${layers} layer${layers === 1 ? '' : 's'}`;
  const room = MAX_LABEL - start.length - ' ·  params'.length;
  const count = fitCount(model.totalParams, room);
  if (layers === 0) return [];
  return [
    { anchor, label: count.length <= room ? `${start} · ${count} params` : start, tooltip: `${shortName(model.title)}: ${count} params` },
  ];
}
