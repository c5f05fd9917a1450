import type { LayerCase, OptionSite, Site } from '../model/reading';
import type { Span } from '../model/span';

/** The option of that name as it is written in the call; undefined where it is not, or comes from elsewhere. */
export const optionOf = (site: Site, key: string): OptionSite | undefined => site.options.find((option) => option.key === key);

/** The first of the options that is written, else the factory's name. */
export const spanAt = (site: Site, ...keys: readonly string[]): Span =>
  keys.map((key) => optionOf(site, key)?.span).find((span) => span !== undefined) ?? site.name;

/**
 * Which of a site's layers a finding is about, to be put behind a message: nothing where all are, else how many and on what they are applied.
 * @param shown what tells the layers apart: their input shapes, say.
 */
export function whichOf(site: Site, found: readonly LayerCase[], shown: (one: LayerCase) => string | undefined): string {
  if (found.length === site.cases.length) return '';
  const names = [...new Set(found.flatMap((one) => shown(one) ?? []))];
  const when = found.map((one) => one.when ?? one.caller);
  const under = when.length === 1 && when[0] !== undefined ? `, ${found[0]?.when === undefined ? 'from' : 'when'} ${when[0]}` : '';
  const made = found.reduce((sum, one) => sum + one.count, 0);
  const all = site.cases.reduce((sum, one) => sum + one.count, 0);
  return ` (${made} of the ${all} layers of this line${names.length > 0 ? `, on ${names.slice(0, 3).join(' and ')}` : ''}${under})`;
}
