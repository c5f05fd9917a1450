import { Worker } from 'node:worker_threads';
import type { Trial } from '../model/trial';
import type {
  FromWorker,
  HoverKnown,
  HoverRequest,
  ListAnswer,
  ListRequest,
  ReadAnswer,
  ReadRequest,
  ToWorker,
} from '../protocol/analysis';

/** What came of a request to read. */
export type Outcome =
  | { readonly kind: 'read'; readonly answer: ReadAnswer; readonly milliseconds: number }
  /** The last reading of the file still says what there is to say. */
  | { readonly kind: 'stands'; readonly milliseconds: number }
  | { readonly kind: 'tried'; readonly trial: Trial; readonly milliseconds: number }
  | { readonly kind: 'failed'; readonly reason: string; readonly milliseconds: number }
  /** The server is ending, the worker died too often, or nobody wants it any more. */
  | { readonly kind: 'ended'; readonly reason: string };

/** What came of a request to list files. */
export type ListOutcome = { readonly kind: 'listed'; readonly list: ListAnswer } | Extract<Outcome, { readonly kind: 'failed' | 'ended' }>;

/** What came of a request for a hover. */
export type HoverOutcome =
  | { readonly kind: 'hover'; readonly known: HoverKnown['known']; readonly isWhole: boolean; readonly milliseconds: number }
  | Extract<Outcome, { readonly kind: 'failed' | 'ended' }>;

type AnyOutcome = Outcome | ListOutcome | HoverOutcome;

export interface AnalystEvents {
  /** The worker was ended and will be started again at the next request. */
  restarted(reason: string): void;
  /** The worker died too often and is not started again. */
  gaveUp(reason: string): void;
  /** These files have callers that their last reading did not know. */
  callersFound(paths: readonly string[]): void;
  /** For the log. */
  log(text: string): void;
}

/** Deaths in a row, without a reading between them, after which no new worker is started. */
const MAX_DEATHS = 5;

/** Seconds that loading the reader may take, on the slowest machine. */
const MAX_START = 60;

/** Seconds that looking into a few files may take, on the slowest disk. */
const MAX_SEARCH = 60;

/** Megabytes of the worker's heap. */
const MAX_HEAP = 2_048;

type Request = Omit<ReadRequest, 'type' | 'id'>;

type Task = {
  readonly request: () => Omit<ReadRequest, 'id'> | Omit<HoverRequest, 'id'> | Omit<ListRequest, 'id'>;
  readonly seconds: number;
  readonly done: (outcome: AnyOutcome) => void;
  /** Asked when its turn comes; what nobody wants any more is not read. */
  readonly isWanted: () => boolean;
  /** 'later': nobody waits for it, all else comes first, and where it ends the thread that is no reason to give up. 'next': a person looks at it. */
  readonly turn: 'next' | 'inOrder' | 'later';
};

const ALWAYS = (): boolean => true;

/**
 * Owns the thread that reads. Requests run one after the other; one that runs longer than its seconds ends the thread, and the next
 * request gets a new one that is told of all open documents.
 */
export class Analyst {
  #worker: Worker | undefined;
  #ready = false;
  #starting: NodeJS.Timeout | undefined;
  #current: { readonly id: number; readonly task: Task; readonly since: number; readonly timer: NodeJS.Timeout } | undefined;
  #ended: string | undefined;
  #deaths = 0;
  #nextId = 1;
  readonly #queue: Task[] = [];
  readonly #later: Task[] = [];
  readonly #open = new Map<string, string>();
  /** Prepared for the worker, sent before its next request: a text that changes ten times in between is sent once. */
  readonly #unsent = new Map<string, ToWorker>();

  constructor(
    private readonly script: string,
    private readonly events: AnalystEvents,
  ) {}

  open(path: string, text: string): void {
    this.#open.set(path, text);
    this.#unsent.set(path, { type: 'open', path, text });
  }

  close(path: string): void {
    this.#open.delete(path);
    this.#unsent.set(path, { type: 'close', path });
  }

