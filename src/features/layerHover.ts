import type { InsideWrapper, LayerCase, ModelRead, Reading, Site } from '../model/reading';
import { showCount, type Count } from '../model/shape';
import { callLine } from './callLine';
import { caseLines, commonConditions, condition, distinctOutputs, leavesShapes, showFlow } from './cases';
import { isWhole, layersMade, modelOf, totalOf } from './counting';
import type { Lines } from './lines';
import { layerNotes } from './layerNotes';
import { paramArithmetic } from './paramArithmetic';
import { sizeArithmetic } from './sizeArithmetic';
import { costLine, ownership, paramsLine, shareOf, statistics } from './layerFigures';
import { sightOf } from './sight';
import { showLarge } from './units';
import { reasons } from './reasons';
import { hoverText, labelled, roomFor, shortName } from './writing';

/** A layer's hover. `lines` are those of the text that was read; `first` stands above the answer where an option was pointed at. */
export function layerHover(reading: Reading, site: Site, text: string, lines: Lines, first: readonly string[] = []): string {
  const model = modelOf(reading, site);
  const [only] = site.cases;
  const why = reasons(reading, site, lines);
  const room = roomFor(why.length) - first.length;
  const body =
    only && site.cases.length === 1
      ? only.inside
        ? insideWrapper(site, only, only.inside, text)
        : oneCase(site, only, model, text)
      : manyCases(site, model, room);
  return hoverText([...first, ...body.filter((line) => !first.includes(line))], why);
}

function oneCase(site: Site, made: LayerCase, model: ModelRead | undefined, text: string): readonly string[] {
  const times = made.count > 1 ? [`×${made.count}`] : [];
  // The caller of a layer that has one is among the calls below.
  const under = made.calls.length > 0 ? condition({ ...(made.when === undefined ? {} : { when: made.when }) }) : condition(made);
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

/** `Dense   [null, 128] → [null, 64]   at each of 10 steps`: a layer that a wrapper builds. */
function insideWrapper(site: Site, made: LayerCase, inside: InsideWrapper, text: string): readonly string[] {
  const { wrapper, line, steps, inputShape, outputShape, params } = inside;
  const often =
    steps === undefined ? 'forwards, and a copy of it backwards' : typeof steps === 'number' ? `at each of ${steps} steps` : 'at each step';
  const place = line === undefined ? wrapper : `${wrapper} (line ${line})`;
  return [
    `${title(site, made, text)}   ${showFlow({ ...made, inputShape, outputShape })}   ${often}`,
    ...sizeArithmetic(site.className, made.config, inputShape, outputShape).map((sum) => labelled('size', sum)),
    ...(params === undefined || params === 0
      ? []
      : [labelled('params', `${paramArithmetic(site.className, made.config, inputShape, params)}    counted with the ${place}`)]),
    ...(params === 0 ? [labelled('', `inside the ${place}`)] : []),
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
  const all = commonConditions(site);
  const shared = all.length === 0 ? '' : `   (${condition({ when: all.join(' && ') })})`;
  const kinds = whole && same !== '' && distinctOutputs(site).length === site.cases.length ? 'shapes' : 'cases';
  return [
    `${head}   ${whole ? `${made} layers from this line, ` : ''}${site.cases.length} ${kinds}${same}${shared}`,
    ...caseLines(site, Math.max(2, room - 1 - after.length)),
    ...after,
  ];
}

function totals(site: Site, made: number, model: ModelRead | undefined): readonly string[] {
  const [params, trainable, macs] = (['params', 'trainableParams', 'macs'] as const).map((key) => totalOf(site.cases, key));
  const all = made === 2 ? 'both' : `all ${made}`;
  const [first] = site.cases;
  const names = first && statistics(site, first);
  const sees = sightOf(site, made, undefined, model).replace(/^sees /, '');
  const work = macs === undefined || macs === 0 || macs === '?' ? '' : `${showMacs(macs)} MACs${shareOf(macs, model?.macs)}`;
  return [
    ...(params === undefined || params === 0
      ? []
      : [labelled('params', `${all}: ${showCount(params)}${ownership(params, trainable, model, names)}`)]),
    ...(work === '' ? [] : [labelled('cost', `${all}: ${work}`)]),
    ...(sees === '' ? [] : [labelled('sees', sees)]),
  ];
}

const showMacs = (macs: Count): string => (typeof macs === 'number' ? showLarge(macs) : showCount(macs));

/** `Conv2D conv1`: a name that TensorFlow.js made up (`conv2d_Conv2D1`) says nothing, so the variable's stands in for it. */
function title(site: Site, made: LayerCase, text: string): string {
  const [, end = ''] = made.name.split(/_(?=[^_]*$)/);
  const automatic = made.name === '' || (end.startsWith(site.className) && /^\d+$/.test(end.slice(site.className.length)));
  const variable = site.variable && made.count === 1 ? text.slice(site.variable.start, site.variable.end) : '';
  return `${shortName(site.className)} ${shortName(automatic ? variable : made.name)}`.trim();
}
