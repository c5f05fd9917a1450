import { window, type Position, type TextEditor, type Uri } from 'vscode';
import { Owner } from '../disposal';
import type { Server } from '../languageClient';
import { isModelFile } from '../modelFiles';
import { settingsFor } from '../settings';

/** Milliseconds for which a caret must rest: who holds an arrow key needs no tree that runs along. */
const REST = 120;

/** Tells which layers the caret is at, while it is on. A caret that was put somewhere by the tree itself is not told. */
export class CaretFollower extends Owner {
  #isOn = false;
  #timer: NodeJS.Timeout | undefined;
  #last = '';

  constructor(
    private readonly server: Server,
    private readonly meant: (sites: readonly string[], model: string | undefined) => Promise<void>,
  ) {
    super();
    this.own(window.onDidChangeTextEditorSelection(({ textEditor }) => this.#moved(textEditor)));
    this.own(window.onDidChangeActiveTextEditor((editor) => editor && this.#moved(editor)));
    this.own({ dispose: () => clearTimeout(this.#timer) });
  }

  set isOn(on: boolean) {
    this.#isOn = on;
    if (on) this.again();
    else clearTimeout(this.#timer);
  }

  /** The caret will be put there by the tree. */
  expect(uri: Uri, position: Position): void {
    this.#last = keyOf(uri, position);
  }

  /** What the caret means may be known only now. */
  again(): void {
    if (window.activeTextEditor) this.#soon(window.activeTextEditor);
  }

  #moved(editor: TextEditor): void {
    if (editor !== window.activeTextEditor || keyOf(editor.document.uri, editor.selection.active) === this.#last) return;
    this.#soon(editor);
  }

  #soon(editor: TextEditor): void {
    clearTimeout(this.#timer);
    if (!this.#isOn || !isModelFile(editor.document) || !settingsFor(editor.document.uri).models.followCaret) return;
    this.#timer = setTimeout(() => void this.#ask(editor), REST);
  }

  async #ask(editor: TextEditor): Promise<void> {
    const { document, selection } = editor;
    const key = keyOf(document.uri, selection.active);
    this.#last = key;
    try {
      const { sites, model } = await this.server.sitesAt(document, selection.active);
      // A newer caret is about to be asked about.
      if (this.#isOn && this.#last === key) await this.meant(sites, model);
    } catch {
      // The server is just being restarted, or gone: the selection stays as it is.
    }
  }
}

const keyOf = (uri: Uri, { line, character }: Position): string => `${uri.toString()} ${line}:${character}`;
