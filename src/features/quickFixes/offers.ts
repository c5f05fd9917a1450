import type { Problem, Reading } from '../../model/reading';
import { touches, type Span } from '../../model/span';
import type { Trial } from '../../model/trial';
import { oneLine } from '../writing';
import { applyEdits, siteAt, type Candidate, type TextEdit } from './fix';
import { PROPOSERS } from './all';
import { trialOf, verdictOn } from './verify';

/** A change that was tried and is right. */
export interface Offer {
  /** `Set padding: 'same' → [null, 6, 6, 4] (params unchanged)`. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** What it puts right. */
  readonly problem: Problem;
  /** The first of its problem. */
  readonly isPreferred: boolean;
}

/** A text that was read, with all of its problems as `diagnosticsOf` gives them. */
export interface Read {
  readonly reading: Reading;
  readonly text: string;
  readonly problems: readonly Problem[];
}

/** The problems that a caret or a selection touches. */
export const problemsAt = (problems: readonly Problem[], { start, end }: Span): readonly Problem[] =>
  problems.filter(({ span }) => touches(span, start) || touches(span, end) || (start < span.start && span.end < end));

/** Reads an edited text; undefined where that is given up, and then nothing more is tried. */
export type Attempt = (text: string) => Promise<Trial | undefined>;

/** Edited texts that are read for one answer. */
const MAX_TRIALS = 16;
const MAX_TITLE = 240;

/**
 * The solutions of the problems that a span touches, each read again before it is offered: the problem is gone and no other has come. A change in
 * a helper is tried for all its calls, for all of them are read.
 */
export async function offersAt({ reading, text, problems: all }: Read, span: Span, attempt: Attempt): Promise<readonly Offer[]> {
  const problems = problemsAt(all, span);
  if (problems.length === 0) return [];
  const then = trialOf(reading, all);
  const offers: Offer[] = [];
  const seen = new Set<string>();
  let left = MAX_TRIALS;
  for (const problem of problems) {
    const chosen = new Set<string>();
    for (const candidate of candidatesFor(reading, text, problem)) {
      const key = JSON.stringify(candidate.edits);
      if (chosen.has(candidate.choice) || seen.has(key)) continue;
      seen.add(key);
      if (left-- === 0) return offers;
      const now = await attempt(applyEdits(text, candidate.edits));
      if (!now) return offers;
      const verdict = verdictOn(candidate, problem, then, now);
      if (verdict === undefined) continue;
      offers.push({ title: titleOf(candidate, verdict), edits: candidate.edits, problem, isPreferred: chosen.size === 0 });
      chosen.add(candidate.choice);
    }
  }
  return offers;
}

const candidatesFor = (reading: Reading, text: string, problem: Problem): readonly Candidate[] => {
  const situation = { reading, text, problem, site: siteAt(reading, problem.span) };
  return PROPOSERS.flatMap((propose) => propose(situation));
};

const titleOf = ({ title }: Candidate, verdict: string): string => {
  const whole = oneLine(title + verdict);
  return whole.length <= MAX_TITLE ? whole : `${whole.slice(0, MAX_TITLE)}…`;
};
