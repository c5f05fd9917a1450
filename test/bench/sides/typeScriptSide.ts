import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { applyEdit, type TextEdit } from '../sources/edits';
import { answering, residentMemory } from './side';

/** The peer: TypeScript's language service, which checks the same file against TensorFlow.js' own typings and is told of each edit as such. */
const [path = '/bench/main.ts'] = process.argv.slice(2);
const options: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  types: [],
  skipLibCheck: true,
  noEmit: true,
};

/** A text, and the one change that made it of the text before. */
class Snapshot implements ts.IScriptSnapshot {
  constructor(
    private readonly text: string,
    private readonly before?: { readonly snapshot: Snapshot; readonly edit: TextEdit },
  ) {}

  getText(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  getLength(): number {
    return this.text.length;
  }

  getChangeRange(old: ts.IScriptSnapshot): ts.TextChangeRange | undefined {
    if (!this.before || this.before.snapshot !== old) return undefined;
    const { start, end, text } = this.before.edit;
    return { span: { start, length: end - start }, newLength: text.length };
  }

  changed(edit: TextEdit): Snapshot {
    return new Snapshot(applyEdit(this.text, edit), { snapshot: this, edit });
  }
}

let snapshot = new Snapshot('');
let version = 0;
const files = new Map<string, ts.IScriptSnapshot | undefined>();

function snapshotOf(file: string): ts.IScriptSnapshot | undefined {
  if (file === path) return snapshot;
  if (!files.has(file)) files.set(file, ts.sys.fileExists(file) ? ts.ScriptSnapshot.fromString(readFileSync(file, 'utf8')) : undefined);
  return files.get(file);
}

const service = ts.createLanguageService({
  getScriptFileNames: () => [path],
  getScriptVersion: (file) => (file === path ? String(version) : '1'),
  getScriptSnapshot: snapshotOf,
  getCurrentDirectory: () => process.cwd(),
  getCompilationSettings: () => options,
  getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
  fileExists: (file) => file === path || ts.sys.fileExists(file),
  readFile: (file) => ts.sys.readFile(file),
  readDirectory: (folder, extensions, exclude, include, depth) => ts.sys.readDirectory(folder, extensions, exclude, include, depth),
  directoryExists: (folder) => ts.sys.directoryExists(folder),
  getDirectories: (folder) => ts.sys.getDirectories(folder),
  realpath: (file) => ts.sys.realpath?.(file) ?? file,
});

answering((question) => {
  if (question.ask === 'memory') return residentMemory();
  snapshot = question.ask === 'open' ? new Snapshot(question.text) : snapshot.changed(question.edit);
  version++;
  const since = performance.now();
  const diagnostics = service.getSemanticDiagnostics(path);
  const milliseconds = performance.now() - since;
  const [first] = diagnostics;
  // A program that is not understood would cost less to check than a real one.
  if (first) throw new Error(`TypeScript finds a mistake in the made source: ${ts.flattenDiagnosticMessageText(first.messageText, '\n')}`);
  return milliseconds;
});
