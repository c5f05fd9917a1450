import { posix } from 'node:path';
import { specifiersIn } from '../../src/project/moduleFiles';
import type { Workspace } from '../../src/reader/workspace';

const ENDINGS = ['', '.ts', '.tsx', '.js', '.jsx', '.mts', '.cts', '.mjs', '.cjs', '/index.ts'];

/** The file that a relative specifier names. */
export function resolveFile(files: { readonly [path: string]: string }, from: string, specifier: string): string | undefined {
  const base = posix.join(posix.dirname(from), specifier);
  return ENDINGS.map((ending) => base + ending).find((path) => Object.hasOwn(files, path));
}

/** Files in memory: the reader's world in a test. Paths are absolute: `/main.ts`. */
export class MemoryWorkspace implements Workspace {
  constructor(readonly files: { readonly [path: string]: string }) {}

  read(path: string): string | undefined {
    return Object.hasOwn(this.files, path) ? this.files[path] : undefined;
  }

  resolve(from: string, specifier: string): string | undefined {
    return specifier.startsWith('.') ? resolveFile(this.files, from, specifier) : undefined;
  }

  callersOf(path: string): readonly string[] {
    return Object.keys(this.files).filter(
      (file) => file !== path && specifiersIn(this.files[file] ?? '', file).some((specifier) => this.resolve(file, specifier) === path),
    );
  }
}
