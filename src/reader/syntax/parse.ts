import { ts } from 'ts-morph';
import { parsedTree } from './parseCache';
import { isPage, scriptsOf } from './page';

/** A file larger than this is not read. */
export const MAX_BYTES = 5_000_000;

const KINDS: Readonly<Record<string, ts.ScriptKind>> = {
  ts: ts.ScriptKind.TS,
  mts: ts.ScriptKind.TS,
  cts: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
  js: ts.ScriptKind.JSX,
  jsx: ts.ScriptKind.JSX,
  mjs: ts.ScriptKind.JSX,
  cjs: ts.ScriptKind.JSX,
  html: ts.ScriptKind.JSX,
  htm: ts.ScriptKind.JSX,
};

/** A parsed file, or why it cannot be parsed. */
export type Parsed = { readonly file: ts.SourceFile } | { readonly refused: string };

export function parse(path: string, text: string): Parsed {
  if (text.length > MAX_BYTES)
    return {
      refused: `the file has ${text.length.toLocaleString('en-US')} characters; files over ${MAX_BYTES.toLocaleString('en-US')} are not read`,
    };
  const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? 'ts';
  try {
    const source = isPage(path) ? scriptsOf(text) : text;
    return { file: parsedTree(path, source, KINDS[extension] ?? ts.ScriptKind.TS) };
  } catch (error) {
    // TypeScript's parser recurses, so source nested some thousand levels deep overflows its stack.
    return { refused: `the file cannot be parsed (${error instanceof RangeError ? 'it nests too deeply' : 'the parser failed'})` };
  }
}
