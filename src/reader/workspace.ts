import type { Given } from '../model/reading';

/** The files that the reader may look at: a synchronous snapshot, given by whoever asks. Paths are absolute, with forward slashes. */
export interface Workspace {
  /** The text of a file; undefined where there is none, or none that may be read. */
  read(path: string): string | undefined;
  /** The file that `specifier` names when it is imported in `from`; undefined for packages and for what is not there. */
  resolve(from: string, specifier: string): string | undefined;
  /** Files that import `path`, in a stable order. */
  callersOf(path: string): readonly string[];
}

export interface ReaderSettings {
  /** How many steps (expressions and statements) one reading may take in all. */
  readonly stepBudget: number;
  /** What a person states beside the source: each holds as a comment `// @shape name = value` at the top of every file that has the name. */
  readonly given?: readonly Given[];
}

export const DEFAULT_SETTINGS: ReaderSettings = { stepBudget: 2_000_000 };
