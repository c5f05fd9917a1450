import { ts } from 'ts-morph';
import { editBetween } from '../../model/edit';

/** Characters of source text whose trees are kept; a tree takes some twenty times as many bytes. */
const MAX_CHARACTERS = 2_500_000;

/** Trees by path, the least recently used first. Nothing in a tree is ever changed by a reading, so the next one can have it. */
const kept = new Map<string, ts.SourceFile>();
let characters = 0;

/**
 * The tree of a text. Where the last text at this path differs in one place only, what stands before and after it is taken over: those nodes
 * are the same objects as before, moved to where they stand now, and the earlier tree is not to be used any more.
 */
export function parsedTree(path: string, text: string, kind: ts.ScriptKind): ts.SourceFile {
  const before = kept.get(path);
  forget(path);
  const tree = (before && updated(before, text)) ?? fresh(path, text, kind);
  keep(path, tree);
  return tree;
}

/** Forgets all trees: for tests that compare. */
export function forgetTrees(): void {
  kept.clear();
  characters = 0;
}

function fresh(path: string, text: string, kind: ts.ScriptKind): ts.SourceFile {
  // Comments in JSDoc are no part of what is read.
  const options = { languageVersion: ts.ScriptTarget.ES2022, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  return ts.createSourceFile(path, text, options, true, kind);
}

function updated(before: ts.SourceFile, text: string): ts.SourceFile | undefined {
  if (before.text === text) return before;
  const { start, end, length } = editBetween(before.text, text);
  // Where most is new there is little to take over.
  if (length > text.length / 2) return undefined;
  try {
    return ts.updateSourceFile(before, text, { span: { start, length: end - start }, newLength: length });
  } catch (error) {
    // Also TypeScript has bugs; a tree that is nested too deeply is refused when it is parsed afresh.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function keep(path: string, tree: ts.SourceFile): void {
  if (tree.text.length > MAX_CHARACTERS) return;
  kept.set(path, tree);
  characters += tree.text.length;
  for (const oldest of kept.keys()) {
    if (characters <= MAX_CHARACTERS) return;
    forget(oldest);
  }
}

function forget(path: string): void {
  characters -= kept.get(path)?.text.length ?? 0;
  kept.delete(path);
}
