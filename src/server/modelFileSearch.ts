import { SourceWalk } from '../project/projectFiles';
import { mentionsTensorFlow } from '../protocol/mentions';

/** Files looked into at a time: other requests wait no longer than for these. */
const PORTION = 50;
const MOST_FILES = 200_000;

/** Looks for the files below a folder that mention TensorFlow.js, a few at a time. */
export class ModelFileSearch {
  readonly #walk: SourceWalk;
  readonly #waiting: string[] = [];

  /** @param read a file's text; undefined where it has none */
  constructor(
    root: string,
    private readonly read: (path: string) => string | undefined,
  ) {
    this.#walk = new SourceWalk(root, MOST_FILES);
  }

  get isDone(): boolean {
    return this.#waiting.length === 0 && this.#walk.isDone;
  }

  /** Those among the next files. */
  next(): readonly string[] {
    for (let folders = 0; folders < PORTION && this.#waiting.length < PORTION && !this.#walk.isDone; folders++)
      this.#waiting.push(...this.#walk.nextFolder());
    return this.#waiting.splice(0, PORTION).filter((path) => mentionsTensorFlow(this.read(path) ?? ''));
  }
}
