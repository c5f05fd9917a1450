import type { StepInfo } from '../engine/contract/program';

/** What a search looks through: name, class, shape with `×` or `x`, `line 14`, activation. */
const textOf = (step: StepInfo): string =>
  [
    ...step.path,
    step.name,
    step.className,
    step.activation ?? '',
    step.shape ? step.shape.slice(1).join('×') : (step.read?.shape ?? ''),
    ...(step.site ? [`line ${step.site.line}`] : []),
  ]
    .join('\n')
    .toLowerCase();

/**
 * Layers in which all words of the query are found, in the order of the program; none for an empty query. A word matches anywhere;
 * `line 14` is one word and means that line alone.
 */
export const search = (steps: readonly StepInfo[], query: string): readonly StepInfo[] => {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  return steps.filter((step) => {
    const text = textOf(step);
    return words.every((word) => (word.startsWith('line ') ? text.split('\n').includes(word) : text.includes(word)));
  });
};

/** `56x56` means `56×56`, but the x of `max` or `x1` stays one. */
const wordsOf = (query: string): readonly string[] =>
  query
    .toLowerCase()
    .replace(/\bline\s*:?\s*(\d+)/g, 'line\u0000$1')
    .replace(/(\d)\s*[x*]\s*(?=\d)/g, '$1×')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => word.replace('\u0000', ' '));

/** `3 of 12`, `12 found`, `none found`. */
export const hitsText = (hits: readonly StepInfo[], selected: string | undefined): string => {
  if (hits.length === 0) return 'none found';
  const at = hits.findIndex((step) => step.key === selected);
  return at < 0 ? `${hits.length.toLocaleString('en-US')} found` : `${at + 1} of ${hits.length.toLocaleString('en-US')}`;
};

/** The hit that `by` steps lead to, round and round; from a layer that is no hit, the nearest one in that direction. */
export const nextHit = (
  steps: readonly StepInfo[],
  hits: readonly StepInfo[],
  selected: string | undefined,
  by: 1 | -1,
): StepInfo | undefined => {
  const place = steps.findIndex((step) => step.key === selected);
  const keys = new Set(hits.map((step) => step.key));
  for (let k = 1; k <= steps.length; k++) {
    const step = steps[(place + by * k + 2 * steps.length) % steps.length];
    if (step && keys.has(step.key)) return step;
  }
  return undefined;
};
