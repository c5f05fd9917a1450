import { posix } from 'node:path';
import { specifiersIn } from '../../src/project/moduleFiles';
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
    return Object.keys(this.files).filter(
      (file) => file !== path && specifiersIn(this.files[file] ?? '', file).some((specifier) => this.resolve(file, specifier) === path),
    );
  }
}
