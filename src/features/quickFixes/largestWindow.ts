import type { Candidate, Propose } from './fix';
import { optionOf, withOption } from './source';
import { windowKey, windowsOfSite } from './windows';

/** The largest window that fits all of a line's inputs, and a few smaller ones, in case what comes after needs more to be left. */
export const largestWindow: Propose = ({ text, site }) => {
  const key = site && windowKey(site);
  const all = site && windowsOfSite(site);
  if (!site || !key || !all) return [];
  const written = optionOf(site, key);
  // A name or an expression has other uses.
  if (written && !/^(?:\d+|\[[\d\s,]+\])$/.test(text.slice(written.value.start, written.value.end))) return [];
  const axes = all[0]?.length ?? 0;
  const fits = Array.from({ length: axes }, (_, axis) =>
    Math.min(...all.map((windows) => windows[axis]).map((one) => (one ? Math.floor((one.size - 1) / one.dilation) + 1 : 0))),
  );
  const now = Array.from({ length: axes }, (_, axis) => all[0]?.[axis]?.kernel ?? 0);
  return Array.from({ length: MAX_STEPS }, (_, step) =>
    now.map((size, axis) => (size > (fits[axis] ?? 0) ? (fits[axis] ?? 0) - step : size)),
  )
    .filter((sizes) => sizes.every((size) => size > 0) && sizes.some((size, axis) => size !== now[axis]))
    .flatMap((sizes, step): readonly Candidate[] => {
      const value = sizes.every((size) => size === sizes[0]) ? String(sizes[0]) : `[${sizes.join(', ')}]`;
      const edit = withOption(site, text, key, value);
      const title = `Set ${key}: ${value}${step === 0 ? ', the largest that fits' : ''}`;
      return edit ? [{ title, edits: [edit], shows: site.name.start, choice: 'window' }] : [];
    });
};

const MAX_STEPS = 3;
