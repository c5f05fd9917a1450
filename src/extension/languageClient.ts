import { EventEmitter, workspace, type CancellationToken, type LogOutputChannel, type Position, type TextDocument, type Uri } from 'vscode';
import type { LanguageClient, LanguageClientOptions } from 'vscode-languageclient/node';
import type { Given } from '../model/reading';
import {
  CHANGED,
  COMPARE,
  EARLIER,
  FIND_MODELS,
  MODELS,
  MODELS_CHANGED,
  MODEL_AGAIN,
  MODEL_AT,
  MODEL_LAYERS,
  NETS,
  QUIZ,
  SITES_AT,
  SITE_RANGE,
  SUMMARY,
  WATCH_MODELS,
} from '../protocol/lsp';
import type {
  ChangedParams,
  CompareParams,
  CompareResult,
  EarlierParams,
  FindModelsParams,
  FindModelsResult,
  ModelAgainParams,
  ModelAtParams,
  ModelAtResult,
  ModelLayersResult,
  ModelRef,
  ModelsParams,
  ModelsResult,
  NetInfo,
  ReadableResult,
  QuizParams,
  SiteRangeResult,
  SitesAtResult,
  WatchModelsParams,
} from '../protocol/lsp';
import { LANGUAGES } from '../protocol/mentions';
import { SECTION } from '../protocol/settings';
import { Owner } from './disposal';
import { SCHEMES } from './modelFiles';
import { withAnswerLink } from './quiz';

/** Files whose coming, going and changing on disk can change what is read. */
const WATCHED = ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}', '**/*.json'];

/** The language server as the rest of the extension sees it: started at the first need, its requests typed. */
export class Server {
  #client: LanguageClient | undefined;
  #running: Promise<LanguageClient> | undefined;
  /** What lives as long as one client does. */
  #owner = new Owner();
  readonly #changed = new EventEmitter<ChangedParams>();

  /** A document was read anew and says something different, or cannot be read any more. */
  readonly onChanged = this.#changed.event;

  readonly #started = new EventEmitter<void>();

  /** The server runs, anew or for the first time, and knows the open documents. */
  readonly onStarted = this.#started.event;

  readonly #modelsChanged = new EventEmitter<void>();

  /** The list of models may say something else. */
  readonly onModelsChanged = this.#modelsChanged.event;

  constructor(
    /** Path of the server's program. */
    private readonly program: string,
    private readonly output: LogOutputChannel,
  ) {}

  /** Starts the server where it is not running. Rejects where it cannot be started. */
  async start(): Promise<void> {
    await this.#start();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#owner.dispose();
    this.#owner = new Owner();
    try {
      await (await running)?.dispose();
    } catch (error) {
      // It did not start, or is gone already; either way it is not running.
      this.output.info(`Stopping: ${String(error)}`);
    }
  }

