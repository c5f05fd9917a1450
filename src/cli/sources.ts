import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DiskWorkspace } from '../project/diskWorkspace';
import { isInPackages, isInside, slashed } from '../project/paths';
import { SourceWalk } from '../project/projectFiles';
import { mentionsTensorFlow } from '../protocol/mentions';
import { refusalText } from './output';

/** Sources below one folder that are looked at. */
const MAX_FILES = 20_000;

/** What paths on the command line come to. */
export interface Sources {
  /** Absolute, each once: files that were named, and those with TensorFlow.js below folders that were. */
  readonly files: readonly string[];
  /** What was named and cannot be read, with the reason. */
  readonly refused: readonly string[];
  /** What a walk left out, with the reason. */
  readonly skipped: readonly string[];
}

/** Finds the files of a command line. `root` is the current folder, outside which nothing is read. */
export function sourcesOf(paths: readonly string[], root: string, workspace: DiskWorkspace): Sources {
  const files = new Set<string>();
  const refused: string[] = [];
  const skipped: string[] = [];
  for (const path of paths) {
    const absolute = slashed(resolve(root, path));
    if (isFolder(absolute) && isInside(root, absolute) && !isInPackages(root, absolute)) {
      const below = walk(absolute, root, workspace);
      for (const file of below.files) files.add(file);
      skipped.push(...below.skipped);
    } else {
      const refusal = isFolder(absolute) ? 'outside' : workspace.refusal(absolute);
      if (refusal === undefined) files.add(absolute);
      else refused.push(`${path}: ${refusalText(refusal)}`);
    }
  }
  return { files: [...files], refused, skipped };
}

function walk(folder: string, root: string, workspace: DiskWorkspace): Pick<Sources, 'files' | 'skipped'> {
  const files: string[] = [];
  const skipped: string[] = [];
  const sources = new SourceWalk(folder, MAX_FILES);
  let seen = 0;
  while (!sources.isDone) {
    for (const path of sources.nextFolder()) {
      seen++;
      // Not kept: most sources of a project have nothing to do with models.
      const text = workspace.peek(path);
      if (text === undefined) skipped.push(`${shownPath(path, root)}: ${refusalText(workspace.refusal(path))}; skipped`);
      else if (mentionsTensorFlow(text)) files.push(path);
    }
  }
  if (seen >= MAX_FILES)
    skipped.push(`${shownPath(folder, root)}: only the first ${MAX_FILES.toLocaleString('en-US')} sources were looked at`);
  return { files, skipped };
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** A path as it is printed: relative to the current folder. */
export const shownPath = (path: string, root: string): string =>
  path === root ? '.' : isInside(root, path) ? path.slice(root.endsWith('/') ? root.length : root.length + 1) : path;
