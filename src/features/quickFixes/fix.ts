import type { Problem, Reading, Site } from '../../model/reading';
import type { Span } from '../../model/span';

/** Text in the place of what stood in a span; an empty span inserts. Offsets of the text before. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** A change that may put something right. Nothing is offered before the changed text was read and found right. */
export interface Candidate {
  /** What it does: `Set padding: 'same'`. What comes of it is put behind when that is known. */
  readonly title: string;
  /** In the order of the text, none overlapping another. */
  readonly edits: readonly TextEdit[];
  /** The site whose output the title tells, by the start of its name; undefined for the layer that the edits insert. */
  readonly shows: number | undefined;
  /** Of candidates of one choice only the first that works is offered. */
  readonly choice: string;
}

/** What is wrong, and where. `text` is the text that was read. */
export interface Situation {
  readonly reading: Reading;
  readonly text: string;
  readonly problem: Problem;
  /** The site that the problem is at; undefined where it is at none. */
  readonly site: Site | undefined;
}

/** Candidates for a problem, the cheapest first; pure, and free to be wrong: each is tried. */
export type Propose = (situation: Situation) => readonly Candidate[];

/** The innermost site that a span is in: in its call, or on a name that applies it. */
export function siteAt({ sites }: Reading, { start, end }: Span): Site | undefined {
  const holds = (span: Span): boolean => span.start <= start && end <= span.end;
  const size = ({ call }: Site): number => call.end - call.start;
  return sites.filter(({ call, applications }) => holds(call) || applications.some(holds)).sort((a, b) => size(a) - size(b))[0];
}

export const applyEdits = (text: string, edits: readonly TextEdit[]): string =>
  [...edits].reverse().reduce((all, { start, end, text: put }) => all.slice(0, start) + put + all.slice(end), text);

/** Where an offset of the edited text stood before: inside what was put in, where that was put. */
export function before(edits: readonly TextEdit[], offset: number): number {
  let grown = 0;
  for (const { start, end, text } of edits) {
    if (offset < start + grown) break;
    if (offset < start + grown + text.length) return start;
    grown += text.length - (end - start);
  }
  return offset - grown;
}
