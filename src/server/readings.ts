import type { Given, Reading } from '../model/reading';
import type { Trial } from '../model/trial';
import type { FileText, HoverKnown, HoverRequest, ListAnswer, ReadAnswer, ReadRequest } from '../protocol/analysis';
import { mentionsTensorFlow } from '../protocol/mentions';
import { MAX_FILE_BYTES } from '../project/disk';
import type { Settings } from '../protocol/settings';
import type { Analyst, Outcome } from './analyst';
import type { Good, OpenDocument } from './document';

export interface ReadingsEvents {
  /** A document was read, or it was found that it cannot be. `before` is the reading that held until now. */
  settled(document: OpenDocument, before: Good | undefined): void;
}

/** Milliseconds of quiet after which a changed document is read. A document that is slow to read gets more. */
const PAUSE = 120;
const LONGEST_PAUSE = 5_000;

/** Milliseconds of quiet after which a text is read whose last reading still stood: then places need not be carried along any more. */
const REST = 1_000;

/** Readings of a text that changes meanwhile. */
const MAX_TRIES = 3;

/** Milliseconds between two edits of somebody who types on, and how many such edits in a row make a burst. */
const KEYS_APART = 250;
const BURST = 2;

/** Milliseconds between two readings in a burst where someone waits for one: what is known is old with the next key anyway, and fans stay quiet. */
const WHILE_TYPING = 250;

type HoverRead = Omit<HoverRequest, 'type' | 'id'>;

interface Job {
  timer?: NodeJS.Timeout;
  /** When the timer rings. */
  due: number;
  /** Resolves when the reading that is under way has ended. */
  running?: Promise<unknown>;
  /** When the last reading began. */
  began: number;
  /** When the text was last edited, and how many edits came before that with less than `KEYS_APART` between them. */
  edited: number;
  keys: number;
  /** The next reading must be made, even where the last one would still say the same. */
  isWhole: boolean;
  /** The last attempt made none, for the one before stands. */
  stood: boolean;
  /** A timer rang while it ran. */
  again: boolean;
  /** The version that was last settled. */
  settled: number;
  /** The version that was last given to the reader. */
  reads: number;
  /** Milliseconds that the last reading took. */
  took: number;
  /** Resolves when a hover has been looked for, and the reading that this took is told of. */
  looking?: Promise<unknown>;
  /** Milliseconds that a hover's reading of all of this version took; the request for it that follows takes none. */
  ahead?: { readonly version: number; readonly took: number };
  /** Counts the changes of all else that readings rest on. */
  grounds: number;
  /** What was last told of a place of a text that was not read before; as true when it is. */
  soon?: { readonly version: number; readonly offset: number; readonly known: NonNullable<HoverKnown['known']> };
  readonly waiting: { readonly version: number; readonly done: () => void }[];
}

/** When which document is read: soon after it changed, never twice at once, and at once where someone waits for it. */
export class Readings {
  readonly #jobs = new Map<OpenDocument, Job>();

  constructor(
    private readonly analyst: Pick<Analyst, 'read' | 'hover' | 'list'>,
    private readonly settingsOf: (uri: string) => Promise<Settings>,
    private readonly events: ReadingsEvents,
  ) {}

