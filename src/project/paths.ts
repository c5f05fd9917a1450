import { posix } from 'node:path';

/** Paths inside the project are absolute, with forward slashes, on every system. */
export const slashed = (path: string): string => path.replaceAll('\\', '/');

export const directoryOf = (path: string): string => posix.dirname(path);

export const baseName = (path: string): string => posix.basename(path);

/** `relative` as seen from the directory `base`, with `.` and `..` resolved. */
export const joinPath = (base: string, relative: string): string => posix.join(base, relative);

/** True where `path` is the directory `root` or lies below it. */
export const isInside = (root: string, path: string): boolean => path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`);

/** True where a directory of `path` below `root` is called `node_modules`. */
export const isInPackages = (root: string, path: string): boolean => path.slice(root.length).split('/').includes('node_modules');

/** From the directory of `path` upwards to `root`, both included. */
export function* directoriesUpTo(root: string, path: string): Generator<string> {
  let directory = directoryOf(path);
  while (isInside(root, directory)) {
    yield directory;
    const parent = directoryOf(directory);
    if (parent === directory) return;
    directory = parent;
  }
}
