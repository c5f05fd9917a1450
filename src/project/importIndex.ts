import { readInside } from './disk';
import { specifiersIn } from './moduleFiles';
import { SourceWalk } from './projectFiles';

/** Who may import which file, for all sources below a folder: names only, no texts. It is filled in small steps, so that whoever fills it can stop. */
export class ImportIndex {
  readonly #walk: SourceWalk;
  /** Importing files by what they import, as `keyOf` writes it. */
  readonly #importers = new Map<string, Set<string>>();
  /** The other way round, to take a file out again. */
  readonly #imports = new Map<string, readonly string[]>();
  readonly #waiting = new Set<string>();

  /**
   * @param root nothing outside it is read
   * @param targets the absolute paths, extensions missing or not, that a specifier in a file may mean
   */
  constructor(
    private readonly root: string,
    project: string,
    private readonly targets: (from: string, specifier: string) => readonly string[],
    mostFiles: number,
  ) {
    this.#walk = new SourceWalk(project, mostFiles);
  }

  /** False while files are left that were not searched. */
  get isComplete(): boolean {
    return this.#walk.isDone && this.#waiting.size === 0;
  }

  /** Searches that many files at most, and lists as many folders. */
  advance(most: number): void {
    for (let done = 0; done < most && !this.isComplete; done++) {
      const [changed] = this.#waiting;
      if (changed === undefined) for (const path of this.#walk.nextFolder()) this.#waiting.add(path);
      else {
        this.#waiting.delete(changed);
        this.#search(changed);
      }
    }
  }

  /** A file came, went, or is another one now. */
  changed(path: string): void {
    this.#waiting.add(path);
  }

  /** Files that name this path, as far as was searched, in name order. A few may mean another file by it. */
  importersOf(path: string): readonly string[] {
    return [...(this.#importers.get(keyOf(path)) ?? [])].sort();
  }

  #search(path: string): void {
    for (const key of this.#imports.get(path) ?? []) this.#importers.get(key)?.delete(path);
    this.#imports.delete(path);
    const file = readInside(this.root, path);
    if (!('text' in file)) return;
    const keys = new Set(specifiersIn(file.text, path).flatMap((specifier) => this.targets(path, specifier).map(keyOf)));
    if (keys.size === 0) return;
    this.#imports.set(path, [...keys]);
    for (const key of keys) {
      const importers = this.#importers.get(key);
      if (importers) importers.add(path);
      else this.#importers.set(key, new Set([path]));
    }
  }
}

/** All spellings of a module's path are one: without extension, and without `/index`. */
const keyOf = (path: string): string => detached(path.replace(/\.[cm]?[jt]sx?$/, '').replace(/\/(index)?$/, ''));

/** A string cut out of another keeps all of that alive; this one is its own. */
const detached = (text: string): string => Buffer.from(text).toString();
