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
    const next = this.#starts[this.lineOf(offset)] ?? this.text.length;
    const line = this.text.slice(0, next).replace(/[\r\n]+$/, '');
    return Math.max(offset, line.trimEnd().length);
  }
}
