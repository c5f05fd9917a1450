import type { Workspace } from '../reader/workspace';
import { isFileInside, readInside, type DiskFile, type Refusal } from './disk';
import { Callers, type CallerOptions } from './callers';
import { moduleFiles } from './moduleFiles';
import { aliasTargets, readPathAliases, type PathAliases } from './pathAliases';
import { directoriesUpTo, directoryOf, joinPath } from './paths';

const CONFIGS = ['tsconfig.json', 'jsconfig.json'];
const PROJECT_MARKS = [...CONFIGS, 'package.json'];

/** For those who read once and end. */
const SEARCH_AT_ONCE: CallerOptions = { searches: 'now', mostFiles: 2_000 };

/** For those who answer first and learn of callers later. */
export const SEARCH_LATER: CallerOptions = { searches: 'later', mostFiles: 200_000 };

/**
 * The files below one folder, open documents laid over them. What was read stays as it was until `changed` says otherwise,
 * so that one reading sees one state of the files.
 */
export class DiskWorkspace implements Workspace {
  readonly #root: string;
  readonly #open = new Map<string, string>();
  readonly #files = new Map<string, DiskFile>();
  readonly #aliases = new Map<string, PathAliases | undefined>();
  /** What specifiers were found to mean, by importing file and specifier. */
  readonly #resolved = new Map<string, string | undefined>();
  readonly #callers: Callers;

  /** @param root absolute folder with forward slashes; nothing outside it is ever read. */
  constructor(root: string, search: CallerOptions = SEARCH_AT_ONCE) {
    this.#root = root;
    this.#callers = new Callers(root, this, search);
  }

  /** Lays the text of an open document over the file. Such a text is given whatever its size and place. */
  open(path: string, text: string): void {
    if (!this.#open.has(path)) this.#forgetPlaces();
    else if (path.endsWith('.json')) this.#aliases.clear();
    this.#open.set(path, text);
    this.#callers.open(path, text);
  }

  close(path: string): void {
    this.#open.delete(path);
    this.#callers.close(path);
    this.changed([path]);
  }

  /** Forgets what was read of these files, made and deleted ones included. */
  changed(paths: readonly string[]): void {
    for (const path of paths) this.#files.delete(path);
    this.#callers.changed(paths);
    this.#forgetPlaces();
  }

  #forgetPlaces(): void {
    this.#resolved.clear();
    this.#aliases.clear();
  }

  read(path: string): string | undefined {
    const file = this.#file(path);
    return 'text' in file ? file.text : undefined;
  }

  /** Why `read` answers undefined for a path. */
  refusal(path: string): Refusal | undefined {
    const file = this.#file(path);
    return 'refusal' in file ? file.refusal : undefined;
  }

  resolve(from: string, specifier: string): string | undefined {
    const key = `${from}\n${specifier}`;
    if (this.#resolved.has(key)) return this.#resolved.get(key);
    const found = this.targets(from, specifier)
      .flatMap(moduleFiles)
      .find((file) => this.#exists(file));
    this.#resolved.set(key, found);
    return found;
  }

  /** The absolute paths, extensions left out or not, that a specifier in a file may mean. */
  targets(from: string, specifier: string): readonly string[] {
    const isRelative = /^\.{0,2}(\/|$)/.test(specifier);
    return isRelative ? [joinPath(specifier.startsWith('/') ? '/' : directoryOf(from), specifier)] : this.#aliased(from, specifier);
  }

  callersOf(path: string): readonly string[] {
    return this.#callers.of(path);
  }

  /** True where a search for callers is left to be gone on with. */
  get isSearching(): boolean {
    return this.#callers.isSearching;
  }

  /** Goes on with the search for callers, for a moment. Answers the files that have other callers than `callersOf` said. */
  searchOn(): readonly string[] {
    return this.#callers.advance();
  }

  /** A file's text, which is not kept. */
  peek(path: string): string | undefined {
    const file = this.#open.has(path) ? this.#file(path) : (this.#files.get(path) ?? readInside(this.#root, path));
    return 'text' in file ? file.text : undefined;
  }

  /** The nearest folder with a tsconfig, jsconfig or package.json, at most the workspace folder itself. */
  projectOf(path: string): string {
    for (const directory of directoriesUpTo(this.#root, path)) {
      if (PROJECT_MARKS.some((name) => this.#exists(joinPath(directory, name)))) return directory;
    }
    return this.#root;
  }

  #file(path: string): DiskFile {
    const open = this.#open.get(path);
    if (open !== undefined) return { text: open };
    const known = this.#files.get(path) ?? readInside(this.#root, path);
    this.#files.set(path, known);
    return known;
  }

  #exists(path: string): boolean {
    if (this.#open.has(path)) return true;
    const known = this.#files.get(path);
    return known ? 'text' in known : isFileInside(this.#root, path);
  }

  #aliased(from: string, specifier: string): readonly string[] {
    const directory = directoryOf(from);
    if (!this.#aliases.has(directory)) this.#aliases.set(directory, this.#readAliases(from));
    const aliases = this.#aliases.get(directory);
    return aliases ? aliasTargets(aliases, specifier) : [];
  }

  #readAliases(from: string): PathAliases | undefined {
    for (const directory of directoriesUpTo(this.#root, from)) {
      const config = CONFIGS.map((name) => joinPath(directory, name)).find((file) => this.#exists(file));
      if (config) return readPathAliases(config, (path) => this.read(path));
    }
    return undefined;
  }
}
