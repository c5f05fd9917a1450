import { dimOf, flagOf } from '../model/config';
import type { Site } from '../model/reading';
import { isShapeList, showCount } from '../model/shape';
import { slide, type Window } from '../model/windows';
import { checkedWindow, rowNameOf, stepOf, WINDOW_OPTIONS } from './optionWindows';
import { eachUnit } from './eachUnit';
import { totalOf } from './counting';

type Line = readonly [label: string, text: string];

const MAX_CASES = 6;

/** What the neighbours of an option would give on a line that made layers of several shapes: `2 → 27, 13, 6`, one size a case, in their order. */
export function optionOfMany(site: Site, key: string): Line | undefined {
  if (Object.hasOwn(WINDOW_OPTIONS, key)) return windows(site, WINDOW_OPTIONS[key] ?? 'stride');
  if (key === 'padding') return paddings(site);
  if (key === 'filters' || key === 'units') return each(site, key);
  return key === 'useBias' ? biases(site) : undefined;
}

function windows(site: Site, part: 'stride' | 'kernel' | 'dilation'): Line | undefined {
  const checked = site.cases.map((made) => checkedWindow(site, made));
  const [first] = checked;
  if (!first || !checked.every((window) => window !== undefined)) return undefined;
  const label = part === 'dilation' ? 'dilated' : part === 'kernel' && /Pooling/.test(site.className) ? 'window' : part;
  // Where each call says another number, each has neighbours of its own.
  if (checked.some((window) => window[part] !== first[part])) return undefined;
  const by = stepOf(site, part, first[part]);
  const values = [first[part] - by, first[part], first[part] + by].filter((value) => value >= 1);
  return [
    label,
    values
      .map(
        (value) =>
          `${value} → ${sizes(
            site,
            checked.map((window) => ({ ...window, [part]: value })),
          )}`,
      )
      .join('; '),
  ];
}

function paddings(site: Site): Line | undefined {
  const checked = site.cases.map((made) => checkedWindow(site, made));
  if (!checked.every((window) => window !== undefined)) return undefined;
  const both = ['valid', 'same'] as const;
  return [
    'padding',
    both
      .map(
        (padding) =>
          `${padding} → ${sizes(
            site,
            checked.map((window) => ({ ...window, padding })),
          )}`,
      )
      .join('; '),
  ];
}

/** What each case would give, each size once. */
function sizes(site: Site, windows: readonly Window[]): string {
  const results = windows.map(slide);
  const all = [...new Set(results.map((result) => (result ? String(result.out) : 'too large')))];
  const unread = results.filter((result) => result && result.unread > 0).length;
  const note = unread === 0 ? '' : ` (${unread < results.length ? 'some ' : ''}${rowNameOf(site, site.cases[0])}s unread)`;
  return all.slice(0, MAX_CASES).join(', ') + (all.length > MAX_CASES ? ', …' : '') + note;
}

/** `each 3*3*64 + 1 = 577 · 3*3*128 + 1 = 1,153 params`. */
function each(site: Site, key: 'filters' | 'units'): Line | undefined {
  const sums = site.cases.map((made) =>
    made.inputShape && !isShapeList(made.inputShape) ? eachUnit(site, made, made.inputShape, key) : undefined,
  );
  if (!sums.every((sum) => sum !== undefined)) return undefined;
  const texts = [...new Set(sums.map(({ text }) => text))];
  return [
    key === 'filters' ? 'filter' : 'unit',
    `each ${texts.slice(0, MAX_CASES).join(' · ')}${texts.length > MAX_CASES ? ' · …' : ''} params`,
  ];
}

/** Of all layers together. */
function biases({ cases }: Site): Line | undefined {
  const all = totalOf(cases, 'params');
  const outputs = cases.map(({ config, count }) => {
    const size = dimOf(config, 'filters') ?? dimOf(config, 'units');
    return typeof size === 'number' && flagOf(config, 'useBias', true) !== undefined ? size * count : NaN;
  });
  const biased = outputs.reduce((sum, size) => sum + size, 0);
  const flags = new Set(cases.map(({ config }) => flagOf(config, 'useBias', true)));
  if (typeof all !== 'number' || Number.isNaN(biased) || flags.size !== 1) return undefined;
  const without = flags.has(true) ? all - biased : all;
  return ['useBias', `true → ${showCount(without + biased)}, false → ${showCount(without)} params in all`];
}
