import type { Problem } from '../model/reading';
import type { Span } from '../model/span';
import type { Lines } from './lines';

/** What comments of a file silence, and the comments that silence nothing because no problem has such a code. */
export interface Suppressions {
  readonly unknown: readonly Problem[];
  isSilenced(problem: Problem, call: Span | undefined): boolean;
}

/** The code of what is wrong with such a comment. */
export const SUPPRESSION = 'suppression';

const TAG = 'layerscope-ignore';
const COMMENT = /(?:\/\/|\/\*|<!--)[ \t]*layerscope-ignore-(next-line|file)\b[ \t]*([^\n\r]*)/g;
const CODE = /[a-z][a-z-]*/y;

const NOTHING: Suppressions = { unknown: [], isSilenced: () => false };

/**
 * Comments of the form `// layerscope-ignore-next-line code[, code] reason` and, for the whole file, `// layerscope-ignore-file code[, code] reason`.
 * A problem is silenced by a comment above its own line, or above the line where the call that it is in begins.
 */
export function suppressionsOf(text: string, lines: Lines, isCode: (word: string) => boolean): Suppressions {
  if (!text.includes(TAG)) return NOTHING;
  const wholeFile = new Set<string>();
  const byLine = new Map<number, Set<string>>();
  const unknown: Problem[] = [];
  for (const match of text.matchAll(COMMENT)) {
    const [whole, kind, rest = ''] = match;
    const start = match.index + whole.length - rest.length;
    const named = codesIn(rest);
    unknown.push(...named.filter(({ word }) => !isCode(word)).map(({ word, at }) => noSuchCode(word, start + at)));
    if (named.length === 0) unknown.push(noCode({ start: match.index, end: match.index + whole.trimEnd().length }));
    const line = kind === 'file' ? undefined : codeLineBelow(text, lines, match.index);
    const into = line === undefined ? wholeFile : (byLine.get(line) ?? new Set());
    for (const { word } of named) into.add(word);
    if (line !== undefined) byLine.set(line, into);
  }
  const silencedAt = (offset: number, code: string): boolean => byLine.get(lines.lineOf(offset))?.has(code) ?? false;
  return {
    unknown,
    isSilenced: ({ code, span }, call) =>
      wholeFile.has(code) || silencedAt(span.start, code) || (call !== undefined && silencedAt(call.start, code)),
  };
}

/** Codes at the start of a text, with commas between them; what follows is the reason. */
function codesIn(rest: string): readonly { readonly word: string; readonly at: number }[] {
  const found: { word: string; at: number }[] = [];
  for (let at = 0; ;) {
    CODE.lastIndex = at;
    const word = CODE.exec(rest)?.[0];
    if (word === undefined) return found;
    found.push({ word, at });
    const comma = /^[ \t]*,[ \t]*/.exec(rest.slice(at + word.length));
    if (!comma) return found;
    at += word.length + comma[0].length;
  }
}

/** The line below a comment; where more comments or nothing stand there, the first line of code behind them. */
function codeLineBelow(text: string, lines: Lines, offset: number): number {
  const all = text.split(/\r\n|\r|\n/);
  let line = lines.lineOf(offset) + 1;
  while (line <= all.length && /^\s*(\/\/.*|\/\*.*\*\/\s*)?$/.test(all[line - 1] ?? '')) line++;
  return line;
}

const noSuchCode = (word: string, start: number): Problem => ({
  span: { start, end: start + word.length },
  severity: 'hint',
  code: SUPPRESSION,
  message: `There is no problem called ${word}; this comment silences nothing of that name.`,
});

const noCode = (span: Span): Problem => ({
  span,
  severity: 'hint',
  code: SUPPRESSION,
  message: 'This comment silences nothing: name the problem behind it, as in layerscope-ignore-next-line unread-input.',
});
