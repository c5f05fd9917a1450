import type { ModelRead, Reading, Site } from '../model/reading';
import { isShapeList, shapeList, showCount, showShort, type Count, type Shape, type Shapes } from '../model/shape';
import { touches, type Span } from '../model/span';
import { distinctOutputs, leavesShapes, showFlow } from './cases';
import { countLayers, isWhole, layersMade, totalOf } from './counting';
import { fitShapes, MAX_LABEL, withCounts } from './hintText';
import { refusalOf } from './refusals';
import { cut, oneLine, shortName } from './writing';

export type HintContent = 'shapes' | 'shapesAndParameters' | 'shapesParametersAndMacs';

export interface Hint {
  /** `Site.id` or `ModelRead.id`. */
  readonly id: string;
  /** End of the call that the hint is about, in the text that was read. */
  readonly anchor: number;
  /** At most `MAX_LABEL` characters. */
  readonly label: string;
  /** The label without its counts, for lines of several hints. */
  readonly short: string;
  /** Plain text. */
  readonly tooltip: string;
  /** False for what TensorFlow.js refuses, which is no answer that a quiz would keep back. */
  readonly isAnswer: boolean;
}

/** The hints of the calls that end in `range` of the text that was read, in source order. What is not known has no hint. */
export function inlayHints(reading: Reading, range: Span, content: HintContent): readonly Hint[] {
  const sites = reading.sites.filter(({ call }) => touches(range, call.end)).flatMap((site) => siteHint(reading, site, content));
  const models = reading.models
    // A call that built several models says so when it is pointed at.
    .filter((model) => touches(range, model.call.end) && reading.models.filter(({ name }) => name.start === model.name.start).length === 1)
    .flatMap((model) => modelHint(model, content));
  return [...sites, ...models].sort((a, b) => a.anchor - b.anchor);
}

/** What the hint of one line says; none where nothing of it is known. */
export function siteHint(reading: Reading, site: Site, content: HintContent): readonly Hint[] {
  const { id } = site;
  const anchor = site.call.end;
  const refused = refusalOf(reading, site);
  if (refused) {
    const label = cut(`✗ ${operands(site)}`, MAX_LABEL);
    return [{ id, anchor, label, short: label, tooltip: oneLine(refused.message), isAnswer: false }];
  }
  const times = isWhole(site) && layersMade(site) > 1 ? ` · ×${layersMade(site)}` : '';
  const shapes = shownOutputs(site, MAX_LABEL - '→ '.length - times.length);
  if (shapes === '') return [];
  const label = withCounts(`→ ${shapes}${times}`, [
    { count: content === 'shapes' ? undefined : counted(site, 'params'), unit: '' },
    { count: content === 'shapesParametersAndMacs' ? counted(site, 'macs') : undefined, unit: ' MACs' },
  ]);
  return [{ id, anchor, label, short: `→ ${shapes}${times}`, tooltip: tooltip(site), isAnswer: true }];
}

/** A count over all layers of the line; of one layer where only one of several can exist, and they agree. */
function counted(site: Site, key: 'params' | 'macs'): Count | undefined {
  if (isWhole(site)) return totalOf(site.cases, key);
  const counts = new Set(site.cases.map((made) => (made.count === 1 ? made[key] : undefined)));
  return counts.size === 1 && site.unknown === undefined ? [...counts][0] : undefined;
}

/** `56×56×64 … 7×7×512`: the first and the last of different outputs. What is not known of the line shows as an open end. */
function shownOutputs(site: Site, room: number): string {
  const outputs = distinctOutputs(site).filter(saysSomething);
  const [first, last] = [outputs[0], outputs.at(-1)];
  const complete =
    site.unknown === undefined && site.cases.every(({ outputShape }) => outputShape !== undefined && saysSomething(outputShape));
  if (!first || !last) return '';
  const write = (show: (shapes: Shapes) => string): string => {
    if (outputs.length === 1) return complete || site.cases.length === 1 ? show(first) : `${show(first)} …`;
    return !isWhole(site) && outputs.length === 2 && complete ? `${show(first)} or ${show(last)}` : `${show(first)} … ${show(last)}`;
  };
  // Where no shortening helps, how many there are is still true.
  const several = isShapeList(first) ? `${first.length} outputs` : '';
  return fitShapes(write, room) ?? (outputs.length === 1 ? several : '');
}

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
  const { id, call, error, title, totalParams, macs } = model;
  const anchor = call.end;
  if (error !== undefined) {
    const label = '✗ refused by TensorFlow.js';
    return [{ id, anchor, label, short: label, tooltip: oneLine(error), isAnswer: false }];
  }
  const layers = countLayers(model.graph);
  if (content === 'shapes' || totalParams === '?' || layers === 0) return [];
  const start = `${layers} layer${layers === 1 ? '' : 's'}`;
  const label = withCounts(start, [
    { count: totalParams === 0 ? '0' : totalParams, unit: ' params' },
    { count: content === 'shapesParametersAndMacs' ? macs : undefined, unit: ' MACs' },
  ]);
  const params = typeof totalParams === 'number' ? totalParams.toLocaleString('en-US') : shortName(showCount(totalParams));
  return [{ id, anchor, label, short: start, tooltip: `${shortName(title)}: ${params} params`, isAnswer: true }];
}
