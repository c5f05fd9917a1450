import type { Trial } from '../../model/trial';
import type { Candidate } from '../quickFixes/fix';
import { applyEdits } from '../quickFixes/fix';
import type { Attempt, Read } from '../quickFixes/offers';
import { trialOf, verdictOn } from '../quickFixes/verify';

/** A change that improves a program which is right; tried like a fix before it is offered. */
export interface Rewrite {
  readonly title: string;
  readonly edits: Candidate['edits'];
}

/** The candidate with what comes of it in its title; undefined where it brings a problem, or nothing is known of what it changes. */
export async function tried(read: Read, candidate: Candidate, attempt: Attempt): Promise<Rewrite | undefined> {
  const now = await attempt(applyEdits(read.text, candidate.edits));
  const then: Trial = trialOf(read.reading, read.problems);
  const verdict = now && verdictOn(candidate, undefined, then, now);
  return verdict === undefined ? undefined : { title: candidate.title + verdict, edits: candidate.edits };
}
