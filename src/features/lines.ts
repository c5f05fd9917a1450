/** Finds 1-based lines of offsets in one text; lines end as editors end them: at CR, LF or both. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(private readonly text: string) {
    for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) this.#starts.push(index + end.length);
  }

  /** 1-based. */
  lineOf(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** The offset behind the last character of the line that `offset` is in, blanks at its end aside; its line break is not part of it. */
  endOfLine(offset: number): number {
    const line = this.lineOf(offset);
    const start = this.#starts[line - 1] ?? 0;
    // Nothing but a line break, and blanks before it, can stand at the end.
    return Math.max(offset, start + this.text.slice(start, this.#starts[line] ?? this.text.length).trimEnd().length);
  }
}
