import { Range, Uri, window } from 'vscode';
import type { PlaceRef } from '../protocol/lsp';

/** Puts the caret at a place of a file that a lens names. */
export async function goTo({ uri, range: { start, end } }: PlaceRef): Promise<void> {
  await window.showTextDocument(Uri.parse(uri), {
    selection: new Range(start.line, start.character, end.line, end.character),
  });
}
