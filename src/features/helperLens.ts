import type { Reading, Site } from '../model/reading';
import { distinctOutputs } from './cases';
import type { Lens } from './codeLens';
import { isWhole } from './counting';
import { grouped } from './grouped';

/** `called 16× · 4 shapes` above each function that makes layers for a model elsewhere, where it is called more than once. */
export function helperLenses({ sites, models }: Reading): readonly Lens[] {
  const helpers = grouped(
    sites.filter(({ helperSpan }) => helperSpan !== undefined),
    ({ helperSpan }) => helperSpan?.start ?? 0,
  );
  return [...helpers].flatMap(([anchor, own]) => {
    const end = own[0]?.helperSpan?.end ?? anchor;
    const holdsModel = models.some(({ name }) => anchor <= name.start && name.end <= end);
    const text = holdsModel ? '' : textOf(own);
    return text === '' ? [] : [{ anchor, parts: [{ text }] }];
  });
}

/** Layers that are not wholly known, or exist on a condition only, tell nothing about the number of calls. */
function textOf(sites: readonly Site[]): string {
  const known = sites.filter(isWhole);
  const calls = Math.max(0, ...known.map(({ helperCalls }) => helperCalls ?? 0));
  if (calls < 2) return '';
  // What every call comes to in the end is the last that is made in each of them.
  const last = known.filter(({ helperCalls }) => helperCalls === calls).at(-1);
  const shapes = last ? distinctOutputs(last).length : 0;
  return [`called ${calls}×`, shapes > 0 ? `${shapes} ${shapes === 1 ? 'shape' : 'shapes'}` : ''].filter((part) => part !== '').join(' · ');
}
