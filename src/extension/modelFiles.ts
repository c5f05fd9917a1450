import { commands, window, workspace, type TextDocument, type TextDocumentChangeEvent } from 'vscode';
import { LANGUAGES, mentionsTensorFlow } from '../protocol/mentions';
import { CONTEXT_KEYS } from './contributions';
import { Owner } from './disposal';
import { settingsFor } from './settings';

/** Kinds of places that documents with models come from. Others are views of them: diffs, outputs, previews. */
export const SCHEMES = ['file', 'untitled', 'vscode-vfs'] as const;

/** True for a document that is written in a language with models, whatever stands in it. */
export const isSource = ({ languageId, uri }: TextDocument): boolean =>
  (LANGUAGES as readonly string[]).includes(languageId) && (SCHEMES as readonly string[]).includes(uri.scheme);

/** True for a document that the language server is to read. */
export const isModelFile = (document: TextDocument): boolean =>
  isSource(document) && settingsFor(document.uri).enable && mentionsTensorFlow(document.getText());

/**
 * Looks out for documents that mention TensorFlow.js: calls `found` at the first, `none` where settings leave none to read any more,
 * and keeps the context key of the active editor.
 */
export class ModelFiles extends Owner {
  #found = false;

  constructor(
    private readonly found: () => void,
    private readonly none: () => void,
  ) {
    super();
    this.own(workspace.onDidOpenTextDocument((document) => this.#look(document)));
    this.own(workspace.onDidChangeTextDocument((event) => this.#changed(event)));
    this.own(window.onDidChangeActiveTextEditor(() => this.#mark()));
    this.own(workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('layerscope.enable') && this.#switched()));
    this.#all();
  }

  #switched(): void {
    if (this.#found && !workspace.textDocuments.some(isModelFile)) {
      this.#found = false;
      void commands.executeCommand('setContext', CONTEXT_KEYS.modelsKnown, false);
      this.none();
    }
    this.#all();
  }

  #all(): void {
    for (const document of workspace.textDocuments) this.#look(document);
    this.#mark();
  }

  #look(document: TextDocument): void {
    if (this.#found || !isModelFile(document)) return;
    this.#found = true;
    void commands.executeCommand('setContext', CONTEXT_KEYS.modelsKnown, true);
    this.found();
  }

  #changed({ document, contentChanges }: TextDocumentChangeEvent): void {
    // Only a line with these letters can make the difference; the rest of the typing costs nothing.
    const maybe = contentChanges.some(
      ({ range, text }) => text.includes('tf') || document.lineAt(Math.min(range.start.line, document.lineCount - 1)).text.includes('tf'),
    );
    if (!maybe) return;
    this.#look(document);
    if (document === window.activeTextEditor?.document) this.#mark();
  }

  #mark(): void {
    const document = window.activeTextEditor?.document;
    void commands.executeCommand('setContext', CONTEXT_KEYS.modelFile, document !== undefined && isModelFile(document));
  }
}