  filesChanged(paths: readonly string[]): void {
    for (const path of paths) if (!this.#open.has(path)) this.#unsent.set(path, { type: 'changed', paths: [path] });
  }

  /** Reads a file when its turn comes; `request` is asked then, so that it sees the latest settings. Never rejects. */
  read(request: () => Request, seconds: number, isWanted: Task['isWanted'] = ALWAYS): Promise<Outcome> {
    return this.#ask({ request: () => ({ type: 'read', ...request() }), seconds, isWanted, turn: 'inOrder' });
  }

  /** Like `read`, when nothing else is to be done. */
  readLater(request: () => Request, seconds: number): Promise<Outcome> {
    return this.#ask({ request: () => ({ type: 'read', ...request() }), seconds, isWanted: ALWAYS, turn: 'later' });
  }

  /** Asks what there is at an offset of a file, before all else that waits; see `HoverRequest`. Never rejects. */
  hover(request: () => Omit<HoverRequest, 'type' | 'id'>, seconds: number, isWanted: Task['isWanted']): Promise<HoverOutcome> {
    return this.#ask<HoverOutcome>({ request: () => ({ type: 'hover', ...request() }), seconds, isWanted, turn: 'next' });
  }

  /**
   * Looks on for files below a folder that may define models; see `ListRequest`. Never rejects.
   * @param isLater only when nothing else is to be done
   */
  list(root: string, isLater: boolean): Promise<ListOutcome> {
    return this.#ask<ListOutcome>({
      request: () => ({ type: 'list', root }),
      seconds: MAX_SEARCH,
      isWanted: ALWAYS,
      turn: isLater ? 'later' : 'inOrder',
    });
  }

  /** Only an answer to what was asked, or a failure, comes back. */
  #ask<O extends AnyOutcome = Outcome>(task: Omit<Task, 'done'>): Promise<O> {
    const ended = this.#ended;
    if (ended !== undefined) return Promise.resolve({ kind: 'ended', reason: ended } as O);
    return new Promise((done) => {
      const whole = { ...task, done: (outcome: AnyOutcome) => done(outcome as O) };
      if (task.turn === 'next') this.#queue.unshift(whole);
      else (task.turn === 'later' ? this.#later : this.#queue).push(whole);
      this.#next();
    });
  }

  /** Ends the thread; what is waiting is answered with `ended`. */
  async end(reason: string): Promise<void> {
    this.#ended ??= reason;
    const worker = this.#worker;
    this.#worker = undefined;
    clearTimeout(this.#starting);
    this.#settle({ kind: 'ended', reason });
    for (const { done } of [...this.#queue.splice(0), ...this.#later.splice(0)]) done({ kind: 'ended', reason });
    await worker?.terminate();
  }

  #next(): void {
    if (this.#current || this.#ended !== undefined || this.#queue.length + this.#later.length === 0) return;
    const worker = (this.#worker ??= this.#start());
    const task = this.#ready ? (this.#queue.shift() ?? this.#later.shift()) : undefined;
    if (!task) return;
    if (!task.isWanted()) {
      task.done({ kind: 'ended', reason: 'it is not wanted any more' });
      this.#next();
      return;
    }
    const id = this.#nextId++;
    const timer = setTimeout(() => this.#died(worker, `reading took longer than ${task.seconds} s`), task.seconds * 1000);
    this.#current = { id, task, since: performance.now(), timer };
    for (const message of this.#unsent.values()) this.#post(worker, message);
    this.#unsent.clear();
    this.#post(worker, { ...task.request(), id });
  }

  #start(): Worker {
    const worker = new Worker(this.script, { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP }, stdout: true, stderr: true });
    // What libraries print must not get between the messages of a server that speaks over stdout.
    worker.stdout.on('data', (text: Buffer) => this.events.log(String(text)));
    worker.stderr.on('data', (text: Buffer) => this.events.log(String(text)));
    worker.on('message', (message: FromWorker) => this.#receive(worker, message));
    worker.on('error', (error: Error) => this.#died(worker, `the analysis failed (${error.message})`));
    worker.on('exit', (code) => this.#died(worker, `the analysis ended (code ${code})`));
    for (const [path, text] of this.#open) this.#unsent.set(path, { type: 'open', path, text });
    this.#ready = false;
    this.#starting = setTimeout(() => this.#died(worker, 'the analysis did not start'), MAX_START * 1000);
    return worker;
  }

  #post(worker: Worker, message: ToWorker): void {
    worker.postMessage(message);
  }

  #receive(worker: Worker, message: FromWorker): void {
    if (worker !== this.#worker) return;
    if (message.type === 'ready') {
      this.#ready = true;
      clearTimeout(this.#starting);
      this.#next();
      return;
    }
    if (message.type === 'callers') {
      this.events.callersFound(message.paths);
      return;
    }
    if (message.id !== this.#current?.id) return;
    this.#deaths = 0;
    const milliseconds = performance.now() - this.#current.since;
    if (message.type === 'failure') this.events.log(message.error);
    this.#settle(outcomeOf(message, milliseconds));
    this.#next();
  }

  /** Once a worker: the first reason counts, its `exit` after `error` or `terminate` finds it replaced. */
  #died(worker: Worker, reason: string): void {
    if (worker !== this.#worker) return;
    this.#worker = undefined;
    clearTimeout(this.#starting);
    void worker.terminate();
    const milliseconds = this.#current ? performance.now() - this.#current.since : 0;
    if (this.#current?.task.turn !== 'later') this.#deaths++;
    this.#settle({ kind: 'failed', reason, milliseconds });
    if (this.#deaths >= MAX_DEATHS) {
      this.events.gaveUp(reason);
      void this.end(reason);
      return;
    }
    this.events.restarted(reason);
    this.#next();
  }

  #settle(outcome: AnyOutcome): void {
    if (!this.#current) return;
    clearTimeout(this.#current.timer);
    const { task } = this.#current;
    this.#current = undefined;
    task.done(outcome);
  }
}

function outcomeOf(message: Exclude<FromWorker, { type: 'ready' | 'callers' }>, milliseconds: number): AnyOutcome {
  switch (message.type) {
    case 'reading':
      return { kind: 'read', answer: message, milliseconds };
    case 'stands':
      return { kind: 'stands', milliseconds };
    case 'trial':
      return { kind: 'tried', trial: message.trial, milliseconds };
    case 'hover':
      return { kind: 'hover', known: message.known, isWhole: message.isWhole ?? false, milliseconds };
    case 'listed':
      return { kind: 'listed', list: message };
    case 'failure':
      return { kind: 'failed', reason: `Layerscope's reader failed: ${message.error.split('\n')[0] ?? ''}`, milliseconds };
  }
}
