import { DiagnosticSeverity, type Connection, type Diagnostic, type Range } from 'vscode-languageserver';
import type { Problem } from '../model/reading';
import { oneLine } from '../features/writing';
import type { OpenDocument } from './document';
import { fileUri } from './uris';

const SOURCE = 'layerscope';

/** Milliseconds without an edit after which problems are shown: never in the middle of a word. */
const PAUSE = 800;
const MAX_PROBLEMS = 100;
const MAX_MESSAGE = 1_000;

/** Publishes problems, each list with the version that it is about. */
export class Diagnostics {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #shown = new Set<string>();

  constructor(private readonly connection: Connection) {}

  /** Shows what the document's last reading says: at once where there is nothing to say any more, else after a pause. */
  update(document: OpenDocument): void {
    clearTimeout(this.#timers.get(document.uri));
    const { version } = document;
    if (problemsOf(document).length === 0) this.#publish(document, []);
    else
      this.#timers.set(
        document.uri,
        setTimeout(() => document.version === version && this.#publish(document, problemsOf(document)), PAUSE),
      );
  }

  /** The document changed: what is waiting to be shown is about an older text. */
  hold(document: OpenDocument): void {
    clearTimeout(this.#timers.get(document.uri));
  }

  close(document: OpenDocument): void {
    clearTimeout(this.#timers.get(document.uri));
    this.#timers.delete(document.uri);
    this.#publish(document, []);
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #publish(document: OpenDocument, diagnostics: Diagnostic[]): void {
    if (diagnostics.length === 0 && !this.#shown.has(document.uri)) return;
    if (diagnostics.length === 0) this.#shown.delete(document.uri);
    else this.#shown.add(document.uri);
    // Only a client that is gone does not take them.
    this.connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics }).catch(() => {});
  }
}

/** What TensorFlow.js itself would throw, what proves a comment wrong, and what kept us from reading. Broken syntax is the language's own business to mark. */
function problemsOf(document: OpenDocument): Diagnostic[] {
  const { good, refusal } = document;
  const errors = (good?.reading.problems ?? [])
    .filter(({ severity, code }) => severity !== 'hint' && code !== 'syntax')
    .slice(0, MAX_PROBLEMS);
  const limits = refusal
    ? refusal.kind === 'too-large' || refusal.kind === 'failed'
      ? [refusal.reason]
      : []
    : (good?.reading.limits ?? []);
  return [...errors.flatMap((problem) => toDiagnostic(document, problem)), ...limits.map(limited)];
}

function toDiagnostic(document: OpenDocument, problem: Problem): Diagnostic[] {
  const range = document.present(problem.span);
  if (!range) return [];
  const related = (problem.related ?? []).flatMap(({ at, message }) => {
    // Of another file only the path is at hand, so it is pointed at as a whole, and the message says where.
    const here = at.path === document.path ? document.present(at) : START;
    const uri = at.path === document.path ? document.uri : fileUri(at.path);
    return here ? [{ location: { uri, range: here }, message: said(message) }] : [];
  });
  return [
    {
      range,
      severity: problem.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
      source: SOURCE,
      code: problem.code,
      message: said(problem.message),
      relatedInformation: related,
    },
  ];
}

const START: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** About the file as a whole: its first line carries it. */
const limited = (reason: string): Diagnostic => ({
  range: START,
  severity: DiagnosticSeverity.Information,
  source: SOURCE,
  code: 'limit',
  message: said(reason),
});

const said = (message: string): string => {
  const line = oneLine(message);
  return line.length <= MAX_MESSAGE ? line : `${line.slice(0, MAX_MESSAGE)}…`;
};
