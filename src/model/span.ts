/** Half-open range of a source text, in 0-based UTF-16 offsets. Lines and columns exist only at the edges (CLI, LSP). */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span of a named file. `path` is absolute, with forward slashes. */
export interface SourceSpan extends Span {
  readonly path: string;
}

/** True where `offset` lies in the span or at its end, as an editor's caret does after the last character of a word. */
export const touches = (span: Span, offset: number): boolean => span.start <= offset && offset <= span.end;