  open(document: OpenDocument): void {
    this.#jobs.set(document, {
      due: 0,
      began: -Infinity,
      edited: -Infinity,
      keys: 0,
      again: false,
      isWhole: true,
      stood: false,
      settled: -1,
      reads: -1,
      took: 0,
      grounds: 0,
      waiting: [],
    });
    this.#schedule(document, 0);
  }

  /** The document changed. */
  touch(document: OpenDocument): void {
    const job = this.#jobs.get(document);
    if (job) {
      const now = Date.now();
      job.keys = now - job.edited < KEYS_APART ? job.keys + 1 : 0;
      job.edited = now;
    }
    this.#touch(document, PAUSE);
  }

  /** Something else that the document's reading rests on changed. */
  touchWhole(document: OpenDocument, pause: number): void {
    const job = this.#jobs.get(document);
    if (job) {
      job.isWhole = true;
      job.soon = undefined;
      job.grounds++;
    }
    this.#touch(document, pause);
  }

  #touch(document: OpenDocument, pause: number): void {
    const job = this.#jobs.get(document);
    if (!job) return;
    // Also the version that was settled must be read again where it was another file that changed.
    job.settled = Math.min(job.settled, document.version - 1);
    const quiet = Math.min(LONGEST_PAUSE, Math.max(pause, 2 * job.took));
    // Who waits while a reading runs may be content with that one.
    const isWaitedFor = job.waiting.length > 0 && !job.running;
    this.#schedule(document, isWaitedFor ? Math.min(quiet, pauseFor(job)) : quiet);
  }

  close(document: OpenDocument): void {
    const job = this.#jobs.get(document);
    clearTimeout(job?.timer);
    this.#jobs.delete(document);
    for (const { done } of job?.waiting ?? []) done();
  }

  /**
   * What there is at an offset of a document whose present version is not read yet, as that version has it: out of a part of it that was read, or out of
   * all of it, of which the rest is told at once after. undefined where the reading must be waited for, or nobody wants it any more.
   */
  async hoverSoon(document: OpenDocument, offset: number, isWanted: () => boolean): Promise<HoverKnown['known']> {
    const job = this.#jobs.get(document);
    const { version, path, root } = document;
    if (job?.soon?.version === version && job.soon.offset === offset) return job.soon.known;
    if (!job || job.settled >= version || job.reads >= version || !document.good || document.refusal) return undefined;
    const { grounds } = job;
    const isPresent = (): boolean => document.version === version && isWanted();
    const { reader } = await this.settingsOf(document.uri);
    const request = (): HoverRead => ({ path, root, stepBudget: reader.stepBudget, offset, mayReadAll: pauseFor(job) === 0 });
    const asked = this.analyst.hover(request, reader.timeLimit, isPresent);
    const looking = asked.then(async (outcome) => {
      if (outcome.kind !== 'hover' || !outcome.isWhole || document.version !== version) return;
      job.ahead = { version, took: outcome.milliseconds };
      await this.settled(document);
    });
    job.looking = looking;
    void looking.finally(() => {
      if (job.looking === looking) job.looking = undefined;
    });
    const outcome = await asked;
    const known = outcome.kind === 'hover' && document.version === version ? outcome.known : undefined;
    // What came of older grounds is not remembered: it would be told again where it is not true any more.
    if (known && job.grounds === grounds) job.soon = { version, offset, known };
    return known;
  }

  /** Resolves when the reading of a document that is under way, for itself or for a hover, has ended; undefined where none is. */
  underWay(document: OpenDocument): Promise<unknown> | undefined {
    const job = this.#jobs.get(document);
    return job?.running ?? job?.looking;
  }

  /** Resolves when the present version is read, or is known not to be readable; without a pause before it, but in a burst of edits. */
  settled(document: OpenDocument): Promise<void> {
    const job = this.#jobs.get(document);
    if (!job || job.settled >= document.version) return Promise.resolve();
    const { version } = document;
    return new Promise((done) => {
      job.waiting.push({ version, done });
      if (!job.timer) return;
      const pause = pauseFor(job);
      if (pause > 0) {
        this.#schedule(document, Math.min(pause, job.due - Date.now()));
        return;
      }
      clearTimeout(job.timer);
      job.timer = undefined;
      void this.#read(document, job);
    });
  }

  /** As `settled`, and the last good reading is then one of the present text itself, not an earlier one that still stands. */
  whole(document: OpenDocument): Promise<void> {
    const job = this.#jobs.get(document);
    if (job?.stood !== true) return this.settled(document);
    this.touchWhole(document, 0);
    return this.settled(document);
  }

  /**
   * Reads the document once more with what a person gave, and changes nothing that is known of it. undefined where it cannot be read, or is typed
   * in all the time: the answer is about the text of the last good reading.
   */
  async readGiven(document: OpenDocument, given: readonly Given[]): Promise<Reading | undefined> {
    const { reader } = await this.settingsOf(document.uri);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      let { version } = document;
      const outcome = await this.analyst.read(() => {
        ({ version } = document);
        return { path: document.path, root: document.root, stepBudget: reader.stepBudget, given };
      }, reader.timeLimit);
      if (outcome.kind !== 'read') return undefined;
      await this.whole(document);
      if (document.good?.version === version) return outcome.answer.reading;
    }
    return undefined;
  }

  /**
   * Reads another text as if it were the document's, and changes nothing that is known of it. undefined where it cannot be read.
   * @param others files that it imports, likewise
   */
  async readText(document: OpenDocument, text: string, others: readonly FileText[] = []): Promise<ReadAnswer | undefined> {
    if (!mentionsTensorFlow(text) || text.length > MAX_FILE_BYTES) return undefined;
    return this.#readElsewhere(document.uri, { path: document.path, root: document.root, text, others });
  }

  /** Reads a file that no editor need have open. undefined where it cannot be read. */
  readFile(uri: string, path: string, root: string): Promise<ReadAnswer | undefined> {
    return this.#readElsewhere(uri, { path, root });
  }

  async #readElsewhere(uri: string, what: Pick<ReadRequest, 'path' | 'root' | 'text' | 'others'>): Promise<ReadAnswer | undefined> {
    const { reader } = await this.settingsOf(uri);
    const outcome = await this.analyst.read(() => ({ ...what, stepBudget: reader.stepBudget }), reader.timeLimit);
    return outcome.kind === 'read' ? outcome.answer : undefined;
  }

  /** The files below a folder that may define models, as far as they are known by now; see `ListRequest`. */
  async list(root: string): Promise<ListAnswer | undefined> {
    const outcome = await this.analyst.list(root, false);
    return outcome.kind === 'listed' ? outcome.list : undefined;
  }

  /**
   * Reads another text in the place of the document's, only to see whether it is right, and changes nothing that is known of it. undefined where it
   * cannot be read, or is not wanted any more when its turn comes.
   */
  async tryText(document: OpenDocument, text: string, isWanted: () => boolean): Promise<Trial | undefined> {
    const { reader, diagnostics } = await this.settingsOf(document.uri);
    const request = { path: document.path, root: document.root, stepBudget: reader.stepBudget, text, diagnostics, isTrial: true as const };
    const outcome = await this.analyst.read(() => request, reader.timeLimit, isWanted);
    return outcome.kind === 'tried' ? outcome.trial : undefined;
  }

  #schedule(document: OpenDocument, pause: number, isWhole = false): void {
    const job = this.#jobs.get(document);
    if (!job) return;
    clearTimeout(job.timer);
    job.due = Date.now() + pause;
    job.timer = setTimeout(() => {
      job.timer = undefined;
      job.isWhole ||= isWhole;
      void this.#read(document, job);
    }, pause);
  }

  async #read(document: OpenDocument, job: Job): Promise<void> {
    // What changes while a reading runs is read when it has ended.
    if (job.running) {
      job.again = true;
      return;
    }
    job.began = Date.now();
    const before = document.good;
    const reading = this.#attempt(document, job);
    job.running = reading;
    const version = await reading;
    const again = job.again;
    job.running = undefined;
    job.again = false;
    if (this.#jobs.get(document) !== job) return;
    job.settled = version;
    for (const waiter of job.waiting.splice(0)) {
      if (waiter.version <= version) waiter.done();
      else job.waiting.push(waiter);
    }
    this.events.settled(document, before);
    if (job.waiting.length > 0) this.#schedule(document, pauseFor(job));
    else if ((again || document.version > version) && !job.timer) this.#schedule(document, PAUSE);
    else if (job.stood && !job.timer) this.#schedule(document, REST, true);
  }

  /** Reads the document once; answers the version that was read. */
  async #attempt(document: OpenDocument, job: Job): Promise<number> {
    const settings = await this.settingsOf(document.uri);
    const refusal = refusalOf(document, settings);
    if (refusal !== undefined) {
      document.refuse(refusal);
      return document.version;
    }
    let { version, text } = document;
    const { isWhole } = job;
    job.isWhole = job.stood = false;
    const outcome = await this.analyst.read(() => {
      ({ version, text } = document);
      job.reads = version;
      document.startReading();
      const { lastEdit: editedAt } = document;
      return {
        path: document.path,
        root: document.root,
        stepBudget: settings.reader.stepBudget,
        diagnostics: settings.diagnostics,
        ...(document.good && !isWhole && { mayStand: true }),
        ...(editedAt !== undefined && { editedAt }),
      };
    }, settings.reader.timeLimit);
    job.stood = outcome.kind === 'stands';
    if (outcome.kind !== 'ended' && !job.stood) job.took = outcome.milliseconds + (job.ahead?.version === version ? job.ahead.took : 0);
    job.ahead = undefined;
    take(document, outcome, version, text);
    return version;
  }
}

