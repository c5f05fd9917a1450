import { readInside } from './disk';
import { SourceWalk } from './projectFiles';

/** The files below a folder whose text passes a test: names only, no texts. It is filled in small steps, so that whoever fills it can stop. */
export class ModelFileIndex {
  readonly #walk: SourceWalk;
  readonly #waiting = new Set<string>();
  readonly #found = new Set<string>();

  /** @param root nothing outside it is read */
  constructor(
    private readonly root: string,
    private readonly test: (text: string) => boolean,
    mostFiles: number,
  ) {
    this.#walk = new SourceWalk(root, mostFiles);
  }

  /** False while files are left that were not looked into. */
  get isComplete(): boolean {
    return this.#walk.isDone && this.#waiting.size === 0;
  }

  /** True where there are more files than are looked into. */
  get isCut(): boolean {
    return this.#walk.isCut;
  }

  /** Looks into that many files at most, and lists as many folders. */
  advance(most: number): void {
    for (let done = 0; done < most && !this.isComplete; done++) {
      const [path] = this.#waiting;
      if (path === undefined) for (const file of this.#walk.nextFolder()) this.#waiting.add(file);
      else this.#look(path);
    }
  }

  /** A file came, went, or is another one now; of those that were not reached yet nothing is remembered. */
  changed(path: string): void {
    if (this.#walk.takes(path)) this.#waiting.add(path);
  }

  /** In name order, as far as was searched. */
  get found(): readonly string[] {
    return [...this.#found].sort();
  }

  #look(path: string): void {
    this.#waiting.delete(path);
    const file = readInside(this.root, path);
    if ('text' in file && this.test(file.text)) this.#found.add(path);
    else this.#found.delete(path);
  }
}
