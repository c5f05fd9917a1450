import {
  CodeActionKind,
  FileChangeType,
  MessageType,
  ShowMessageNotification,
  TextDocumentSyncKind,
  type CancellationToken,
  type Connection,
  type InitializeParams,
  type InitializeResult,
} from 'vscode-languageserver';
import { baseName } from '../project/paths';
import {
  CHANGED,
  MODEL_AGAIN,
  MODEL_AT,
  SITE_RANGE,
  SITES_AT,
  type ChangedParams,
  type ModelAgainParams,
  type ModelAtParams,
  type SiteRangeParams,
  type SitesAtParams,
} from '../protocol/lsp';
import { SECTION } from '../protocol/settings';
import { Analyst } from './analyst';
import { actions, givenFor, hints, hover, modelAgain, modelGiven, modelUnder, naming, sitesUnder } from './answers';
import { Diagnostics } from './diagnostics';
import type { Good, OpenDocument } from './document';
import { Documents } from './documents';
import { HintRefresh } from './hintRefresh';
import { Readings } from './readings';
import { SettingsSource } from './settings';
import { placeOf } from './sitePlaces';
import { filePath } from './uris';

/** Milliseconds that a hover waits for what was typed last to be read; then the last good reading answers. */
const HOVER_PATIENCE = 1_000;

/** Milliseconds of quiet after which documents are read again that rest on one that changed. */
const DEPENDENT_PAUSE = 400;

/** The server: its state is its documents and its settings. Each handler waits for the reading it needs and then asks `answers`. */
export class LanguageServer {
  readonly #documents = new Documents();
  readonly #analyst: Analyst;
  readonly #readings: Readings;
  readonly #diagnostics: Diagnostics;
  readonly #nameOf = naming((path) => this.#documents.at(path));
  #settings: SettingsSource;
  #hintRefresh: HintRefresh | undefined;