/** Milliseconds until a reading that someone waits for may begin. */
function pauseFor({ keys, began }: Job): number {
  // A clock that was set back must not make anyone wait longer.
  return keys < BURST ? 0 : Math.min(WHILE_TYPING, Math.max(0, began + WHILE_TYPING - Date.now()));
}

function take(document: OpenDocument, outcome: Outcome, version: number, text: string): void {
  if (outcome.kind === 'stands') document.stand();
  if (outcome.kind === 'read') {
    const { reading, touched, problems, edited } = outcome.answer;
    document.accept({ reading, touched, problems, version, text, ...(edited && { edited }) });
  } else if ('reason' in outcome) document.refuse({ kind: 'failed', reason: outcome.reason });
}

/** Why a document is not given to the reader at all. */
function refusalOf(document: OpenDocument, settings: Settings): OpenDocument['refusal'] {
  if (!settings.enable) return { kind: 'off', reason: 'Layerscope is switched off (layerscope.enable).' };
  if (!mentionsTensorFlow(document.text)) return { kind: 'foreign', reason: 'This file does not mention TensorFlow.js.' };
  if (document.text.length > MAX_FILE_BYTES)
    return { kind: 'too-large', reason: 'Layerscope does not read this file: it is larger than 5 MB.' };
  return undefined;
}
