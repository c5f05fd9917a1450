import type { Span } from '../../model/span';

/** How far brackets are followed: nothing that a person would look at in one piece is longer. */
const MAX_LENGTH = 20_000;

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * The items between a bracket and its partner, commas outside of further brackets, texts and comments between them. undefined where it has no
 * partner. A slash that begins a regular expression is taken for an operator, which an argument of TensorFlow.js' functions never is.
 */
export function itemsIn(text: string, open: number): { readonly items: readonly Span[]; readonly close: number } | undefined {
  const items: Span[] = [];
  const closers: string[] = [];
  let from = open + 1;
  const take = (end: number): void => {
    const item = trimmed(text, { start: from, end });
    if (item.start < item.end) items.push(item);
    from = end + 1;
  };
  for (let at = open; at < text.length && at < open + MAX_LENGTH; at++) {
    const letter = text[at] ?? '';
    const skipped = skip(text, at);
    if (skipped > at) at = skipped - 1;
    else if (CLOSING[letter]) closers.push(CLOSING[letter]);
    else if (letter === closers.at(-1)) {
      closers.pop();
      if (closers.length === 0) {
        take(at);
        return { items, close: at };
      }
    } else if (letter === ',' && closers.length === 1) take(at);
  }
  return undefined;
}

/** The end of a text or comment that begins at an offset; the offset itself where none does. */
function skip(text: string, at: number): number {
  const two = text.slice(at, at + 2);
  if (two === '//') return endOr(text.indexOf('\n', at), text);
  if (two === '/*') return endOr(text.indexOf('*/', at + 2), text, 2);
  const quote = text[at] ?? '';
  if (!/['"`]/.test(quote)) return at;
  for (let end = at + 1; end < text.length && end < at + MAX_LENGTH; end++) {
    if (text[end] === '\\') end++;
    else if (text[end] === quote) return end + 1;
  }
  return text.length;
}

/** True where an offset is inside a template or a comment of several lines: what is written there is text. */
export function isInText(text: string, offset: number): boolean {
  for (let at = 0; at < offset; at++) {
    const end = skip(text, at);
    if (end <= at) continue;
    const isOfLines = text[at] === '`' || text.startsWith('/*', at);
    if (isOfLines && at < offset && offset < end) return true;
    // A quote that no line closes is none: it stands in a regular expression or in markup.
    const isText = isOfLines || !text.slice(at, end).includes('\n');
    if (isText) at = end - 1;
  }
  return false;
}

const endOr = (found: number, text: string, length = 0): number => (found < 0 ? text.length : found + length);

const trimmed = (text: string, { start, end }: Span): Span => {
  const inner = text.slice(start, end);
  return { start: start + inner.length - inner.trimStart().length, end: start + inner.trimEnd().length };
};
