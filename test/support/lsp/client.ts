import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type CodeAction,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type InlayHint,
  type Position,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type RegistrationParams,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import { CHANGED, MODELS_CHANGED, MODEL_AGAIN, MODEL_AT, SITE_RANGE, SITES_AT } from '../../../src/protocol/lsp';
import type { Given } from '../../../src/model/reading';
import type { ChangedParams, ModelAtResult, SiteRangeResult, SitesAtResult } from '../../../src/protocol/lsp';

/** The built server's program. */
const SERVER = resolve('dist/server.js');

/** How long anything may take before a test gives up waiting, in milliseconds. Generous: nothing is asserted about time. */
const PATIENCE = 60_000;

export interface Options {
  /** The `layerscope` section that the client answers with. */
  readonly settings?: object;
  /** Absolute path of the workspace folder. */
  readonly folder?: string;
  /** Options of Node, before the program; the process then has a channel to talk to what they load. */
  readonly nodeOptions?: readonly string[];
  /** The client takes document symbols that are registered later. */
  readonly dynamicSymbols?: boolean;
}

/** A language client over stdio, for tests of the built server. */
export class LspClient {
  readonly diagnostics = new Map<string, PublishDiagnosticsParams>();
  readonly changes: ChangedParams[] = [];
  readonly logs: string[] = [];
  readonly shown: string[] = [];
  /** What the server has registered by itself, without ids. */
  readonly registered: { readonly method: string; readonly registerOptions?: unknown }[] = [];
  capabilities: ServerCapabilities = {};
  refreshes = 0;
  lensRefreshes = 0;
  /** How often the list of models was said to be another one. */
  modelsChanged = 0;
  settings: object;
  #listeners = new Set<() => void>();
  #versions = new Map<string, number>();

  private constructor(
    readonly process: ChildProcess,
    readonly connection: ProtocolConnection,
    options: Options,
  ) {
    this.settings = options.settings ?? {};
  }

