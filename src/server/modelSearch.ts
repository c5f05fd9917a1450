import type { CancellationToken } from 'vscode-languageserver';
import { Lines } from '../features/lines';
import type { ModelRead } from '../model/reading';
import { readInside } from '../project/disk';
import type { FindModelsParams, FindModelsResult, FoundModel } from '../protocol/lsp';
import type { OpenDocument } from './document';
import type { ServerContext } from './handlers/capability';
import { fileUri } from './uris';

interface Search {
  readonly number: number;
  readonly root: string;
  readonly asking: OpenDocument;
  readonly waiting: string[];
  /** Files that were waiting once. */
  readonly seen: Set<string>;
  isListed: boolean;
}

/** Files read for one answer. */
const MOST_READ = 8;

/** Finds the models of a workspace folder for whoever chooses among them: file by file, only while someone asks on. */
export class ModelSearches {
  #current: Search | undefined;
  #last = 0;

  constructor(private readonly context: Pick<ServerContext, 'documents' | 'readings' | 'nameOf' | 'ready'>) {}

  /** The first answer has the models of the document itself. */
  async next({ textDocument, next }: FindModelsParams, token: CancellationToken): Promise<FindModelsResult> {
    const { documents } = this.context;
    const asking = documents.get(textDocument.uri);
    if (!asking) return { models: [] };
    if (next === undefined) return this.#begin(asking, token);
    const search = this.#current;
    // Another search has begun since.
    if (search?.number !== next) return { models: [] };
    const models: FoundModel[] = [];
    for (let read = 0; read < MOST_READ && !token.isCancellationRequested; read++) {
      const path = await this.#nextFile(search);
      if (path === undefined) return { models };
      models.push(...(await this.#modelsOf(search, path, token)));
    }
    return { models, next };
  }

  async #begin(asking: OpenDocument, token: CancellationToken): Promise<FindModelsResult> {
    const number = ++this.#last;
    // An open document counts as it stands in its editor, so it is looked at whatever the disk has.
    const open = this.context.documents.all().filter((document) => document !== asking && document.root === asking.root);
    const waiting = open.map(({ path }) => path);
    const search = { number, root: asking.root, asking, waiting, seen: new Set([asking.path, ...waiting]), isListed: false };
    this.#current = search;
    return { models: await this.#modelsOf(search, asking.path, token), next: number };
  }

  async #nextFile(search: Search): Promise<string | undefined> {
    while (search.waiting.length === 0 && !search.isListed && search === this.#current) {
      const list = await this.context.readings.list(search.root);
      const unseen = (list?.paths ?? []).filter((path) => !search.seen.has(path));
      for (const path of unseen) search.seen.add(path);
      search.waiting.push(...unseen);
      search.isListed = list?.isComplete ?? true;
    }
    return search.waiting.shift();
  }

  async #modelsOf({ root, asking }: Search, path: string, token: CancellationToken): Promise<readonly FoundModel[]> {
    const { documents, readings, nameOf } = this.context;
    const document = documents.at(path);
    if (document) {
      await this.context.ready(document, token);
      const { good } = document;
      const below = pathBelow(root, path);
      return calls(good?.reading.models ?? [], good?.text ?? '').map((call) => ({
        ...call,
        uri: document.uri,
        id: nameOf(call.id),
        path: below,
      }));
    }
    const file = readInside(root, path);
    const read = 'text' in file ? await readings.readFile(asking.uri, path, root) : undefined;
    const models = calls(read?.reading.models ?? [], 'text' in file ? file.text : '');
    return models.map((call) => ({ ...call, uri: fileUri(path), path: pathBelow(root, path) }));
  }
}

/** Each call once, however many models it makes. */
function calls(models: readonly ModelRead[], text: string): readonly Omit<FoundModel, 'uri' | 'path'>[] {
  const lines = new Lines(text);
  const first = models.filter(({ id }, index) => models.findIndex((other) => other.id === id) === index);
  return first.map(({ id, title, name, totalParams }) => ({ id, title, line: lines.lineOf(name.start) - 1, totalParams }));
}

const pathBelow = (root: string, path: string): string => (path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path);
