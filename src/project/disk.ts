import { readFileSync, realpathSync, statSync } from 'node:fs';
import { isInPackages, isInside, slashed } from './paths';

/** Bytes; larger files are not read. */
export const MAX_FILE_BYTES = 5 * 1024 * 1024;

export type Refusal = 'missing' | 'outside' | 'too-large';

export type DiskFile = { readonly text: string } | { readonly refusal: Refusal };

/** Reads one text file below `root`. Links that lead out of it, packages and anything that is not a regular file are refused. */
export function readInside(root: string, path: string): DiskFile {
  if (!isInside(root, path) || isInPackages(root, path)) return { refusal: 'outside' };
  try {
    const real = slashed(realpathSync.native(path));
    const top = realRoot(root);
    if (!isInside(top, real) || isInPackages(top, real)) return { refusal: 'outside' };
    const status = statSync(real);
    if (!status.isFile()) return { refusal: 'missing' };
    return status.size > MAX_FILE_BYTES ? { refusal: 'too-large' } : { text: readFileSync(real, 'utf8') };
  } catch {
    // Not there, not permitted, or gone between two calls: for the reader all the same.
    return { refusal: 'missing' };
  }
}

/** True for a regular file below `root` that may be read. */
export function isFileInside(root: string, path: string): boolean {
  if (!isInside(root, path) || isInPackages(root, path)) return false;
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // A name that no file can have: a NUL in it, or too long.
    return false;
  }
}

const realRoot = (root: string): string => slashed(realpathSync.native(root));
