import type { Connection, Diagnostic } from 'vscode-languageserver';
import type { Problem } from '../model/reading';
import type { OpenDocument } from './document';
import type { OffsetMap } from './offsetMap';
import { limited, toDiagnostics } from './toDiagnostics';

/** Milliseconds without an edit after which new problems are shown: never in the middle of a word. */
export const PAUSE = 800;

/** Milliseconds without an edit after which also the statement that was edited last is marked: whoever rests so long has finished it. */
export const REST = 2_500;

const MAX_PROBLEMS = 100;

interface State {
  timer?: NodeJS.Timeout | undefined;
  /** `Date.now()` of the last edit. */
  editedAt?: number;
  /** Of the last reading, those that the editor shows. */
  shown: readonly Problem[];
  /** What was sent last, as text: what has not changed is not sent again. */
  sent: string;
}

/**
 * Publishes problems, each list with the version that it is about. What is put right goes at once; what is new comes after a pause, and in the
 * statement that is being typed only after a rest, or when the next edit is elsewhere. What was marked before and is still wrong stays marked.
 */
export class Diagnostics {
  readonly #states = new Map<string, State>();

  constructor(
    private readonly connection: Pick<Connection, 'sendDiagnostics'>,
    /** The address of the page about problems of a code. */
    private readonly pageOf: (code: string) => string | undefined,
  ) {}

  /** The document was read, or it was found that it cannot be. `isNew` is false where its reading is the one of the last time. */
  update(document: OpenDocument, isNew: boolean): void {
    const state = this.#stateOf(document);
    this.#cancel(state);
    const { good } = document;
    const all = (document.refusal ? [] : (good?.problems ?? [])).slice(0, MAX_PROBLEMS);
    const known = all.filter((problem) => wasShown(problem, state.shown, isNew ? document.moved : undefined));
    if (state.editedAt === undefined || document.refusal) {
      this.#publish(document, state, all);
      return;
    }
    this.#publish(document, state, known);
    // What was edited meanwhile is read again.
    if (known.length === all.length || good?.version !== document.version) return;
    const { edited } = good;
    const elsewhere = all.filter((one) => known.includes(one) || !edited || !overlap(one.span, edited));
    this.#after(state, PAUSE, () => {
      this.#publish(document, state, elsewhere);
      if (elsewhere.length < all.length) this.#after(state, REST, () => this.#publish(document, state, all));
    });
  }

  /** The document changed: what is waiting to be shown is about an older text. */
  hold(document: OpenDocument): void {
    const state = this.#stateOf(document);
    this.#cancel(state);
    state.editedAt = Date.now();
  }

  close(document: OpenDocument): void {
    const state = this.#stateOf(document);
    this.#cancel(state);
    this.#send(document, state, []);
    this.#states.delete(document.uri);
  }

  dispose(): void {
    for (const state of this.#states.values()) this.#cancel(state);
  }

  #stateOf({ uri }: OpenDocument): State {
    const known = this.#states.get(uri) ?? { shown: [], sent: NOTHING };
    this.#states.set(uri, known);
    return known;
  }

  #after(state: State, quiet: number, then: () => void): void {
    const passed = Date.now() - (state.editedAt ?? 0);
    state.timer = setTimeout(then, Math.max(0, quiet - passed));
  }

  #cancel(state: State): void {
    clearTimeout(state.timer);
    state.timer = undefined;
  }

  #publish(document: OpenDocument, state: State, problems: readonly Problem[]): void {
    state.shown = problems;
    const limits = document.refusal ? refused(document.refusal) : (document.good?.reading.limits ?? []);
    this.#send(document, state, [...toDiagnostics(document, problems, this.pageOf), ...limits.map(limited)]);
  }

  #send(document: OpenDocument, state: State, diagnostics: Diagnostic[]): void {
    const sent = JSON.stringify(diagnostics);
    if (sent === state.sent) return;
    state.sent = sent;
    // Only a client that is gone does not take them.
    this.connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics }).catch(() => {});
  }
}

const NOTHING = '[]';

const refused = ({ kind, reason }: NonNullable<OpenDocument['refusal']>): readonly string[] =>
  kind === 'too-large' || kind === 'failed' ? [reason] : [];

const overlap = (one: Problem['span'], other: Problem['span']): boolean => one.start <= other.end && other.start <= one.end;

/** True where a problem of that kind stood there before the edits. */
const wasShown = ({ code, span }: Problem, shown: readonly Problem[], moved: OffsetMap | undefined): boolean =>
  shown.some((one) => {
    const now = moved ? moved.forwardSpan(one.span) : one.span;
    return one.code === code && now !== undefined && overlap(now, span);
  });
