import type { DidChangeTextDocumentParams, TextDocumentItem } from 'vscode-languageserver';
import { directoryOf, isInside } from '../project/paths';
import { OpenDocument } from './document';
import { filePath, pathOf } from './uris';

/** The open documents, by URI and by path, and the folders they belong to. */
export class Documents {
  readonly #byUri = new Map<string, OpenDocument>();
  readonly #byPath = new Map<string, OpenDocument>();
  #folders: readonly string[] = [];

  set folders(uris: readonly string[]) {
    this.#folders = uris.flatMap((uri) => filePath(uri)?.replace(/(?<=.)\/$/, '') ?? []);
  }

  get folders(): readonly string[] {
    return this.#folders;
  }

  open({ uri, languageId, version, text }: TextDocumentItem): OpenDocument {
    const path = pathOf(uri, languageId);
    const document = new OpenDocument(uri, path, this.#rootOf(path), languageId, version, text);
    this.#byUri.set(uri, document);
    this.#byPath.set(path, document);
    return document;
  }

  change({ textDocument, contentChanges }: DidChangeTextDocumentParams): OpenDocument | undefined {
    const document = this.#byUri.get(textDocument.uri);
    document?.change(contentChanges, textDocument.version);
    return document;
  }

  close(uri: string): OpenDocument | undefined {
    const document = this.#byUri.get(uri);
    this.#byUri.delete(uri);
    if (document && this.#byPath.get(document.path) === document) this.#byPath.delete(document.path);
    return document;
  }

  get(uri: string): OpenDocument | undefined {
    return this.#byUri.get(uri);
  }

  at(path: string): OpenDocument | undefined {
    return this.#byPath.get(path);
  }

  all(): readonly OpenDocument[] {
    return [...this.#byUri.values()];
  }

  /** The workspace folder that a path lies in, the innermost of several; a file that lies in none has its own folder. */
  #rootOf(path: string): string {
    const around = this.#folders.filter((folder) => isInside(folder, path)).sort((a, b) => b.length - a.length);
    return around[0] ?? directoryOf(path);
  }
}
