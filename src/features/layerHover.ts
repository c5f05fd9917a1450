import type { LayerCase, ModelRead, Reading, Site } from '../model/reading';
import { showCount } from '../model/shape';
import { callLine } from './callLine';
import { caseLines, condition, leavesShapes, showFlow } from './cases';
import { isWhole, layersMade, modelOf, totalOf } from './counting';
import type { Lines } from './lines';
import { layerNotes } from './layerNotes';
import { sizeArithmetic } from './sizeArithmetic';
import { costLine, ownership, paramsLine, shareOf } from './layerFigures';
import { reasons } from './reasons';
import { hoverText, labelled, roomFor, shortName } from './writing';

/** A layer's hover. `lines` are those of the text that was read; `first` stands above the answer where an option was pointed at. */
export function layerHover(reading: Reading, site: Site, text: string, lines: Lines, first: readonly string[] = []): string {
  const model = modelOf(reading, site);
  const [only] = site.cases;
  const why = reasons(reading, site, lines);
  const room = roomFor(why.length) - first.length;
  const body = only && site.cases.length === 1 ? oneCase(site, only, model, text) : manyCases(site, model, room);
  return hoverText([...first, ...body], why);
}

function oneCase(site: Site, made: LayerCase, model: ModelRead | undefined, text: string): readonly string[] {
  const times = made.count > 1 ? [`×${made.count}`] : [];
  const under = condition(made);
  return [
    [title(site, made, text), showFlow(made), ...times, ...(under ? [`(${under})`] : [])].join('   '),
    ...(made.inputShape && made.outputShape
      ? sizeArithmetic(site.className, made.config, made.inputShape, made.outputShape).map((line) => labelled('size', line))
      : []),
    ...paramsLine(made, site, model),
    ...costLine(made, site, model),
    ...callLine(made),
    ...layerNotes(site, made),
  ];
}

function manyCases(site: Site, model: ModelRead | undefined, room: number): readonly string[] {
  const head = shortName(site.className);
  const [first] = site.cases;
  if (!first) return [`${head}   not known`];
  const made = layersMade(site);
  const same = leavesShapes(site) ? '; output = input shape' : '';
  const whole = isWhole(site);
  const after = [...(whole ? totals(site, made, model) : []), ...layerNotes(site, first)];
  return [
    `${head}   ${whole ? `${made} layers from this line, ` : ''}${site.cases.length} cases${same}`,
    ...caseLines(site, Math.max(2, room - 1 - after.length)),
    ...after,
  ];
}

function totals(site: Site, made: number, model: ModelRead | undefined): readonly string[] {
  const [params, trainable, macs] = (['params', 'trainableParams', 'macs'] as const).map((key) => totalOf(site.cases, key));
  return [
    ...(params === undefined || params === 0
      ? []
      : [labelled('params', `all ${made}: ${showCount(params)}${ownership(params, trainable, model)}`)]),
    ...(macs === undefined || macs === 0 ? [] : [labelled('cost', `all ${made}: ${showCount(macs)} MACs${shareOf(macs, model?.macs)}`)]),
  ];
}

/** `Conv2D conv1`: a name that TensorFlow.js made up (`conv2d_Conv2D1`) says nothing, so the variable's stands in for it. */
function title(site: Site, made: LayerCase, text: string): string {
  const [, end = ''] = made.name.split(/_(?=[^_]*$)/);
  const automatic = made.name === '' || (end.startsWith(site.className) && /^\d+$/.test(end.slice(site.className.length)));
  const variable = site.variable && made.count === 1 ? text.slice(site.variable.start, site.variable.end) : '';
  return `${shortName(site.className)} ${shortName(automatic ? variable : made.name)}`.trim();
}
