import { ts } from 'ts-morph';
import { isJSDoc } from '../syntax/kinds';
import type { Span } from '../../model/span';

/** A line of a comment that starts with a tag of ours. */
export interface TaggedLine {
  /** `@shape` itself, or the other tag. */
  readonly tag: Span;
  /** What follows it on its line, the comment's end left out. */
  readonly rest: Span;
  readonly comment: Span;
  /** The token that the comment stands before. */
  readonly token: ts.Node;
}

export const TAG = '@shape';
const MAX_LINES = 1_000;

/** The lines of comments that start with the tag. Whether something is a comment is for TypeScript's own scanner to say: strings, templates, regular expressions and JSX texts have none. */
export function taggedLines(file: ts.SourceFile, word: string): readonly TaggedLine[] {
  const { text } = file;
  const found: TaggedLine[] = [];
  for (let at = text.indexOf(word); at >= 0 && found.length < MAX_LINES; at = text.indexOf(word, at + word.length)) {
    const tag = { start: at, end: at + word.length };
    if (/[\w$-]/.test(text[tag.end] ?? '') || !startsItsLine(text, at)) continue;
    const around = commentAround(file, at);
    if (around) found.push({ tag, rest: restOfLine(text, tag.end, around.comment.end), ...around });
  }
  return found;
}

/** Only a comment's opening, or a star, may stand before it on its line. */
function startsItsLine(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /(?:\/\/|\/\*\*?|^\s*\*?)\s*$/.test(line.slice(-200));
}

function restOfLine(text: string, start: number, commentEnd: number): Span {
  const body = text.slice(start, commentEnd).split(/[\r\n]/, 1)[0] ?? '';
  const closing = body.indexOf('*/');
  return { start, end: start + (closing < 0 ? body.length : closing) };
}

/** The comment that holds an offset, and the token it stands before; undefined where the offset is in no comment. */
function commentAround(file: ts.SourceFile, at: number): { readonly comment: Span; readonly token: ts.Node } | undefined {
  const token = tokenWithTrivia(file, at);
  if (!token || at >= token.getStart(file)) return undefined;
  const ranges = [
    ...(ts.getTrailingCommentRanges(file.text, token.pos) ?? []),
    ...(ts.getLeadingCommentRanges(file.text, token.pos) ?? []),
  ];
  const range = ranges.find(({ pos, end }) => pos <= at && at < end);
  return range && { comment: { start: range.pos, end: range.end }, token };
}

/** The token whose text, or what stands between it and the token before, holds an offset. */
function tokenWithTrivia(file: ts.SourceFile, at: number): ts.Node | undefined {
  let node: ts.Node = file;
  for (;;) {
    const children: readonly ts.Node[] = node.getChildren(file).filter((child) => !isJSDoc(child));
    if (children.length === 0) return node;
    const inside = children.find((child) => child.pos <= at && at < child.end);
    if (!inside) return undefined;
    node = inside;
  }
}
