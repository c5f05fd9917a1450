import type { Command, InlayHintLabelPart } from 'vscode-languageserver';
import type { Hint } from '../features/inlayHints';
import { REVEAL_COMMAND, type QuizParams } from '../protocol/lsp';
import type { OpenDocument } from './document';
import { splitId } from './handles';

/** Which answers of a quiz a person has asked to see: kept by the lasting names of their places, for as long as a document is open. */
export class Quiz {
  readonly #shown = new Map<OpenDocument, Set<string> | 'all'>();

  /** True where the answer about a place (`Site.id`, `ModelRead.id`) is still to be found out. */
  hides(document: OpenDocument, id: string): boolean {
    const shown = this.#shown.get(document);
    return shown !== 'all' && !(shown?.has(handleOf(document, id)) ?? false);
  }

  /** @param onLine the places whose hints stand on a line (0-based). */
  reveal(document: OpenDocument, { reveal }: QuizParams, onLine: (line: number) => readonly string[]): void {
    if (typeof reveal === 'string') {
      if (reveal === 'all') this.#shown.set(document, 'all');
      else this.#shown.delete(document);
      return;
    }
    const shown = this.#shown.get(document);
    if (shown === 'all') return;
    const handles = 'id' in reveal ? [reveal.id] : onLine(reveal.line).map((id) => handleOf(document, id));
    this.#shown.set(document, new Set([...(shown ?? []), ...handles]));
  }

  forget(document: OpenDocument): void {
    this.#shown.delete(document);
  }
}

const handleOf = (document: OpenDocument, id: string): string => document.handles.of(splitId(id)?.offset ?? -1);

/** The label of a hint that keeps its answer back until it is clicked. */
export function questionFor(document: OpenDocument, { id }: Hint): InlayHintLabelPart[] {
  const command: Command = {
    title: 'Show the answer',
    command: REVEAL_COMMAND,
    arguments: [{ uri: document.uri, reveal: { id: handleOf(document, id) } } satisfies QuizParams],
  };
  return [{ value: '?', command }];
}

export const QUESTION_TOOLTIP =
  'Quiz: what comes out here, and how many parameters does it take? Click the ? while holding Ctrl (Cmd on a Mac).';

/** What a hover says while the answer is kept back. */
export const QUESTION_HOVER =
  'Quiz: click the `?` at the end of the line while holding Ctrl (Cmd on a Mac), or run *Layerscope: Show Quiz Answer at Caret*.';
