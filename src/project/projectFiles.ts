import { readdirSync, type Dirent } from 'node:fs';
import { isPage } from '../reader/syntax/page';
import { isSourceFile } from './moduleFiles';

const MAX_FILES = 2_000;
const MAX_DIRECTORIES = 1_000;
/** Folders that hold what was made from sources, or what others wrote. */
const SKIPPED = new Set(['node_modules', 'bower_components', 'dist', 'out', 'build', 'coverage', 'vendor']);

/** The source files and pages below the directories, breadth first and in name order, each once; stops at 2,000 files or 1,000 folders. */
export function listSources(directories: readonly string[]): readonly string[] {
  const files: string[] = [];
  const queue = [...directories];
  const seen = new Set<string>();
  for (let next = 0; next < queue.length && seen.size < MAX_DIRECTORIES && files.length < MAX_FILES; next++) {
    const directory = queue[next] ?? '';
    if (seen.has(directory)) continue;
    seen.add(directory);
    for (const entry of entriesOf(directory)) {
      const path = directory.endsWith('/') ? directory + entry.name : `${directory}/${entry.name}`;
      if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name)) queue.push(path);
      if (entry.isFile() && (isSourceFile(entry.name) || isPage(entry.name)) && !entry.name.includes('.min.')) files.push(path);
    }
  }
  return files.slice(0, MAX_FILES);
}

/** Links are neither files nor directories here, so a walk can neither leave the folder nor go round in circles. */
function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