  static async start(options: Options = {}): Promise<LspClient> {
    const { nodeOptions } = options;
    const child = spawn(process.execPath, [...(nodeOptions ?? []), SERVER, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit', ...(nodeOptions ? (['ipc'] as const) : [])],
    }) as ChildProcessByStdio<Writable, Readable, null>;
    const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    const client = new LspClient(child, connection, options);
    client.#listen();
    connection.listen();
    const capabilities: ClientCapabilities = {
      workspace: {
        configuration: true,
        workspaceFolders: true,
        inlayHint: { refreshSupport: true },
        codeLens: { refreshSupport: true },
        didChangeConfiguration: { dynamicRegistration: true },
      },
      textDocument: {
        publishDiagnostics: { versionSupport: true, relatedInformation: true },
        documentSymbol: {
          dynamicRegistration: options.dynamicSymbols ?? false,
          hierarchicalDocumentSymbolSupport: true,
          labelSupport: true,
        },
      },
    };
    const workspaceFolders = options.folder === undefined ? null : [{ uri: pathToFileURL(options.folder).href, name: 'test' }];
    const initialized = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders,
    });
    client.capabilities = initialized.capabilities;
    await connection.sendNotification('initialized', {});
    return client;
  }

  /** Opens a document, or gives an open one this text; `path` may be a URI. Answers the URI. */
  async open(path: string, text: string, languageId = 'typescript'): Promise<string> {
    const uri = path.includes(':') ? path : pathToFileURL(path).href;
    if (this.#versions.has(uri)) {
      await this.change(uri, text);
      return uri;
    }
    this.#versions.set(uri, 1);
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    return uri;
  }

  /** Replaces the text between two positions; without them, the whole text. Answers the new version. */
  async change(uri: string, text: string, start?: Position, end = start): Promise<number> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    const contentChanges = [start ? { range: { start, end: end ?? start }, text } : { text }];
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
    return version;
  }

  close(uri: string): Promise<void> {
    this.#versions.delete(uri);
    return this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  hover(uri: string, position: Position): Promise<Hover | null> {
    return this.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position });
  }

  /** The Markdown of a hover. */
  async hoverText(uri: string, position: Position): Promise<string | undefined> {
    const contents = (await this.hover(uri, position))?.contents;
    return contents && typeof contents === 'object' && 'value' in contents ? contents.value : undefined;
  }

  actions(uri: string, position: Position): Promise<readonly CodeAction[] | null> {
    const range = { start: position, end: position };
    return this.connection.sendRequest('textDocument/codeAction', { textDocument: { uri }, range, context: { diagnostics: [] } });
  }

  async hints(uri: string, lines = 100_000): Promise<readonly InlayHint[]> {
    const range = { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } };
    return (await this.connection.sendRequest<InlayHint[] | null>('textDocument/inlayHint', { textDocument: { uri }, range })) ?? [];
  }

  async labels(uri: string): Promise<readonly string[]> {
    return (await this.hints(uri)).map(({ label }) => label as string);
  }

  modelAt(uri: string, position: Position): Promise<ModelAtResult> {
    return this.connection.sendRequest(MODEL_AT, { textDocument: { uri }, position });
  }

  modelAgain(uri: string, id: string, title: string, given?: readonly Given[]): Promise<ModelAtResult> {
    return this.connection.sendRequest(MODEL_AGAIN, { textDocument: { uri }, id, title, ...(given && { given }) });
  }

  sitesAt(uri: string, position: Position): Promise<SitesAtResult> {
    return this.connection.sendRequest(SITES_AT, { textDocument: { uri }, position });
  }

  siteRange(site: string, option?: string): Promise<SiteRangeResult> {
    return this.connection.sendRequest(SITE_RANGE, { site, ...(option === undefined ? {} : { option }) });
  }

  /** The diagnostics of a document, once they satisfy `wanted`. */
  async diagnosed(uri: string, wanted: (diagnostics: readonly Diagnostic[]) => boolean): Promise<PublishDiagnosticsParams> {
    await this.until(() => wanted(this.diagnostics.get(uri)?.diagnostics ?? []));
    return this.diagnostics.get(uri)!;
  }

  /** Waits until something that the server sends makes `condition` true. */
  async until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error(`Waited in vain. Log of the server:\n${this.logs.join('\n')}`);
      await new Promise<void>((done) => {
        const timer = setTimeout(done, 500);
        const listener = (): void => {
          clearTimeout(timer);
          this.#listeners.delete(listener);
          done();
        };
        this.#listeners.add(listener);
      });
    }
  }

  /** Shuts the server down as the protocol wants it; answers the exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    await this.connection.sendRequest('shutdown');
    const exit = once(this.process, 'exit');
    await this.connection.sendNotification('exit');
    await exit;
    this.connection.dispose();
    return this.process.exitCode;
  }

  #listen(): void {
    const on = <T>(method: string, handle: (params: T) => void): void => {
      this.connection.onNotification(method, (params: T) => {
        handle(params);
        for (const listener of [...this.#listeners]) listener();
      });
    };
    on<PublishDiagnosticsParams>('textDocument/publishDiagnostics', (params) => this.diagnostics.set(params.uri, params));
    on<ChangedParams>(CHANGED, (params) => this.changes.push(params));
    on<null>(MODELS_CHANGED, () => this.modelsChanged++);
    on<{ message: string }>('window/logMessage', ({ message }) => this.logs.push(message));
    on<{ message: string }>('window/showMessage', ({ message }) => this.shown.push(message));
    this.connection.onRequest('workspace/configuration', ({ items }: { items: readonly unknown[] }) => items.map(() => this.settings));
    this.connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      this.registered.push(
        ...registrations.map(({ method, registerOptions }) => ({ method, ...(registerOptions !== undefined && { registerOptions }) })),
      );
      for (const listener of [...this.#listeners]) listener();
      return null;
    });
    this.connection.onRequest('client/unregisterCapability', () => null);
    const onRefresh = (method: string, count: () => void): void => {
      this.connection.onRequest(method, () => {
        count();
        for (const listener of [...this.#listeners]) listener();
        return null;
      });
    };
    onRefresh('workspace/inlayHint/refresh', () => this.refreshes++);
    onRefresh('workspace/codeLens/refresh', () => this.lensRefreshes++);
  }
}

/** Where `word` begins in `text` (its `nth` time, from 0). */
export function positionOf(text: string, word: string, nth = 0): Position {
  let offset = -1;
  for (let found = 0; found <= nth; found++) offset = text.indexOf(word, offset + 1);
  if (offset < 0) throw new Error(`'${word}' is not in the text`);
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length };
}
