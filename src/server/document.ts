import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, Range, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { editBetween, type Edit } from '../model/edit';
import type { Problem, Reading } from '../model/reading';
import type { Span } from '../model/span';
import { Handles } from './handles';
import { OffsetMap } from './offsetMap';

/** The last reading that succeeded, and the text it is about. */
export interface Good {
  readonly reading: Reading;
  readonly version: number;
  readonly text: string;
  readonly touched: readonly string[];
  /** All that is wrong with it, as settings want it. */
  readonly problems: readonly Problem[];
  /** The statement that was edited last; undefined while nothing was edited. */
  readonly edited?: Span;
}

/** True where what was said of a document is still what there is to say: no reading, good or failed, has come since `before`. */
export const stands = ({ good, refusal }: OpenDocument, before: Good | undefined): boolean =>
  good !== undefined && good === before && refusal === undefined;

/** Why a document has no reading, in words for people. */
export interface Refusal {
  readonly kind: 'off' | 'foreign' | 'too-large' | 'failed';
  readonly reason: string;
}

/** An open document, what was last read of it, and the edits since. Spans of a reading are about its text; this class carries them to where they stand now. */
export class OpenDocument {
  readonly handles: Handles;
  #text: TextDocument;
  #good: Good | undefined;
  #edits: { readonly version: number; readonly edit: Edit }[] = [];
  #refusal: Refusal | undefined;
  #moved = new OffsetMap([]);
  #lastEdit: number | undefined;

  constructor(
    readonly uri: string,
    readonly path: string,
    /** Folder outside which nothing is read for this document. */
    readonly root: string,
    languageId: string,
    version: number,
    text: string,
  ) {
    this.#text = TextDocument.create(uri, languageId, version, text);
    this.handles = new Handles(path);
  }

  get version(): number {
    return this.#text.version;
  }

  get text(): string {
    return this.#text.getText();
  }

  get good(): Good | undefined {
    return this.#good;
  }

  change(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    for (const change of changes) {
      const before = this.#text;
      const edit = 'range' in change ? editOf(before, change.range, change.text) : editBetween(before.getText(), change.text);
      this.#text = TextDocument.update(before, [change], version);
      this.#edits.push({ version, edit });
      this.#lastEdit = edit.start + edit.length;
    }
    const good = this.#good;
    // A document that is typed in for long without a reading that succeeds: one edit says the same, more coarsely.
    if (good && this.#edits.length > MAX_EDITS) this.#edits = [{ version, edit: editBetween(good.text, this.text) }];
  }

  /** The end of what the last edit put in, in the present text; undefined while nothing was edited. */
  get lastEdit(): number | undefined {
    return this.#lastEdit;
  }

  /** Call when a reading of the present text starts. */
  startReading(): void {
    // Without an earlier reading there is nothing to carry through the edits so far.
    if (!this.#good) this.#edits = [];
  }

  /** Takes a reading of an earlier or the present version. */
  accept(good: Good): void {
    this.#moved = new OffsetMap(this.#edits.filter(({ version }) => version <= good.version).map(({ edit }) => edit));
    this.handles.update(good.reading, this.#moved);
    this.#edits = this.#edits.filter(({ version }) => version > good.version);
    this.#good = good;
    this.#refusal = undefined;
  }

  /** The last reading also holds for the present text. */
  stand(): void {
    this.#refusal = undefined;
  }

  /** From the text of the reading before the last one to the last one's. */
  get moved(): OffsetMap {
    return this.#moved;
  }

  /** From the last reading's text to the present one. */
  get map(): OffsetMap {
    return new OffsetMap(this.#edits.map(({ edit }) => edit));
  }

  /** Why the latest attempt to read gave nothing; undefined where it gave something. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** The latest attempt to read gave nothing. A failure leaves the last good reading; a document that is not to be read has none. */
  refuse(refusal: Refusal): void {
    this.#refusal = refusal;
    if (refusal.kind === 'failed') return;
    this.#good = undefined;
    this.#edits = [];
  }

  offsetAt(position: Position): number {
    return this.#text.offsetAt(position);
  }

  positionAt(offset: number): Position {
    return this.#text.positionAt(offset);
  }

  rangeOf({ start, end }: Span): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }

  /** Where a span of the last reading stands now; undefined where it is gone. */
  present(span: Span): Range | undefined {
    const now = this.map.forwardSpan(span);
    return now && this.rangeOf(now);
  }

  /** The line of an offset in the present text, without its break. */
  lineAround(offset: number): Span {
    const { line } = this.positionAt(offset);
    const start = this.offsetAt({ line, character: 0 });
    const next = this.offsetAt({ line: line + 1, character: 0 });
    return { start, end: start + this.text.slice(start, next).replace(/[\r\n]+$/, '').length };
  }
}

const MAX_EDITS = 2_000;

const editOf = (text: TextDocument, range: Range, inserted: string): Edit => {
  const [one, other] = [text.offsetAt(range.start), text.offsetAt(range.end)];
  return { start: Math.min(one, other), end: Math.max(one, other), length: inserted.length };
};
