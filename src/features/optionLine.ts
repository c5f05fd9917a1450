import type { PlainObject } from '../model/plain';
import type { LayerCase, OptionSite, Site } from '../model/reading';
import { isShapeList, showCount, type Shape } from '../model/shape';
import { dimOf } from '../model/config';
import { EACH, eachUnit } from './eachUnit';
import { optionOfMany } from './manyOptions';
import { otherOption } from './otherOptions';
import { checkedWindow, outcome, rowNameOf, stepOf, WINDOW_OPTIONS } from './optionWindows';
import { weightOption } from './weightOption';
import { labelled } from './writing';

/**
 * What an option does, by what its neighbours would give: `stride 3 → 73, 4 → 55, 5 → 44 (1 row unread)`. Only for layers of known input; the
 * first answer is checked against the shape that TensorFlow.js gave. A line that made layers of several shapes has an answer for each.
 */
export function optionLine(site: Site, { key }: OptionSite): readonly string[] {
  const [made] = site.cases;
  if (!made) return [];
  const weights = weightOption(site, made, key);
  if (weights.length > 0) return weights;
  // What does not go by sizes is the same for all.
  const shared = site.cases.every(({ config }) => JSON.stringify(config[key]) === JSON.stringify(made.config[key]));
  const other = site.cases.length === 1 || (shared && !GOES_BY_SIZES.has(key)) ? otherOption(site, made, key) : undefined;
  if (other) return [labelled(...other)];
  const line = site.cases.length > 1 ? optionOfMany(site, key) : ofOne(site, made, key);
  return line ? [labelled(...line)] : [];
}

/** Of a line of several shapes, what these would give differs from one to the other. */
const GOES_BY_SIZES: ReadonlySet<string> = new Set([
  'axis',
  'padding',
  'size',
  'targetShape',
  'inputShape',
  'shape',
  'returnSequences',
  'mergeMode',
  'depthMultiplier',
  'scale',
  'center',
]);

type Line = readonly [label: string, text: string];
type Explain = (site: Site, made: LayerCase, input: Shape) => Line | undefined;

function ofOne(site: Site, made: LayerCase, key: string): Line | undefined {
  const { inputShape } = made;
  if (!inputShape || isShapeList(inputShape)) return undefined;
  const part = Object.hasOwn(WINDOW_OPTIONS, key) ? WINDOW_OPTIONS[key] : undefined;
  if (part) return neighbours(site, made, key, part);
  return Object.hasOwn(OPTIONS, key) ? OPTIONS[key]?.(site, made, inputShape) : undefined;
}

/** The sizes along the first axis (rows, for images) for some values of one number of the window. */
function neighbours(site: Site, made: LayerCase, key: string, part: 'stride' | 'kernel' | 'dilation'): Line | undefined {
  const window = checkedWindow(site, made);
  if (!window) return undefined;
  const by = stepOf(site, part, window[part]);
  const values = [window[part] - by, window[part], window[part] + by].filter((value) => value >= 1);
  const label = part === 'dilation' ? 'dilated' : key === 'poolSize' ? 'window' : part;
  return [label, values.map((value) => `${value} → ${outcome({ ...window, [part]: value }, rowNameOf(site, made))}`).join(', ')];
}

const padded: Explain = (site, made) => {
  const window = checkedWindow(site, made);
  if (!window) return undefined;
  const name = rowNameOf(site, made);
  return ['padding', (['valid', 'same'] as const).map((padding) => `${padding} → ${outcome({ ...window, padding }, name)}`).join(', ')];
};

/** What each filter or unit adds: `each 5*5*1 + 1 = 26 params`. */
const eachOf =
  (key: 'filters' | 'units', label: string): Explain =>
  (site, made, input) => {
    const unit = eachUnit(site, made, input, key);
    if (!unit) return undefined;
    const near = [unit.count / 2, unit.count, unit.count * 2].filter((some) => Number.isInteger(some));
    const totals = near.map((some) => `${some} → ${showCount(unit.params * some)}`).join(', ');
    return [label, `each ${unit.text} params; ${totals}`];
  };

const biased: Explain = (site, { config, params }: { config: PlainObject; params?: number | string }) => {
  const outputs = dimOf(config, 'filters') ?? dimOf(config, 'units');
  const simple = EACH.has(site.className) || site.className === 'SeparableConv2D';
  if (!simple || typeof outputs !== 'number' || typeof params !== 'number' || typeof config['useBias'] !== 'boolean') return undefined;
  const without = config['useBias'] ? params - outputs : params;
  return ['useBias', `true → ${showCount(without + outputs)}, false → ${showCount(without)} params`];
};

const OPTIONS: Readonly<Record<string, Explain>> = {
  padding: padded,
  filters: eachOf('filters', 'filter'),
  units: eachOf('units', 'unit'),
  useBias: biased,
};
