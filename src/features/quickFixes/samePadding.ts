import type { Site } from '../../model/reading';
import { Lines } from '../lines';
import type { Candidate, Propose, Situation } from './fix';
import { optionOf, quoted, withOption } from './source';
import { windowKey, windowsOfSite } from './windows';

/** Layers before the one that fails which may have made it so. */
const MAX_OTHERS = 3;

/** `padding: 'same'`, at the window that is too large, else at one of those before the failure that made a size smaller. */
export const samePadding: Propose = (situation) => {
  const { site } = situation;
  if (!site) return [];
  if (windowKey(site)) return candidateAt(situation, site, '');
  const { sites } = situation.reading;
  const lines = new Lines(situation.text);
  const others = sites.filter((one) => one.name.start < site.name.start && one.helper === site.helper && shrinks(one)).slice(-MAX_OTHERS);
  return others.reverse().flatMap((one) => candidateAt(situation, one, ` at line ${lines.lineOf(one.name.start)}`));
};

function candidateAt({ text }: Situation, site: Site, where: string): readonly Candidate[] {
  // The other values are people's own, and a number is what `zeroPadding2d` is for.
  const written = optionOf(site, 'padding');
  if (written && !/^(['"`])valid\1$/.test(text.slice(written.value.start, written.value.end))) return [];
  const same = quoted(text, 'same');
  const edit = withOption(site, text, 'padding', same);
  return edit ? [{ title: `Set padding: ${same}${where}`, edits: [edit], shows: site.name.start, choice: 'padding' }] : [];
}

/** True where a window of more than one element slides without padding, at stride 1 or more. */
const shrinks = (site: Site): boolean =>
  windowsOfSite(site)?.some((windows) => windows.some(({ kernel, padding }) => padding === 'valid' && kernel > 1)) ?? false;