  async modelAt(document: TextDocument, position: Position): Promise<ModelAtResult> {
    return (await this.#start()).sendRequest<ModelAtResult>(MODEL_AT, this.#at(document, position));
  }

  async modelAgain(uri: string, id: string, title: string, given: readonly Given[]): Promise<ModelAtResult> {
    const params: ModelAgainParams = { textDocument: { uri }, id, title, given };
    return (await this.#start()).sendRequest<ModelAtResult>(MODEL_AGAIN, params);
  }

  async summary(model: ModelRef): Promise<ReadableResult> {
    return (await this.#start()).sendRequest<ReadableResult>(SUMMARY, model);
  }

  async compare(params: CompareParams): Promise<CompareResult> {
    return (await this.#start()).sendRequest<CompareResult>(COMPARE, params);
  }

  async nets(): Promise<readonly NetInfo[]> {
    return (await this.#start()).sendRequest<readonly NetInfo[]>(NETS);
  }

  /** Some models of a document's workspace folder; with `next` of the last answer, more of them. */
  async findModels(uri: string, next: number | undefined, token: CancellationToken): Promise<FindModelsResult> {
    const params: FindModelsParams = { textDocument: { uri }, ...(next !== undefined && { next }) };
    return (await this.#start()).sendRequest<FindModelsResult>(FIND_MODELS, params, token);
  }

  /** Nothing where the server is not running: a caret that moves is no reason to start it. */
  async sitesAt(document: TextDocument, position: Position): Promise<SitesAtResult> {
    if (this.#client?.isRunning() !== true) return { sites: [] };
    return this.#client.sendRequest<SitesAtResult>(SITES_AT, this.#at(document, position));
  }

  async siteRange(site: string, option?: string): Promise<SiteRangeResult> {
    return (await this.#start()).sendRequest<SiteRangeResult>(SITE_RANGE, { site, ...(option === undefined ? {} : { option }) });
  }

  /** Nothing where the server is not running: it is told again when it has started. */
  async watchModels(on: boolean): Promise<void> {
    if (this.#client?.isRunning() === true) await this.#client.sendNotification(WATCH_MODELS, { on } satisfies WatchModelsParams);
  }

  /** None where the server is not running: a view that is open is no reason to start it. */
  async models(params: ModelsParams): Promise<ModelsResult> {
    return this.#client?.isRunning() === true ? this.#client.sendRequest<ModelsResult>(MODELS, params) : { files: [] };
  }

  async modelLayers(model: ModelRef): Promise<ModelLayersResult> {
    return (await this.#start()).sendRequest<ModelLayersResult>(MODEL_LAYERS, model);
  }

  /** Nothing where the server is not running: it is told again when it has started. */
  async tellEarlier(params: EarlierParams): Promise<void> {
    if (this.#client?.isRunning() === true) await this.#client.sendNotification(EARLIER, params);
  }

  /** Shows answers of the quiz, or keeps them back again. */
  async quiz(params: QuizParams): Promise<void> {
    await (await this.#start()).sendNotification(QUIZ, params);
  }

  /** A document's URI as the server knows it. */
  uriOf(uri: Uri): string {
    return this.#client?.code2ProtocolConverter.asUri(uri) ?? uri.toString();
  }

  #at(document: TextDocument, position: Position): ModelAtParams {
    return { textDocument: { uri: this.uriOf(document.uri) }, position: { line: position.line, character: position.character } };
  }

  #start(): Promise<LanguageClient> {
    this.#running ??= this.#launch().catch((error: unknown) => {
      this.#running = undefined;
      throw error;
    });
    return this.#running;
  }

  async #launch(): Promise<LanguageClient> {
    const owner = this.#owner;
    // Activation only registers: what the client's own code takes to load is nothing that VS Code should wait for.
    await new Promise((done) => setImmediate(done));
    const { LanguageClient, RevealOutputChannelOn, TransportKind } = await import(
      /* webpackChunkName: "client" */ 'vscode-languageclient/node'
    );
    const run = { module: this.program, transport: TransportKind.ipc };
    const client = new LanguageClient(
      SECTION,
      'Layerscope',
      { run, debug: run },
      {
        ...this.#options(owner),
        revealOutputChannelOn: RevealOutputChannelOn.Never,
      },
    );
    client.onNotification(MODELS_CHANGED, () => this.#modelsChanged.fire());
    client.onNotification(CHANGED, (params: ChangedParams) => this.#changed.fire(params));
    this.#client = client;
    await client.start();
    this.#started.fire();
    return client;
  }

  #options(owner: Owner): LanguageClientOptions {
    return {
      documentSelector: SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
      synchronize: {
        configurationSection: SECTION,
        fileEvents: WATCHED.map((glob) => owner.own(workspace.createFileSystemWatcher(glob))),
      },
      outputChannel: this.output,
      diagnosticCollectionName: SECTION,
      middleware: {
        provideInlayHints: async (document, range, token, next) => (await next(document, range, token))?.map(withAnswerLink),
      },
      // Hovers hold text of the source: nothing in them may run a command or be HTML.
      markdown: { isTrusted: false, supportHtml: false },
    };
  }
}
