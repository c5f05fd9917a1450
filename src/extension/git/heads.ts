import { workspace, type LogOutputChannel, type TextDocument } from 'vscode';
import { Owner } from '../disposal';
import type { Server } from '../languageClient';
import { isModelFile } from '../modelFiles';
import { gitApi, type GitApi, type Repository } from './api';

/** Tells the language server what open model files were at git's HEAD: once a document and commit, never for an edit. Silent where there is no git. */
export class GitHeads extends Owner {
  /** The commit that was last told, by document. */
  readonly #told = new Map<string, string>();
  readonly #watched = new Set<Repository>();
  #git: GitApi | undefined;

  constructor(
    private readonly server: Server,
    private readonly output: LogOutputChannel,
  ) {
    super();
    this.own(server.onStarted(() => void this.#begin()));
    this.own(server.onChanged(({ uri }) => this.#look(workspace.textDocuments.find((document) => server.uriOf(document.uri) === uri))));
    this.own(workspace.onDidCloseTextDocument((document) => this.#told.delete(server.uriOf(document.uri))));
  }

  async #begin(): Promise<void> {
    this.#told.clear();
    if (this.#git) return this.#lookAtAll();
    this.#git = await gitApi();
    if (!this.#git || this.ended) return;
    this.own(this.#git.onDidOpenRepository(() => this.#lookAtAll()));
    this.#lookAtAll();
  }

  #lookAtAll(): void {
    for (const document of workspace.textDocuments) this.#look(document);
  }

  #look(document: TextDocument | undefined): void {
    if (!document || document.uri.scheme !== 'file' || !isModelFile(document)) return;
    const repository = this.#git?.getRepository(document.uri);
    const commit = repository?.state.HEAD?.commit;
    if (!repository) return;
    this.#watch(repository);
    const uri = this.server.uriOf(document.uri);
    if (commit === undefined || this.#told.get(uri) === commit) return;
    this.#told.set(uri, commit);
    this.#tell(repository, document, uri).catch((error: unknown) => this.output.debug(`git: ${String(error)}`));
  }

  /** A repository's state changes with every save; only another commit makes a difference. */
  #watch(repository: Repository): void {
    if (this.#watched.has(repository)) return;
    this.#watched.add(repository);
    this.own(repository.state.onDidChange(() => this.#lookAtAll()));
  }

  async #tell(repository: Repository, document: TextDocument, uri: string): Promise<void> {
    // A file that HEAD does not have is new: nothing to tell.
    const text = await repository.show('HEAD', document.uri.fsPath).catch(() => undefined);
    await this.server.tellEarlier({ uri, ...(text !== undefined && { text }) });
  }
}
