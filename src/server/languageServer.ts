import { setImmediate } from 'node:timers/promises';
import {
  FileChangeType,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { isProblemCode } from '../features/diagnostics';
import { baseName, slashed } from '../project/paths';
import { SECTION } from '../protocol/settings';
import { Analyst } from './analyst';
import { naming } from './answers';
import type { Good, OpenDocument } from './document';
import { Documents } from './documents';
import { CAPABILITIES } from './handlers/all';
import type { Capability, ServerContext } from './handlers/capability';
import { Quiz } from './quiz';
import { Readings } from './readings';
import { SettingsSource } from './settings';
import { turns, UNTIL_WRITTEN } from './turns';
import { filePath, fileUri } from './uris';
import { within } from './within';

/** Milliseconds of quiet after which documents are read again that rest on one that changed. */
const DEPENDENT_PAUSE = 400;

/** The server: its state is its documents and its settings. What it answers and tells is in `handlers`, one file a capability. */
export class LanguageServer {
  readonly #documents = new Documents();
  readonly #analyst: Analyst;
  readonly #readings: Readings;
  readonly #capabilities: readonly Capability[];
  #settings: SettingsSource;

  /**
   * @param workerScript path of the analysis worker's program.
   * @param pages folder with a page `code.md` for each kind of problem.
   */
  constructor(
    private readonly connection: Connection,
    workerScript: string,
    pages: string,
  ) {
    this.#analyst = this.#startAnalyst(workerScript);
    this.#settings = new SettingsSource(connection, false, undefined);
    const settingsOf: ServerContext['settingsOf'] = (uri) => this.#settings.of(uri);
    this.#readings = new Readings(this.#analyst, settingsOf, {
      settled: (document, before) => void this.#tellSettled(document, before),
    });
    const context: ServerContext = {
      documents: this.#documents,
      readings: this.#readings,
      analyst: this.#analyst,
      nameOf: naming((path) => this.#documents.at(path)),
      quiz: new Quiz(),
      settingsOf,
      pageOf: (code) => (isProblemCode(code) ? fileUri(`${slashed(pages)}/${code}.md`) : undefined),
      ready: (document, token, patience) => within(this.#readings.settled(document), token, patience),
      send: (sent) => this.#send(sent),
    };
    this.#capabilities = CAPABILITIES.map((register) => register(connection, context));
    connection.onInitialize((params) => this.#initialize(params));
    connection.onShutdown(() => this.#end());
    this.#registerDocuments();
  }

  /** What follows from a reading takes its time in long files. Who waited for it is answered before, and who asks meanwhile in between. */
  async #tellSettled(document: OpenDocument, before: Good | undefined): Promise<void> {
    await turns(UNTIL_WRITTEN);
    for (const capability of this.#capabilities) {
      if (!capability.settled) continue;
      await setImmediate();
      if (this.#documents.get(document.uri) !== document) return;
      capability.settled(document, before);
    }
  }

  #startAnalyst(workerScript: string): Analyst {
    return new Analyst(workerScript, {
      restarted: (reason) => this.connection.console.warn(`Layerscope: ${reason}; it is started again.`),
      gaveUp: (reason) => {
        const message = `Layerscope stopped reading: ${reason}. "Layerscope: Restart Language Server" starts it again.`;
        this.#send(this.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message }));
      },
      callersFound: (paths) => {
        for (const path of paths) {
          const document = this.#documents.at(path);
          if (document) this.#readings.touchWhole(document, 0);
        }
        for (const capability of this.#capabilities) capability.filesChanged?.(paths);
      },
      log: (text) => this.connection.console.log(text.trimEnd()),
    });
  }

  #initialize({ capabilities, workspaceFolders, initializationOptions }: InitializeParams): InitializeResult {
    const { workspace } = capabilities;
    this.#documents.folders = (workspaceFolders ?? []).map(({ uri }) => uri);
    this.#settings = new SettingsSource(this.connection, workspace?.configuration ?? false, initializationOptions);
    for (const capability of this.#capabilities) capability.started?.(capabilities);
    this.connection.onInitialized(() => {
      for (const capability of this.#capabilities) capability.initialized?.();
      if (workspace?.workspaceFolders) this.#watchFolders();
    });
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        ...Object.assign({}, ...this.#capabilities.map(({ promises }) => promises)),
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
      serverInfo: { name: 'Layerscope' },
    };
  }

  #watchFolders(): void {
    this.connection.workspace.onDidChangeWorkspaceFolders(async () => {
      this.#documents.folders = ((await this.connection.workspace.getWorkspaceFolders()) ?? []).map(({ uri }) => uri);
    });
  }

  async #end(): Promise<void> {
    for (const capability of this.#capabilities) capability.dispose?.();
    await this.#analyst.end('the server is ending');
  }

  #registerDocuments(): void {
    this.connection.onDidOpenTextDocument(({ textDocument }) => {
      const document = this.#documents.open(textDocument);
      this.#analyst.open(document.path, document.text);
      this.#readings.open(document);
      this.#touchDependents(document);
    });
    this.connection.onDidChangeTextDocument((params) => {
      const document = this.#documents.change(params);
      if (!document) return;
      this.#analyst.open(document.path, document.text);
      for (const capability of this.#capabilities) capability.changed?.(document);
      this.#readings.touch(document);
      this.#touchDependents(document);
    });
    this.connection.onDidCloseTextDocument(({ textDocument }) => {
      const document = this.#documents.close(textDocument.uri);
      if (!document) return;
      this.#analyst.close(document.path);
      this.#readings.close(document);
      for (const capability of this.#capabilities) capability.closed?.(document);
      this.#settings.forget(document.uri);
      this.#touchDependents(document);
    });
    this.connection.onDidChangeWatchedFiles(({ changes }) => {
      const paths = changes.flatMap(({ uri }) => filePath(uri) ?? []);
      this.#analyst.filesChanged(paths);
      for (const capability of this.#capabilities) capability.filesChanged?.(paths);
      // A file that came or went may be what a specifier missed until now; one that only changed matters where it was read.
      const moved = changes.some(({ type }) => type !== FileChangeType.Changed);
      for (const document of this.#documents.all()) {
        if (moved || paths.some((path) => document.good?.touched.includes(path))) this.#readings.touchWhole(document, DEPENDENT_PAUSE);
      }
    });
    this.connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
      this.#settings.changed((settings as Record<string, unknown> | null | undefined)?.[SECTION]);
      for (const capability of this.#capabilities) capability.settingsChanged?.();
      for (const document of this.#documents.all()) this.#readings.touchWhole(document, 0);
    });
  }

  /** Reads again what rests on a document: what read it, and what it imports, whose callers it may have changed. */
  #touchDependents(changed: OpenDocument): void {
    for (const document of this.#documents.all()) {
      if (document === changed || !document.good) continue;
      const word = baseName(document.path).replace(/\.[^.]+$/, '');
      if (document.good.touched.includes(changed.path) || changed.text.includes(word)) this.#readings.touchWhole(document, DEPENDENT_PAUSE);
    }
  }

  #send(sent: Promise<unknown>): void {
    sent.catch((error: unknown) => this.connection.console.log(`A message was not taken: ${String(error)}`));
  }
}
