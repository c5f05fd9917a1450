import { ImportIndex } from './importIndex';
import { specifiersIn } from './moduleFiles';
import { directoryOf } from './paths';

/** What a search for callers needs of the files. */
export interface CallerSources {
  /** The folder of the project that a file belongs to. */
  projectOf(path: string): string;
  /** The absolute paths, with or without extension, that a specifier may mean. */
  targets(from: string, specifier: string): readonly string[];
  resolve(from: string, specifier: string): string | undefined;
  /** A text that need not be kept; undefined where there is none. */
  peek(path: string): string | undefined;
}

export interface CallerOptions {
  /** `now`: a question is answered when all files are searched. `later`: with what is found so far, and the rest is searched by `advance`. */
  readonly searches: 'now' | 'later';
  /** Files of one project that are searched. */
  readonly mostFiles: number;
}

interface OpenText {
  readonly text: string;
  /** What it imports, found when it is asked for. */
  specifiers?: readonly string[];
  /** What it imported when that was last asked for. */
  readonly before?: readonly string[];
}

/** Files and folders looked at between two looks for whether something else is wanted. */
const PORTION = 100;

/** Finds the files that import a file, in its project. Open documents count as they are typed, all others as they lie on the disk. */
export class Callers {
  readonly #indexes = new Map<string, ImportIndex>();
  readonly #open = new Map<string, OpenText>();
  /** Documents that were typed in since answers were given. */
  readonly #typed = new Set<string>();
  readonly #answers = new Map<string, readonly string[]>();
  /** Files changed since the answers were given. */
  #isStale = false;

  constructor(
    private readonly root: string,
    private readonly sources: CallerSources,
    private readonly options: CallerOptions,
  ) {}

  open(path: string, text: string): void {
    const before = this.#open.get(path);
    if (!before) this.#isStale = true;
    this.#open.set(path, { text, before: before?.specifiers ?? before?.before });
    this.#typed.add(path);
  }

  close(path: string): void {
    this.#open.delete(path);
    this.#typed.delete(path);
    this.#answers.delete(path);
    this.changed([path]);
  }

  changed(paths: readonly string[]): void {
    this.#isStale = true;
    for (const index of this.#indexes.values()) for (const path of paths) index.changed(path);
  }

  /** The callers of a file as far as they are known, its neighbours first. */
  of(path: string): readonly string[] {
    const index = this.#indexOf(this.sources.projectOf(path));
    if (this.options.searches === 'now') this.#searchAll();
    this.#lookAtTyped(path);
    const answer = this.#answers.get(path) ?? this.#find(path, index);
    this.#answers.set(path, answer);
    return answer;
  }

  /** True where an answer that was given may become another one by `advance`. */
  get isSearching(): boolean {
    return this.#answers.size > 0 && (this.#isStale || [...this.#indexes.values()].some((index) => !index.isComplete));
  }

  /** Searches on for a moment. Answers the files whose callers are others than was said, once all is searched. */
  advance(): readonly string[] {
    const index = [...this.#indexes.values()].find((one) => !one.isComplete);
    index?.advance(PORTION);
    if (index && !index.isComplete) return [];
    if ([...this.#indexes.values()].some((one) => !one.isComplete)) return [];
    this.#isStale = false;
    const before = [...this.#answers];
    this.#answers.clear();
    return before.flatMap(([path, callers]) => (sameList(callers, this.of(path)) ? [] : [path]));
  }

  #searchAll(): void {
    for (const index of this.#indexes.values()) while (!index.isComplete) index.advance(PORTION);
    if (this.#isStale) this.#answers.clear();
    this.#isStale = false;
  }

  /** What is typed changes who calls only where it changes what is imported; what a file itself imports says nothing about its callers. */
  #lookAtTyped(asked: string): void {
    for (const path of this.#typed) {
      if (path === asked) continue;
      const { before } = this.#open.get(path) ?? {};
      if (!before || !sameList(before, this.#specifiersOf(path))) this.#answers.clear();
      this.#typed.delete(path);
    }
  }

  #find(path: string, index: ImportIndex): readonly string[] {
    const project = this.sources.projectOf(path);
    const candidates = new Set([...this.#open.keys(), ...index.importersOf(path)]);
    const callers = [...candidates].filter(
      (file) =>
        file !== path &&
        this.sources.projectOf(file) === project &&
        this.#specifiersOf(file).some((specifier) => this.sources.resolve(file, specifier) === path),
    );
    return callers.sort((a, b) => distance(path, a) - distance(path, b) || (a < b ? -1 : 1));
  }

  #indexOf(project: string): ImportIndex {
    const known = this.#indexes.get(project);
    if (known) return known;
    const targets = (from: string, specifier: string): readonly string[] => this.sources.targets(from, specifier);
    const index = new ImportIndex(this.root, project, targets, this.options.mostFiles);
    this.#indexes.set(project, index);
    return index;
  }

  #specifiersOf(path: string): readonly string[] {
    const document = this.#open.get(path);
    if (!document) return specifiersIn(this.sources.peek(path) ?? '', path);
    document.specifiers ??= specifiersIn(document.text, path);
    return document.specifiers;
  }
}

const sameList = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((item, i) => item === b[i]);

/** The file's own folder and what is in it come first, then what lies near the project's top. */
const distance = (path: string, caller: string): number =>
  (caller.startsWith(`${directoryOf(path)}/`) ? 0 : 1_000) + caller.split('/').length;
