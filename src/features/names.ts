import type { Span } from '../model/span';

/** The name that stands at an offset. */
export function nameAt(text: string, start: number): Span {
  const name = /^[\p{ID_Start}$_#][\p{ID_Continue}$]*/u.exec(text.slice(start, start + 200));
  return { start, end: start + (name?.[0].length ?? 0) };
}

/** Characters in which the end of a call is looked for. */
const LONGEST_CALL = 5_000;

/** The end of the call whose callee ends at `offset`; `offset` itself where no brackets follow that close again. Quotes are passed over, so are comments. */
export function callEnd(text: string, offset: number): number {
  const tokens = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[^]*?\*\/|[()[\]{}]|[^\s()[\]{}"'`/]+|\S/g;
  const around = text.slice(offset, offset + LONGEST_CALL);
  let depth = 0;
  for (const { 0: token, index } of around.matchAll(tokens)) {
    if (token === '(' || token === '[' || token === '{') depth++;
    else if (token === ')' || token === ']' || token === '}') depth--;
    else if (depth === 0 && !/^[?.!<]/.test(token)) return offset;
    if (depth === 0 && token === ')') return offset + index + 1;
    if (depth < 0) return offset;
  }
  return offset;
}
