import type { Helper, Reading, Site } from '../model/reading';
import { distinctOutputs } from './cases';
import type { Lens } from './codeLens';
import { isWhole } from './counting';
import { madeThrough } from './madeThrough';

/** `called 16× · 4 shapes` above each function in which layers come to be for a model elsewhere, where it is called more than once. */
export function helperLenses(reading: Reading): readonly Lens[] {
  const { helpers = [], models, sites } = reading;
  return helpers.flatMap((helper): readonly Lens[] => {
    const { start, end } = helper.span;
    const holdsModel = models.some(({ name }) => start <= name.start && name.end <= end);
    const own = sites.filter(({ helperSpan }) => helperSpan?.start === start && helperSpan.end === end);
    const text = holdsModel ? '' : own.length > 0 ? helperText(own) : handsOn(reading, helper);
    return text === '' ? [] : [{ anchor: start, parts: [{ text }] }];
  });
}

/** Of a function that makes layers by what it calls alone, only how often it is called. */
function handsOn(reading: Reading, { span, calls }: Helper): string {
  const made = madeThrough(
    reading,
    () => false,
    ({ path, start, end }) => path === reading.path && span.start <= start && end <= span.end,
  );
  const isCertain = made.every(({ site }) => isWhole(site));
  return isCertain && made.length > 0 && calls > 1 ? `called ${calls}×` : '';
}

/**
 * `called 16× · 4 shapes`; nothing where it is called once. Layers that are not wholly known, or exist on a condition only, tell nothing about the number of
 * calls.
 */
export function helperText(sites: readonly Site[]): string {
  const known = sites.filter(isWhole);
  const calls = Math.max(0, ...known.map(({ helperCalls }) => helperCalls ?? 0));
  if (calls < 2) return '';
  // What every call comes to in the end is the last that is made in each of them.
  const last = known.filter(({ helperCalls }) => helperCalls === calls).at(-1);
  const shapes = last ? distinctOutputs(last).length : 0;
  return [`called ${calls}×`, shapes > 0 ? `${shapes} ${shapes === 1 ? 'shape' : 'shapes'}` : ''].filter((part) => part !== '').join(' · ');
}
