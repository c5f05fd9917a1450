import type { Span } from './span';

export interface HoverAnswer {
  /** What the answer is about, for the editor to mark: offsets into the text that was read. */
  readonly span: Span;
  readonly markdown: string;
  /** The sites and models (ids) whose shapes and counts it tells. */
  readonly about: readonly string[];
}
