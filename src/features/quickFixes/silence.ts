import type { Problem, Reading } from '../../model/reading';
import { applyEdits, siteAt, type TextEdit } from './fix';
import type { Attempt, Read } from './offers';
import { isInText } from './scan';
import { indentationAt, lineBreakOf, lineStart } from './source';

/** A comment that silences a problem on the line below it. */
export interface Silencing {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly problem: Problem;
}

/** The comment above the problem's line, or above its call; the first that works and leaves everything else as it is. */
export async function silencing(read: Read, problem: Problem, attempt: Attempt): Promise<Silencing | undefined> {
  const { reading, text, problems } = read;
  for (const start of placesFor(reading, text, problem)) {
    if (isInText(text, start)) continue;
    const comment = `${indentationAt(text, start)}// layerscope-ignore-next-line ${problem.code}${lineBreakOf(text)}`;
    const edits = [{ start, end: start, text: comment }];
    const now = await attempt(applyEdits(text, edits));
    if (!now) return undefined;
    // In markup it is no comment, and silences nothing.
    const isOther =
      now.sites.length !== reading.sites.length || now.problems.length >= problems.length || now.limits !== reading.limits.length;
    if (!isOther) return { title: `Silence ${problem.code} here`, edits, problem };
  }
  return undefined;
}

function placesFor(reading: Reading, text: string, { span }: Problem): readonly number[] {
  const call = siteAt(reading, span)?.call;
  return [...new Set([span.start, ...(call ? [call.start] : [])].map((at) => lineStart(text, at)))];
}
