/** One change of a text, as an editor sends it. Offsets of the text before. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export const applyEdit = (source: string, { start, end, text }: TextEdit): string => source.slice(0, start) + text + source.slice(end);

/** Kinds of keystrokes, each at the place nearest to the middle of a source where it can be made; `round` makes one differ from the one before. */
export const KEYSTROKES: { readonly [name: string]: (source: string, round: number) => TextEdit } = {
  /** Another digit in a layer's option. */
  option: (source, round) => {
    const { index, length } = nearestMiddle(source, /(?<=layers\.dense\(\{ (?:\.\.\.first, )?units: )\d+/g);
    return { start: index, end: index + length, text: String(10 + (round % 80)) };
  },
  /** Another letter in a text that has nothing to do with layers. */
  unrelated: (source, round) => {
    const { index, length } = nearestMiddle(source, UNRELATED);
    return { start: index, end: index + length, text: String.fromCharCode(97 + (round % 26)) };
  },
  /** A new line between two statements. */
  newline: (source) => {
    const { index } = nearestMiddle(source, /(?<=;\n)(?= +\w)/g);
    return { start: index, end: index, text: '\n' };
  },
};

/** Ends of words in the texts of ordinary sections. */
const UNRELATED = /(?<=`failed)[a-z]*(?=:)|(?<= min)[a-z]*(?= \$)|(?<='Done)[a-z]*|(?<=<label>Epochs)[a-z]*|(?<=\} for)[a-z]*(?= \$)/g;

function nearestMiddle(source: string, pattern: RegExp): { readonly index: number; readonly length: number } {
  const middle = source.length / 2;
  let best: { index: number; length: number } | undefined;
  for (const match of source.matchAll(pattern)) {
    if (!best || Math.abs(match.index - middle) < Math.abs(best.index - middle)) best = { index: match.index, length: match[0].length };
  }
  if (!best) throw new Error(`nothing in the source matches ${String(pattern)}`);
  return best;
}
