import type { OpenDocument } from './document';

/** Milliseconds between two refreshes, in which those of several documents become one. The first of them comes at once: somebody may be looking at what is old. */
const GATHER = 30;

/** Asks the editor to fetch hints or lenses anew, but only where a document's say something else than what it was last given. Where they stand does not count: the editor itself moves them with the text. */
export class TextRefresh {
  readonly #given = new Map<OpenDocument, string>();
  /** What it should have been given by now. */
  readonly #stale = new Map<OpenDocument, string>();
  #timer: NodeJS.Timeout | undefined;
  #last = -Infinity;

  /** @param nothing the texts of a document that has none. */
  constructor(
    private readonly refresh: () => void,
    private readonly nothing: string,
  ) {}

  /** The editor asked by itself and is being given these: all texts of the document as they are now. */
  given(document: OpenDocument, texts: string): void {
    this.#given.set(document, texts);
    // An answer that was begun before a change of settings is not yet what it should be.
    if (this.#stale.get(document) === texts) this.#stale.delete(document);
  }

  /** The document was read anew. */
  settled(document: OpenDocument, texts: string): void {
    if (texts === (this.#given.get(document) ?? this.nothing)) {
      this.#stale.delete(document);
      return;
    }
    this.#stale.set(document, texts);
    if (this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#stale.size > 0) {
          this.#last = Date.now();
          this.refresh();
        }
        this.#stale.clear();
      },
      Math.max(0, this.#last + GATHER - Date.now()),
    );
  }

  forget(document: OpenDocument): void {
    this.#given.delete(document);
    this.#stale.delete(document);
  }

  /** After a change of settings every one may have moved. */
  forgetAll(): void {
    for (const document of this.#given.keys()) this.#given.set(document, '');
  }
}
