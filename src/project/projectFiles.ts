import { readdirSync, type Dirent } from 'node:fs';
import { isPage } from '../reader/syntax/page';
import { isSourceFile } from './moduleFiles';
import { isInside } from './paths';

const MAX_DIRECTORIES = 20_000;
/** Folders that hold what was made from sources, or what others wrote. */
const SKIPPED = new Set(['node_modules', 'bower_components', 'dist', 'out', 'build', 'coverage', 'vendor']);

/** A walk through the source files and pages below a folder, breadth first and in name order. */
export class SourceWalk {
  readonly #queue: string[];
  #next = 0;
  #files = 0;

  constructor(
    private readonly folder: string,
    private readonly mostFiles: number,
  ) {
    this.#queue = [folder];
  }

  /** True where the walk ended before it had seen all. */
  get isCut(): boolean {
    return this.isDone && this.#next < this.#queue.length;
  }

  /** True for a file that the walk would come by. */
  takes(path: string): boolean {
    if (!isInside(this.folder, path)) return false;
    const parts = path
      .slice(this.folder.length)
      .split('/')
      .filter((part) => part !== '');
    const name = parts.pop() ?? '';
    return isTaken(name) && parts.every(isEntered);
  }

  get isDone(): boolean {
    return this.#next >= this.#queue.length || this.#next >= MAX_DIRECTORIES || this.#files >= this.mostFiles;
  }

  /** The sources in the next folder. */
  nextFolder(): readonly string[] {
    const directory = this.#queue[this.#next++] ?? '';
    const files: string[] = [];
    for (const entry of entriesOf(directory)) {
      const path = directory.endsWith('/') ? directory + entry.name : `${directory}/${entry.name}`;
      if (entry.isDirectory() && isEntered(entry.name)) this.#queue.push(path);
      if (entry.isFile() && isTaken(entry.name)) files.push(path);
    }
    const taken = files.slice(0, Math.max(0, this.mostFiles - this.#files));
    this.#files += taken.length;
    return taken;
  }
}

const isEntered = (folder: string): boolean => !folder.startsWith('.') && !SKIPPED.has(folder);

const isTaken = (name: string): boolean => (isSourceFile(name) || isPage(name)) && !name.includes('.min.');

/** Links are neither files nor directories here, so a walk can neither leave the folder nor go round in circles. */
function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
