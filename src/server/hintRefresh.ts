import type { InlayHint } from 'vscode-languageserver';
import type { OpenDocument } from './document';

/** Milliseconds in which refreshes of several documents become one. */
const GATHER = 30;

/** Asks the editor to fetch its hints anew, but only where a document's hints say something else than what it was last given. */
export class HintRefresh {
  readonly #given = new Map<OpenDocument, string>();
  readonly #stale = new Set<OpenDocument>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly refresh: () => void) {}

  /** The editor asked by itself and is being given these: all hints of the document as they are now. */
  given(document: OpenDocument, hints: readonly InlayHint[]): void {
    this.#given.set(document, textsOf(hints));
    this.#stale.delete(document);
  }

  /** The document was read anew. */
  settled(document: OpenDocument, hints: readonly InlayHint[]): void {
    if (textsOf(hints) === (this.#given.get(document) ?? NONE)) {
      this.#stale.delete(document);
      return;
    }
    this.#stale.add(document);
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#stale.size > 0) this.refresh();
      this.#stale.clear();
    }, GATHER);
  }

  forget(document: OpenDocument): void {
    this.#given.delete(document);
    this.#stale.delete(document);
  }

  /** After a change of settings every hint may have moved. */
  forgetAll(): void {
    for (const document of this.#given.keys()) this.#given.set(document, '');
  }
}

/** What hints say. Where they stand is left out: the editor itself moves them with the text. */
const textsOf = (hints: readonly InlayHint[]): string => JSON.stringify(hints.map(({ label, tooltip }) => [label, tooltip]));

const NONE = textsOf([]);
