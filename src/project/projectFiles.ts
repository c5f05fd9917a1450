import { readdirSync, type Dirent } from 'node:fs';
import { isPage } from '../reader/syntax/page';
import { isSourceFile } from './moduleFiles';

const MAX_DIRECTORIES = 20_000;
/** Folders that hold what was made from sources, or what others wrote. */
const SKIPPED = new Set(['node_modules', 'bower_components', 'dist', 'out', 'build', 'coverage', 'vendor']);

/** A walk through the source files and pages below a folder, breadth first and in name order. */
export class SourceWalk {
  readonly #queue: string[];
  #next = 0;
  #files = 0;

  constructor(
    folder: string,
    private readonly mostFiles: number,
  ) {
    this.#queue = [folder];
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
      if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name)) this.#queue.push(path);
      if (entry.isFile() && (isSourceFile(entry.name) || isPage(entry.name)) && !entry.name.includes('.min.')) files.push(path);
    }
    const taken = files.slice(0, Math.max(0, this.mostFiles - this.#files));
    this.#files += taken.length;
    return taken;
  }
}

/** Links are neither files nor directories here, so a walk can neither leave the folder nor go round in circles. */
function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
