import type { Position } from 'vscode-languageserver/node';
import { LspClient } from '../../support/lsp/client';
import { TsServer } from '../sides/tsserver';

/** One server with one open file, as an editor uses it. */
export interface EditorSide {
  readonly pid: number | undefined;
  /** Replaces what is between two places of a line; resolves when the server was told, not when it has looked. */
  change(from: Position, length: number, text: string): Promise<void>;
  /** Until the answer holds `known`, which only the newest text says. */
  hover(at: Position, known: string): Promise<void>;
  /** All hints of the file; where the first answer does not hold `known`, until one does. */
  hints(known: string): Promise<void>;
  /** All problems of the file; resolves when those of the newest text were sent. There must be some, or none. */
  problems(wanted: 'some' | 'none'): Promise<void>;
  /** Asks for everything whose last answer has come, and does not wait. */
  askAll(at: Position): void;
  /** Resolves when all that was asked for has come. */
  quiet(): Promise<void>;
  end(): Promise<void>;
}

/** Hovers that may be about an older text. Each waits a second for the newest. */
const MAX_TRIES = 20;

/** Runs what is asked one at a time: what comes while it is at work is left out. */
class Latest {
  private running: Promise<unknown> | undefined;

  start(work: () => Promise<unknown>): void {
    this.running ??= work().finally(() => (this.running = undefined));
  }

  done(): Promise<unknown> {
    return this.running ?? Promise.resolve();
  }
}

export const openOurs = async (path: string, folder: string, text: string): Promise<EditorSide> => {
  const client = await LspClient.start({ folder });
  const uri = await client.open(path, text);
  const [hovers, hints] = [new Latest(), new Latest()];
  await client.labels(uri);
  /** The server waits for a pause in typing before it reads, unless someone waits for what the text says now, as an editor's outline does. */
  const readNow = (): void => void client.connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri } });
  return {
    pid: client.process.pid,
    change: async (from, length, written) => {
      await client.change(uri, written, from, { ...from, character: from.character + length });
    },
    hover: async (at, known) => {
      let answer: string | undefined;
      // On a machine with much else to do it may give up waiting for the reading; then it is asked again.
      for (let tries = 0; tries < MAX_TRIES && !answer?.includes(known); tries++) answer = await client.hoverText(uri, at);
      if (!answer?.includes(known)) throw new Error(`The hover does not say ${known}: ${String(answer)}`);
    },
    hints: async (known) => {
      readNow();
      for (;;) {
        const { refreshes } = client;
        if ((await client.labels(uri)).some((label) => label.includes(known))) return;
        // Old hints stay until the new ones are known; then the editor is asked to fetch them.
        await client.until(() => client.refreshes > refreshes);
      }
    },
    problems: async (wanted) => {
      readNow();
      await client.until(() => (client.diagnostics.get(uri)?.diagnostics.length ?? 0) > 0 === (wanted === 'some'));
    },
    askAll: (at) => {
      hovers.start(() => client.hoverText(uri, at));
      hints.start(() => client.labels(uri));
    },
    quiet: async () => {
      await Promise.all([hovers.done(), hints.done()]);
      // The answer that knows the last text is the end of all reading.
      await client.hoverText(uri, { line: 0, character: 0 });
    },
    end: async () => {
      await client.stop();
    },
  };
};

/** All of TypeScript's inlay hints. */
const PREFERENCES = {
  includeInlayParameterNameHints: 'all',
  includeInlayParameterNameHintsWhenArgumentMatchesName: true,
  includeInlayFunctionParameterTypeHints: true,
  includeInlayVariableTypeHints: true,
  includeInlayVariableTypeHintsWhenTypeMatchesName: true,
  includeInlayPropertyDeclarationTypeHints: true,
  includeInlayFunctionLikeReturnTypeHints: true,
  includeInlayEnumMemberValueHints: true,
};

export const openPeer = async (file: string, folder: string, text: string): Promise<EditorSide> => {
  const server = new TsServer(folder);
  await server.request('configure', { preferences: PREFERENCES });
  server.notify('open', { file, fileContent: text, projectRootPath: folder });
  await server.check(file);
  const [hovers, hints] = [new Latest(), new Latest()];
  let { length } = text;
  const quickInfo = ({ line, character }: Position): Promise<unknown> =>
    server.request('quickinfo', { file, line: line + 1, offset: character + 1 });
  const inlayHints = async (): Promise<unknown> => server.request('provideInlayHints', { file, start: 0, length });
  return {
    pid: server.process.pid,
    change: ({ line, character }, size, written) => {
      const [offset, endOffset] = [character + 1, character + 1 + size];
      server.notify('change', { file, line: line + 1, offset, endLine: line + 1, endOffset, insertString: written });
      length += written.length - size;
      return Promise.resolve();
    },
    hover: async (at) => {
      const answer = JSON.stringify(await quickInfo(at));
      if (!answer.includes('dense')) throw new Error(`tsserver does not know the function: ${answer}`);
    },
    hints: async () => {
      const found = (await inlayHints()) as readonly unknown[];
      if (found.length === 0) throw new Error('tsserver gives no hints');
    },
    problems: () => server.check(file),
    askAll: (at) => {
      hovers.start(() => quickInfo(at).catch(() => undefined));
      hints.start(inlayHints);
      // A change ends a check that was asked for before, as an editor knows: it asks anew.
      server.notify('geterr', { files: [file], delay: 0 });
    },
    quiet: async () => {
      await Promise.all([hovers.done(), hints.done()]);
      await server.check(file);
    },
    end: () => {
      server.end();
      return Promise.resolve();
    },
  };
};
