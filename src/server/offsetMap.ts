import type { Edit } from '../model/edit';
import type { Span } from '../model/span';

/** Carries offsets from an older text to a newer one, through the edits between them, and back. */
export class OffsetMap {
  /** @param edits in the order in which they were made, each in offsets of the text that it changed. */
  constructor(private readonly edits: readonly Edit[]) {}

  /**
   * Where an offset of the older text stands now; undefined where it was inside a stretch that was replaced.
   * `side` decides where an insertion exactly at the offset goes: a 'start' is pushed on by it, an 'end' stays before it.
   */
  forward(offset: number, side: 'start' | 'end'): number | undefined {
    let at = offset;
    for (const { start, end, length } of this.edits) {
      if (at < start || (at === start && (end > start || side === 'end'))) continue;
      if (at < end) return undefined;
      at += length - (end - start);
    }
    return at;
  }

  /** A span of the older text; undefined where an end of it is gone, or nothing is left between its ends. */
  forwardSpan({ start, end }: Span): Span | undefined {
    const [first, last] = [this.forward(start, 'start'), this.forward(end, 'end')];
    return first !== undefined && last !== undefined && (first < last || start === end) ? { start: first, end: last } : undefined;
  }

  /** Where the character at an offset of the newer text stood in the older one; undefined inside text that is new. */
  back(offset: number): number | undefined {
    let at = offset;
    for (const { start, end, length } of this.edits.toReversed()) {
      if (at < start || (at === start && length > 0)) continue;
      if (at < start + length) return undefined;
      at += end - start - length;
    }
    return at;
  }
}
