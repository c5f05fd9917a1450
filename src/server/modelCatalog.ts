import { createHash } from 'node:crypto';
import { fileModels, type FileModel } from '../features/fileModels';
import { readInside } from '../project/disk';
import { isInside } from '../project/paths';
import type { Reading } from '../model/reading';
import type { Settings } from '../protocol/settings';
import type { Analyst } from './analyst';
import type { Good, OpenDocument } from './document';
import type { Documents } from './documents';
import { fileUri } from './uris';

/** Files that are read for the list, and that it shows. */
const MOST_FILES = 500;

/** A file of the list. */
export interface Listed {
  readonly path: string;
  readonly uri: string;
  readonly models: readonly FileModel[];
  readonly stamp: string;
}

interface Entry {
  readonly listed: Listed;
  /** What the reading rests on. */
  readonly touched: readonly string[];
}

export interface CatalogEvents {
  /** The list may say something else. */
  changed(): void;
}

/**
 * The workspace's models, for a list that someone looks at. Files are looked for and read while it is watched and nobody waits for anything
 * else; what was read of a file is forgotten but for its models' names and sizes. Open documents have the readings that they have.
 */
export class ModelCatalog {
  readonly #found = new Map<string, { readonly paths: readonly string[]; readonly isCut: boolean }>();
  readonly #entries = new Map<string, Entry>();
  readonly #ofDocument = new WeakMap<Good, Listed>();
  /** Folders that must be searched, or searched on. */
  #unsearched: Set<string> | undefined;
  /** Folders in which something changed since their search was asked to go on. */
  readonly #changedFolders = new Set<string>();
  #watched = false;
  #running = false;

  constructor(
    private readonly analyst: Analyst,
    private readonly documents: Documents,
    private readonly settingsOf: (uri: string) => Promise<Settings>,
    private readonly events: CatalogEvents,
  ) {}

  get isWatched(): boolean {
    return this.#watched;
  }

  /** Begins to look for models, or stops; what is known by then stays known. */
  watch(on: boolean): void {
    this.#watched = on;
    this.#start();
  }

  /** Reads all files again. */
  anew(): void {
    this.#entries.clear();
    this.#unsearched = undefined;
    this.#start();
  }

  /** An open document says something else: files that rest on it are read again when they are looked at. */
  edited(path: string): void {
    this.#forget([path]);
    this.#start();
  }

  /** Files changed, came, or went: they are looked into again, and what rests on them is read again, when that is looked at. */
  changed(paths: readonly string[]): void {
    this.#forget(paths);
    for (const folder of this.documents.folders) {
      if (!paths.some((path) => isInside(folder, path))) continue;
      this.#changedFolders.add(folder);
      this.#unsearched?.add(folder);
    }
    this.#start();
  }

  #forget(paths: readonly string[]): void {
    const names = new Set(paths.map(moduleName));
    for (const [path, { touched }] of this.#entries) {
      if (names.has(moduleName(path)) || touched.some((other) => names.has(moduleName(other)))) this.#entries.delete(path);
    }
  }

  /** The files with models, as far as they are known. */
  list(): readonly Listed[] {
    const open = this.documents.all().flatMap((document) => this.#openOne(document) ?? []);
    const closed = this.#candidates().flatMap((path) => this.#entries.get(path)?.listed ?? []);
    return [...open, ...closed].filter(({ models }) => models.length > 0).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** What is still going on, or was left out, for people. */
  get note(): string | undefined {
    const candidates = this.#candidates();
    const read = candidates.filter((path) => this.#entries.has(path)).length;
    const isSearched = this.#unsearched?.size === 0;
    if (!isSearched) return 'Looking for models…';
    if (read < candidates.length) return `Reading ${read} of ${candidates.length} files…`;
    const isCut = candidates.length >= MOST_FILES || [...this.#found.values()].some((one) => one.isCut);
    return isCut ? 'There are more files than are looked into.' : undefined;
  }

  #openOne(document: OpenDocument): Listed | undefined {
    const { good } = document;
    if (!good) return undefined;
    const known = this.#ofDocument.get(good) ?? listedOf(document.path, document.uri, good.reading, good.text);
    this.#ofDocument.set(good, known);
    return known;
  }

  /** Files that may define models and that no one has open. */
  #candidates(): readonly string[] {
    const all = new Set([...this.#found.values()].flatMap(({ paths }) => paths));
    return [...all].filter((path) => !this.documents.at(path)).slice(0, MOST_FILES);
  }

  #start(): void {
    if (!this.#watched || this.#running) return;
    this.#running = true;
    void this.#run().finally(() => (this.#running = false));
  }

  async #run(): Promise<void> {
    while (this.#watched) {
      this.#unsearched ??= new Set(this.documents.folders);
      const [folder] = this.#unsearched;
      const path = folder === undefined ? this.#candidates().find((one) => !this.#entries.has(one)) : undefined;
      const isDone = folder === undefined ? path === undefined || !(await this.#read(path)) : !(await this.#search(folder));
      this.events.changed();
      if (isDone) return;
    }
  }

  /** Searches on for a moment. False where the server is ending. */
  async #search(folder: string): Promise<boolean> {
    this.#changedFolders.delete(folder);
    const outcome = await this.analyst.list(folder, true);
    if (outcome.kind === 'ended') return false;
    if (outcome.kind === 'listed') this.#found.set(folder, outcome.list);
    // A search that failed would fail again, until something changes.
    const isDone = outcome.kind !== 'listed' || outcome.list.isComplete;
    if (isDone && !this.#changedFolders.has(folder)) this.#unsearched?.delete(folder);
    return true;
  }

  /** Reads one file. False where the server is ending. */
  async #read(path: string): Promise<boolean> {
    const root = this.rootOf(path);
    const uri = fileUri(path);
    const { enable, reader } = await this.settingsOf(uri);
    const file = root === undefined || !enable ? undefined : readInside(root, path);
    if (root === undefined || !file || !('text' in file)) {
      this.#entries.set(path, { listed: { path, uri, models: [], stamp: '' }, touched: [path] });
      return true;
    }
    const outcome = await this.analyst.readLater(() => ({ path, root, stepBudget: reader.stepBudget }), reader.timeLimit);
    if (outcome.kind === 'ended') return false;
    // One that cannot be read has no models that could be shown, until it changes.
    const listed = outcome.kind === 'read' ? listedOf(path, uri, outcome.answer.reading, file.text) : { path, uri, models: [], stamp: '' };
    this.#entries.set(path, { listed, touched: [path, ...(outcome.kind === 'read' ? outcome.answer.touched : [])] });
    return true;
  }

  /** The workspace folder that a file is read in. */
  rootOf(path: string): string | undefined {
    return this.documents.folders.filter((folder) => isInside(folder, path)).sort((a, b) => b.length - a.length)[0];
  }
}

const listedOf = (path: string, uri: string, reading: Reading, text: string): Listed => ({
  path,
  uri,
  models: fileModels(reading, text),
  stamp: createHash('sha1')
    .update(JSON.stringify([reading.models, reading.problems]))
    .digest('base64'),
});

/** A file's path as those write it that import it. */
const moduleName = (path: string): string => path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/index$/, '');
