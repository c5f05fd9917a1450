import type { Severity } from './reading';
import type { Shapes } from './shape';
import type { Span } from './span';

/** What of a reading tells whether a change of its text was right: small, for it crosses from one thread to another. */
export interface Trial {
  readonly problems: readonly { readonly code: string; readonly severity: Severity; readonly span: Span }[];
  readonly sites: readonly TrialSite[];
  /** Parameters of all models, in the order of the reading. */
  readonly totals: readonly (number | string)[];
  readonly limits: number;
}

export interface TrialSite {
  readonly name: Span;
  readonly call: Span;
  readonly outputs: readonly Shapes[];
  /** Of all its layers; undefined where that is no number. */
  readonly params: number | undefined;
  readonly isKnown: boolean;
}
