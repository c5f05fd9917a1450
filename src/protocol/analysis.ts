import type { HoverAnswer } from '../model/hoverAnswer';
import type { Given, Problem, Reading } from '../model/reading';
import type { Span } from '../model/span';
import type { Trial } from '../model/trial';
import type { Settings } from './settings';

/** What crosses between the language server's main thread and its analysis worker. Paths are absolute, with forward slashes. */

/** Main thread -> worker. Requests are answered; the others prepare the next one. */
export type ToWorker = OpenDocument | CloseDocument | FilesChanged | WorkerRequest;

/** What the worker answers with one `FromWorker` of the same id. */
export type WorkerRequest = ReadRequest | HoverRequest | ListRequest;

/** The worker must take this text for the file's until it is closed. */
export interface OpenDocument {
  readonly type: 'open';
  readonly path: string;
  readonly text: string;
}

export interface CloseDocument {
  readonly type: 'close';
  readonly path: string;
}

/** The worker must forget what it read of these files: they changed on disk, came, or went. */
export interface FilesChanged {
  readonly type: 'changed';
  readonly paths: readonly string[];
}

/** The worker must read the file and answer with one `FromWorker` of the same id. */
export interface ReadRequest {
  readonly type: 'read';
  readonly id: number;
  readonly path: string;
  /** Folder outside which nothing may be read. */
  readonly root: string;
  readonly stepBudget: number;
  /** Read in place of what the file holds, for this reading alone: the file at another time. */
  readonly text?: string;
  /** Likewise, files that it imports. */
  readonly others?: readonly FileText[];
  /** See `ModelAgainParams.given`. */
  readonly given?: readonly Given[];
  /** Which problems are wanted with the reading; none where it is not there. */
  readonly diagnostics?: Settings['diagnostics'];
  /** Where the text was last edited, an offset. */
  readonly editedAt?: number;
  /** The asker has the last reading of this file and can use it on: `StandingAnswer` is an answer. */
  readonly mayStand?: true;
  /** Answer with a `TrialAnswer`: only whether the text is right is asked. */
  readonly isTrial?: true;
}

/** The worker must say what there is at an offset of a file, by reading as little of it again as that takes, and answer with a `HoverKnown`. */
export interface HoverRequest {
  readonly type: 'hover';
  readonly id: number;
  readonly path: string;
  readonly root: string;
  readonly stepBudget: number;
  readonly offset: number;
  /** Where a part of the file is not enough, all of it may be read. The next `ReadRequest` of the same text then costs nothing more. */
  readonly mayReadAll: boolean;
}

export interface FileText {
  readonly path: string;
  readonly text: string;
}

/** The worker must look on for a moment for files below a folder that may define models, and answer with those that it knows of by now. */
export interface ListRequest {
  readonly type: 'list';
  readonly id: number;
  /** Folder outside which nothing may be read. */
  readonly root: string;
}

/** Worker -> main thread. */
export type FromWorker = WorkerReady | ReadAnswer | StandingAnswer | TrialAnswer | HoverKnown | ListAnswer | ReadFailure | CallersFound;

/** The worker has loaded what it needs; only from here on does a reading's time count. */
export interface WorkerReady {
  readonly type: 'ready';
}

export interface ReadAnswer {
  readonly type: 'reading';
  readonly id: number;
  readonly reading: Reading;
  /** Files read and specifiers missed: the reading holds as long as these do. */
  readonly touched: readonly string[];
  /** As `diagnosticsOf` has them; empty where they were not asked for. */
  readonly problems: readonly Problem[];
  /** The statement around `ReadRequest.editedAt`. */
  readonly edited?: Span;
}

/** The text reads as the one before did; only its places have moved with the edits since. */
export interface StandingAnswer {
  readonly type: 'stands';
  readonly id: number;
}

export interface TrialAnswer {
  readonly type: 'trial';
  readonly id: number;
  readonly trial: Trial;
}

export interface HoverKnown {
  readonly type: 'hover';
  readonly id: number;
  /** What a reading of the whole file says there; undefined in it where that is nothing. undefined where only such a reading can tell. */
  readonly known?: { readonly answer: HoverAnswer | undefined };
  /** All of the file was read for it: a `ReadRequest` would be answered at once. */
  readonly isWhole?: true;
}

export interface ListAnswer {
  readonly type: 'listed';
  readonly id: number;
  /** In name order. */
  readonly paths: readonly string[];
  /** False where asking again would find more, or that some are gone. */
  readonly isComplete: boolean;
  /** True where the folder has more files than are looked into. */
  readonly isCut: boolean;
}

/** These files have other callers than their last reading knew: read again, they may say more. */
export interface CallersFound {
  readonly type: 'callers';
  readonly paths: readonly string[];
}

/** The reader threw, which it never should: the text is for the log and for people. */
export interface ReadFailure {
  readonly type: 'failure';
  readonly id: number;
  readonly error: string;
}
