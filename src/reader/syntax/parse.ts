import { ts } from 'ts-morph';

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
  const isPage = extension === 'html' || extension === 'htm';
  try {
    const source = isPage ? scriptsOf(text) : text;
    return { file: ts.createSourceFile(path, source, ts.ScriptTarget.ES2022, true, KINDS[extension] ?? ts.ScriptKind.TS) };
  } catch (error) {
    // TypeScript's parser recurses, so source nested some thousand levels deep overflows its stack.
    return { refused: `the file cannot be parsed (${error instanceof RangeError ? 'it nests too deeply' : 'the parser failed'})` };
  }
}

/** A page's script blocks with everything around them blanked, so that offsets stay what they were. */
export function scriptsOf(html: string): string {
  const opening = /<script\b([^>]*)>/gi;
  let out = '';
  let done = 0;
  for (let match = opening.exec(html); match; match = opening.exec(html)) {
    const start = match.index + match[0].length;
    const closing = html.toLowerCase().indexOf('</script', start);
    const end = closing < 0 ? html.length : closing;
    const type = /\btype\s*=\s*["']?([^"'\s>]+)/i.exec(match[1] ?? '')?.[1]?.toLowerCase() ?? 'text/javascript';
    const isScript = type === 'module' || type.endsWith('javascript') || type === 'text/babel';
    out += blank(html.slice(done, start)) + (isScript ? html.slice(start, end) : blank(html.slice(start, end)));
    done = end;
    opening.lastIndex = end;
  }
  return out + blank(html.slice(done));
}

/** A line break ends a statement where a page's markup stood between two script blocks. */
const blank = (text: string): string => text.replace(/[^\n\r]/g, ' ').replace(/ $/, ';');

/** The paths of a page's local scripts that it loads before its own blocks, in their order. */
export function scriptSources(html: string): readonly string[] {
  return [...html.matchAll(/<script\b[^>]*\bsrc\s*=\s*["']([^"']+)["']/gi)].flatMap((match) =>
    match[1] && !/^([a-z]+:)?\/\//i.test(match[1]) ? [match[1]] : [],
  );
}
