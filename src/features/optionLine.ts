import type { PlainObject } from '../model/plain';
import type { LayerCase, OptionSite, Site } from '../model/reading';
import { isShapeList, showCount, type Shape } from '../model/shape';
import { dimOf, numbersOf } from '../model/config';
import { AXIS_NAMES, channels, slide, spatial, windowsOf, type Window } from '../model/windows';
import { unread } from './sizeArithmetic';
import { otherOption } from './otherOptions';
import { weightOption } from './weightOption';
import { labelled } from './writing';

/**
 * What an option does, by what its neighbours would give: `stride 3 → 73, 4 → 55, 5 → 44 (1 row unread)`. Only for a line that made one kind
 * of layer, of known input; the first answer is checked against the shape that TensorFlow.js gave.
 */
export function optionLine(site: Site, option: OptionSite): readonly string[] {
  const [made] = site.cases;
  if (!made) return [];
  const weights = weightOption(site, made, option.key);
  if (weights.length > 0) return weights;
  if (site.cases.length !== 1 || !made.inputShape) return [];
  const other = otherOption(site, made, option.key);
  if (other) return [labelled(...other)];
  if (isShapeList(made.inputShape)) return [];
  const line = Object.hasOwn(OPTIONS, option.key) ? OPTIONS[option.key]?.(site, made, made.inputShape) : undefined;
  return line === undefined ? [] : [labelled(...line)];
}

type Line = readonly [label: string, text: string];
type Explain = (site: Site, made: LayerCase, input: Shape) => Line | undefined;

/** The sizes along the first axis (rows, for images) for some values of one number of the window. */
const neighbours =
  (label: string, key: 'stride' | 'kernel' | 'dilation', step: (value: number) => number): Explain =>
  (site, made, input) => {
    const window = checked(site, made, input);
    if (!window) return undefined;
    const by = step(window[key]);
    const values = [window[key] - by, window[key], window[key] + by].filter((value) => value >= 1);
    return [label, values.map((value) => `${value} → ${outcome({ ...window, [key]: value }, rowName(site, made, input))}`).join(', ')];
  };

const padded: Explain = (site, made, input) => {
  const window = checked(site, made, input);
  if (!window) return undefined;
  const name = rowName(site, made, input);
  return ['padding', (['valid', 'same'] as const).map((padding) => `${padding} → ${outcome({ ...window, padding }, name)}`).join(', ')];
};

function outcome(window: Window, name: string): string {
  const result = slide(window);
  if (!result) return 'too large';
  return result.unread > 0 ? `${result.out} (${unread(result.unread, name)})` : String(result.out);
}

/** The window along the first axis, where all axes agree and what it gives is what TensorFlow.js gave. */
function checked(site: Site, made: LayerCase, input: Shape): Window | undefined {
  const windows = windowsOf(site.className, made.config, input);
  const sizes = windows && made.outputShape && !isShapeList(made.outputShape) && spatial(made.outputShape, windows.length, made.config);
  const [window] = windows ?? [];
  if (!window || !sizes || !windows?.every((other) => JSON.stringify(other) === JSON.stringify(window))) return undefined;
  return slide(window)?.out === sizes[0] ? window : undefined;
}

const rowName = (site: Site, made: LayerCase, input: Shape): string => {
  const names = AXIS_NAMES[windowsOf(site.className, made.config, input)?.length ?? 0] ?? [];
  return names.find((name) => name === 'row') ?? names[0] ?? 'element';
};

/** What each filter or unit adds: `each 5*5*1 + 1 = 26 params`. */
const eachOf =
  (key: 'filters' | 'units', label: string): Explain =>
  (site, { config, params }, input) => {
    const count = dimOf(config, key);
    const kernel =
      key === 'filters' ? numbersOf(config, 'kernelSize', site.className === 'Conv1D' ? 1 : site.className === 'Conv3D' ? 3 : 2) : [];
    const depth = channels(input, config);
    if (!EACH.has(site.className) || !kernel || typeof depth !== 'number' || typeof count !== 'number' || typeof params !== 'number')
      return undefined;
    const weights = [...kernel, depth];
    const one = weights.reduce((all, size) => all * size, 1);
    const bias = config['useBias'] === false ? 0 : 1;
    if ((one + bias) * count !== params) return undefined;
    const sum = weights.join('*') + (bias ? ' + 1' : '');
    const near = [count / 2, count, count * 2].filter((some) => Number.isInteger(some));
    const totals = near.map((some) => `${some} → ${showCount((one + bias) * some)}`).join(', ');
    return [label, `each ${sum === String(one) ? '' : `${sum} = `}${showCount(one + bias)} params; ${totals}`];
  };

const EACH = new Set(['Conv1D', 'Conv2D', 'Conv3D', 'Conv2DTranspose', 'Dense']);

const biased: Explain = (site, { config, params }: { config: PlainObject; params?: number | string }) => {
  const outputs = dimOf(config, 'filters') ?? dimOf(config, 'units');
  const simple = EACH.has(site.className) || site.className === 'SeparableConv2D';
  if (!simple || typeof outputs !== 'number' || typeof params !== 'number' || typeof config['useBias'] !== 'boolean') return undefined;
  const without = config['useBias'] ? params - outputs : params;
  return ['useBias', `true → ${showCount(without + outputs)}, false → ${showCount(without)} params`];
};

const OPTIONS: Readonly<Record<string, Explain>> = {
  strides: neighbours('stride', 'stride', () => 1),
  // An odd kernel has a middle, so its neighbours are two apart.
  kernelSize: neighbours('kernel', 'kernel', (size) => (size % 2 === 1 ? 2 : 1)),
  poolSize: neighbours('window', 'kernel', () => 1),
  dilationRate: neighbours('dilated', 'dilation', () => 1),
  padding: padded,
  filters: eachOf('filters', 'filter'),
  units: eachOf('units', 'unit'),
  useBias: biased,
};
