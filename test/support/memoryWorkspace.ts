import { posix } from 'node:path';
import type { Workspace } from '../../src/reader/workspace';

/** Files in memory: the reader's world in a test. Paths are absolute: `/main.ts`. */
export class MemoryWorkspace implements Workspace {
  constructor(readonly files: { readonly [path: string]: string }) {}

  read(path: string): string | undefined {
    return Object.hasOwn(this.files, path) ? this.files[path] : undefined;
  }

  resolve(from: string, specifier: string): string | undefined {
    if (!specifier.startsWith('.')) return undefined;
    const base = posix.join(posix.dirname(from), specifier);
    return [base, `${base}.ts`, `${base}.js`, `${base}/index.ts`].find((path) => Object.hasOwn(this.files, path));
  }

  callersOf(path: string): readonly string[] {
    return Object.keys(this.files).filter((file) => {
      const specifiers = [...(this.files[file] ?? '').matchAll(/from\s+['"](.+?)['"]|require\(['"](.+?)['"]\)/g)];
      return file !== path && specifiers.some((match) => this.resolve(file, match[1] ?? match[2] ?? '') === path);
    });
  }
}
