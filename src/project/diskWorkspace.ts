import type { Workspace } from '../reader/workspace';
import { isFileInside, readInside, type DiskFile, type Refusal } from './disk';
import { moduleFiles, specifiersIn } from './moduleFiles';
import { aliasTargets, readPathAliases, type PathAliases } from './pathAliases';
import { baseName, directoriesUpTo, directoryOf, joinPath } from './paths';
import { listSources } from './projectFiles';

const CONFIGS = ['tsconfig.json', 'jsconfig.json'];
const PROJECT_MARKS = [...CONFIGS, 'package.json'];

/**
 * The files below one folder, open documents laid over them. What was read stays as it was until `changed` says otherwise,
 * so that one reading sees one state of the files.
 */
export class DiskWorkspace implements Workspace {
  readonly #root: string;
  readonly #open = new Map<string, string>();
  readonly #files = new Map<string, DiskFile>();
  readonly #specifiers = new Map<string, readonly string[]>();
  readonly #aliases = new Map<string, PathAliases | undefined>();
  readonly #sources = new Map<string, readonly string[]>();

  /** @param root absolute folder with forward slashes; nothing outside it is ever read. */
  constructor(root: string) {
    this.#root = root;
  }

  /** Lays the text of an open document over the file. Such a text is given whatever its size and place. */
  open(path: string, text: string): void {
    this.#open.set(path, text);
    this.#specifiers.delete(path);
    this.#aliases.clear();
  }

  close(path: string): void {
    this.#open.delete(path);
    this.changed([path]);
  }

  /** Forgets what was read of these files, made and deleted ones included; of all files where none are named. */
  changed(paths?: readonly string[]): void {
    for (const path of paths ?? this.#files.keys()) this.#files.delete(path);
    for (const path of paths ?? this.#specifiers.keys()) this.#specifiers.delete(path);
    this.#sources.clear();
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
    const relative = /^\.{0,2}(\/|$)/.test(specifier);
    const targets = relative ? [joinPath(specifier.startsWith('/') ? '/' : directoryOf(from), specifier)] : this.#aliased(from, specifier);
    return targets.flatMap(moduleFiles).find((file) => this.#exists(file));
  }

  callersOf(path: string): readonly string[] {
    const project = this.projectOf(path);
    const word = baseName(path).startsWith('index.') ? baseName(directoryOf(path)) : baseName(path).replace(/\.[^.]+$/, '');
    const near = [...new Set([...this.#open.keys(), ...this.#sourcesOf(project, directoryOf(path))])];
    return near.filter(
      (file) =>
        file !== path &&
        this.projectOf(file) === project &&
        this.#specifiersOf(file).some((specifier) => mentions(specifier, word) && this.resolve(file, specifier) === path),
    );
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

  /** The file's own folder comes first, so that in a project too large to list its neighbours are still seen. */
  #sourcesOf(project: string, directory: string): readonly string[] {
    const key = `${project}\n${directory}`;
    const known = this.#sources.get(key) ?? listSources([directory, project]);
    this.#sources.set(key, known);
    return known;
  }

  #specifiersOf(path: string): readonly string[] {
    // Read past the memo: a search over a whole project must not keep its texts.
    const known = this.#specifiers.get(path) ?? specifiersIn(this.#open.get(path) ?? textOf(readInside(this.#root, path)), path);
    this.#specifiers.set(path, known);
    return known;
  }
}

/** A specifier that leads to the file ends in its name; `.` and `..` lead to an index file. */
const mentions = (specifier: string, word: string): boolean => specifier.includes(word) || /(^|\/)\.{1,2}\/?$/.test(specifier);

const textOf = (file: DiskFile): string => ('text' in file ? file.text : '');