  /** @param workerScript path of the analysis worker's program. */
  constructor(
    private readonly connection: Connection,
    workerScript: string,
  ) {
    this.#analyst = new Analyst(workerScript, {
      restarted: (reason) => connection.console.warn(`Layerscope: ${reason}; it is started again.`),
      gaveUp: (reason) => {
        const message = `Layerscope stopped reading: ${reason}. "Layerscope: Restart Language Server" starts it again.`;
        this.#send(connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Error, message }));
      },
      callersFound: (paths) => {
        for (const path of paths) {
          const document = this.#documents.at(path);
          if (document) this.#readings.touch(document, 0);
        }
      },
      log: (text) => connection.console.log(text.trimEnd()),
    });
    this.#settings = new SettingsSource(connection, false, undefined);
    this.#diagnostics = new Diagnostics(connection);
    this.#readings = new Readings(this.#analyst, (uri) => this.#settings.of(uri), {
      settled: (document, before) => this.#settled(document, before),
    });
    connection.onInitialize((params) => this.#initialize(params));
    connection.onShutdown(() => this.#end());
    this.#registerDocuments();
    this.#registerRequests();
  }

  #initialize({ capabilities, workspaceFolders, initializationOptions }: InitializeParams): InitializeResult {
    const { workspace } = capabilities;
    this.#documents.folders = (workspaceFolders ?? []).map(({ uri }) => uri);
    this.#settings = new SettingsSource(this.connection, workspace?.configuration ?? false, initializationOptions);
    if (workspace?.inlayHint?.refreshSupport) {
      this.#hintRefresh = new HintRefresh(() => this.#send(this.connection.languages.inlayHint.refresh()));
    }
    if (workspace?.workspaceFolders) this.#watchFolders();
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
      serverInfo: { name: 'Layerscope' },
    };
  }

  #watchFolders(): void {
    this.connection.onInitialized(() => {
      this.connection.workspace.onDidChangeWorkspaceFolders(async () => {
        this.#documents.folders = ((await this.connection.workspace.getWorkspaceFolders()) ?? []).map(({ uri }) => uri);
      });
    });
  }

  async #end(): Promise<void> {
    this.#diagnostics.dispose();
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
      this.#diagnostics.hold(document);
      this.#readings.touch(document);
      this.#touchDependents(document);
    });
    this.connection.onDidCloseTextDocument(({ textDocument }) => {
      const document = this.#documents.close(textDocument.uri);
      if (!document) return;
      this.#analyst.close(document.path);
      this.#readings.close(document);
      this.#diagnostics.close(document);
      this.#settings.forget(document.uri);
      this.#hintRefresh?.forget(document);
      this.#touchDependents(document);
    });
    this.connection.onDidChangeWatchedFiles(({ changes }) => {
      const paths = changes.flatMap(({ uri }) => filePath(uri) ?? []);
      this.#analyst.filesChanged(paths);
      // A file that came or went may be what a specifier missed until now; one that only changed matters where it was read.
      const moved = changes.some(({ type }) => type !== FileChangeType.Changed);
      for (const document of this.#documents.all()) {
        if (moved || paths.some((path) => document.good?.touched.includes(path))) this.#readings.touch(document, DEPENDENT_PAUSE);
      }
    });
    this.connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
      this.#settings.changed((settings as Record<string, unknown> | null | undefined)?.[SECTION]);
      this.#hintRefresh?.forgetAll();
      for (const document of this.#documents.all()) this.#readings.touch(document, 0);
    });
  }

  /** Reads again what rests on a document: what read it, and what it imports, whose callers it may have changed. */
  #touchDependents(changed: OpenDocument): void {
    for (const document of this.#documents.all()) {
      if (document === changed || !document.good) continue;
      const word = baseName(document.path).replace(/\.[^.]+$/, '');
      if (document.good.touched.includes(changed.path) || changed.text.includes(word)) this.#readings.touch(document, DEPENDENT_PAUSE);
    }
  }

  #registerRequests(): void {
    this.connection.onHover(async ({ textDocument, position }, token) => {
      const document = this.#documents.get(textDocument.uri);
      if (!document || !(await this.#settings.of(document.uri)).hover.enabled) return null;
      await this.#ready(document, token, document.good ? HOVER_PATIENCE : undefined);
      return token.isCancellationRequested ? null : hover(document, position);
    });
    this.connection.onCodeAction(({ textDocument, range }) => {
      const document = this.#documents.get(textDocument.uri);
      return document ? actions(document, range) : [];
    });
    this.connection.languages.inlayHint.on(async ({ textDocument, range }, token) => {
      const document = this.#documents.get(textDocument.uri);
      if (!document) return null;
      // Old texts at new places at once; where they turn out to be others, a refresh follows.
      if (!document.good) await this.#ready(document, token);
      const { inlayHints } = await this.#settings.of(document.uri);
      if (token.isCancellationRequested) return null;
      this.#hintRefresh?.given(document, hints(document, undefined, inlayHints));
      return hints(document, range, inlayHints);
    });
    this.connection.onRequest(MODEL_AT, async ({ textDocument, position }: ModelAtParams, token: CancellationToken) => {
      const document = this.#documents.get(textDocument.uri);
      if (!document) return { reason: 'This document is not one that Layerscope reads.' };
      await this.#ready(document, token);
      return modelUnder(document, position, this.#nameOf);
    });
    this.connection.onRequest(MODEL_AGAIN, async (params: ModelAgainParams, token: CancellationToken) => {
      const document = this.#documents.get(params.textDocument.uri);
      if (!document) return { reason: 'The file of this model is not open.' };
      await this.#ready(document, token);
      const given = givenFor(document, params, this.#nameOf);
      if (given.length === 0 || token.isCancellationRequested) return modelAgain(document, params, this.#nameOf);
      const reading = await this.#readings.readGiven(document, given);
      return modelGiven(document, reading, given, params, this.#nameOf);
    });
    this.connection.onRequest(SITES_AT, ({ textDocument, position }: SitesAtParams) => {
      const document = this.#documents.get(textDocument.uri);
      return document ? sitesUnder(document, position, this.#nameOf) : { sites: [] };
    });
    this.connection.onRequest(SITE_RANGE, ({ site }: SiteRangeParams) =>
      placeOf(site, (path) => this.#documents.at(path), this.#documents.folders),
    );
  }

  /** Waits until the present text is read, the request is cancelled, or patience ends. */
  async #ready(document: OpenDocument, token: CancellationToken, patience?: number): Promise<void> {
    // A token that was cancelled before anyone looked at it tells no one any more.
    if (token.isCancellationRequested) return;
    let timer: NodeJS.Timeout | undefined;
    const ends = [
      this.#readings.settled(document),
      new Promise<void>((done) => token.onCancellationRequested(() => done())),
      ...(patience === undefined ? [] : [new Promise<void>((done) => (timer = setTimeout(done, patience)))]),
    ];
    await Promise.race(ends);
    clearTimeout(timer);
  }

  #settled(document: OpenDocument, before: Good | undefined): void {
    this.#diagnostics.update(document);
    void this.#settings
      .of(document.uri)
      .then(({ inlayHints }) => this.#hintRefresh?.settled(document, hints(document, undefined, inlayHints)));
    const same = before && document.good && JSON.stringify(before.reading.models) === JSON.stringify(document.good.reading.models);
    if (same && document.refusal === undefined) return;
    const changed: ChangedParams = {
      uri: document.uri,
      version: document.version,
      ...(document.refusal && { refusal: document.refusal.reason }),
    };
    this.#send(this.connection.sendNotification(CHANGED, changed));
  }

  /** A message that a client going away, or one that does not know it, did not take is no reason to end. */
  #send(sent: Promise<unknown>): void {
    sent.catch((error: unknown) => this.connection.console.log(`A message was not taken: ${String(error)}`));
  }
}
