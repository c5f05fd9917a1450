import type { StepInfo } from '../engine/contract/program';

type Edited = Pick<StepInfo, 'edit' | 'mapsBefore' | 'layout'>;

const WORDS: Readonly<Partial<Record<NonNullable<StepInfo['edit']>, string>>> = {
  new: 'new',
  resized: 'resized',
  fresh: 'new weights',
};

/** What the last edit did to a layer's weights, in a word or two: `new`, `resized`; undefined where they are as they were. */
export const editText = ({ edit }: Edited): string | undefined => edit && WORDS[edit];

/** Index of the first map that the layer did not have before the last edit; undefined where it has no such map, or all are. */
export const firstNewMap = ({ edit, mapsBefore, layout }: Edited): number | undefined =>
  edit === 'resized' && layout?.kind === 'maps' && mapsBefore !== undefined && mapsBefore < layout.count ? mapsBefore : undefined;

/** The same for the layer's heading: `resized, maps 6 to 7 are new`. */
export const editSentence = (step: Edited): string | undefined => {
  const from = firstNewMap(step);
  const text = editText(step);
  if (from === undefined || text === undefined) return text;
  const last = (step.layout?.count ?? 0) - 1;
  return from === last ? `${text}, map ${from} is new` : `${text}, maps ${from} to ${last} are new`;
};

/** Of a fold: `2 new, 1 resized`; undefined where the last edit changed none of its layers. */
export const editsText = (steps: readonly Edited[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const text of steps.map(editText)) if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts.size === 0 ? undefined : [...counts].map(([text, count]) => `${count} ${text}`).join(', ');
};
