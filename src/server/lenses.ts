import type { CodeLens, Command } from 'vscode-languageserver';
import { codeLenses, type Lens, type LensAction } from '../features/codeLens';
import type { Reading } from '../model/reading';
import { LENS_COMMANDS, type ModelRef, type PlaceRef } from '../protocol/lsp';
import type { NameOf } from './answers';
import type { Good, OpenDocument } from './document';
import type { OffsetMap } from './offsetMap';

/** The lenses of open documents: those of the last reading, and those that a half-typed source has lost for the moment. */
export class Lenses {
  readonly #of = new Map<OpenDocument, { readonly good: Good; readonly lenses: readonly Lens[] }>();
  readonly #earlier = new Map<string, Reading>();

  constructor(private readonly nameOf: NameOf) {}

  /** A document was read; `before` is what held until now. */
  settled(document: OpenDocument, before: Good | undefined): void {
    const { good } = document;
    if (!good || good === this.#of.get(document)?.good) return;
    const old = before && this.#of.get(document)?.good === before ? this.#of.get(document)?.lenses : undefined;
    const fresh = codeLenses(good.reading, good.text, this.#earlier.get(document.uri));
    const lenses = old && before && isHalfTyped(good.reading) ? withLost(fresh, old, document.moved, before.text, good.text) : fresh;
    this.#of.set(document, { good, lenses });
  }

  /** What the document was at git's HEAD; undefined where nothing is known of it. */
  setEarlier(document: OpenDocument, reading: Reading | undefined): void {
    if (reading) this.#earlier.set(document.uri, reading);
    else this.#earlier.delete(document.uri);
    this.#of.delete(document);
  }

  forget(document: OpenDocument): void {
    this.#of.delete(document);
    this.#earlier.delete(document.uri);
  }

  /** Where they stand now, with the texts of the last reading. */
  at(document: OpenDocument): CodeLens[] {
    this.settled(document, undefined);
    const { map } = document;
    return (this.#of.get(document)?.lenses ?? []).flatMap(({ anchor, parts }) => {
      const offset = map.forward(anchor, 'start');
      if (offset === undefined) return [];
      const range = document.rangeOf({ start: offset, end: offset });
      return parts.map(({ text, action }) => ({ range, command: this.#command(document, text, action) }));
    });
  }

  #command(document: OpenDocument, title: string, action: LensAction | undefined): Command {
    // A lens without a command is plain text.
    if (!action) return { title, command: '' };
    const { uri } = document;
    if (action.kind === 'go') {
      const range = document.present(action.to);
      return range ? { title, command: LENS_COMMANDS.go, arguments: [{ uri, range } satisfies PlaceRef] } : { title, command: '' };
    }
    const model: ModelRef = { uri, id: this.nameOf(action.id), title: action.title };
    return { title, command: LENS_COMMANDS[action.kind], arguments: [model] };
  }
}

const isHalfTyped = ({ isBroken, limits }: Reading): boolean => isBroken === true || limits.length > 0;

/** Lenses that are gone only because the source cannot be parsed as it stands keep their place, so that nothing jumps while a line is typed. */
function withLost(fresh: readonly Lens[], old: readonly Lens[], moved: OffsetMap, before: string, text: string): readonly Lens[] {
  const lost = old.flatMap((lens): readonly Lens[] => {
    const anchor = moved.forward(lens.anchor, 'start');
    const isThere = anchor !== undefined && wordAt(text, anchor) === wordAt(before, lens.anchor);
    return isThere && !fresh.some((one) => one.anchor === anchor)
      ? [{ anchor, parts: lens.parts.map(({ text: said }) => ({ text: said })) }]
      : [];
  });
  return [...fresh, ...lost].sort((a, b) => a.anchor - b.anchor);
}

const wordAt = (text: string, offset: number): string => /^[\p{L}\p{N}_$]*/u.exec(text.slice(offset, offset + 80))?.[0] ?? '';
