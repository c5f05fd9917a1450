import type { Problem, Reading, Severity } from '../model/reading';

/** What a rule found: a problem that gets its code from the rule, and its severity as well where it names none. */
export type Finding = Omit<Problem, 'code' | 'severity'> & { readonly severity?: Severity };

/** One thing that TensorFlow.js accepts without a word, or refuses only when the model runs. */
export interface Rule {
  /** Kebab-case; also the name of its page in `docs/problems`. */
  readonly code: string;
  /** A few words for lists of rules. */
  readonly title: string;
  /** error: it throws when the model runs. warning: a silent harm that a test proves. hint: all else, shown only where settings ask for it. */
  readonly severity: 'error' | 'warning' | 'hint';
  /** Pure; silent on what is not known. `text` is the text that was read. */
  check(reading: Reading, text: string): readonly Finding[];
}
