/**
 * How features write: hovers are Markdown with one block of monospaced lines and prose around it. Everything that comes from a source
 * (names, reasons, error texts) is data: it is cut to a length and can neither end the block nor become markup.
 */

/** The language of a hover's block, for which package.json contributes a grammar. Editors that do not know it show plain text. */
export const HOVER_LANGUAGE = 'layerscope-hover';

const MAX_NAME = 60;
const MAX_PROSE = 600;
const MAX_LINE = 160;

/** Lines of text that VS Code shows of a hover before it has to be scrolled: 250 CSS pixels of 19 each, margins aside. */
const ROWS = 12;
/** What a paragraph takes of them, with the space around it. */
const ROWS_OF_PROSE = 1.5;
const MAX_PROSES = 6;
const LEAST_LINES = 4;

/** How many monospaced lines there is room for beside so many paragraphs. */
export const roomFor = (paragraphs: number): number =>
  Math.max(LEAST_LINES, ROWS - Math.ceil(ROWS_OF_PROSE * Math.min(paragraphs, MAX_PROSES)));

/**
 * A hover's text: monospaced lines first, then prose, each a paragraph; no more of both than an editor shows without scrolling.
 * `prose` is Markdown: what comes from a source must have gone through `escapeMarkdown`.
 */
export function hoverText(lines: readonly string[], prose: readonly string[] = []): string {
  const room = roomFor(prose.length);
  const shown = lines.length > room ? [...lines.slice(0, room - 1), `… and ${lines.length - room + 1} more lines`] : lines;
  const block = shown.map((line) => cut(indentation(line) + oneLine(line), MAX_LINE)).join('\n');
  // A fence longer than any run of backticks inside it cannot be closed by what it holds.
  const longest = Math.max(2, ...Array.from(block.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${HOVER_LANGUAGE}\n${block}\n${fence}`, ...prose.slice(0, MAX_PROSES)].join('\n\n');
}

const indentation = (line: string): string => /^ */.exec(line)?.[0] ?? '';

/** Text as Markdown that shows it as it is: no markup, no links, not even those that Markdown makes of bare addresses. */
export const escapeMarkdown = (text: string): string => cut(oneLine(text), MAX_PROSE).replace(/[\\`*_{}[\]()#+\-.!|<>&~:@=^$]/g, '\\$&');

/** A name from a source, for monospaced lines, labels and tooltips. */
export const shortName = (name: string): string => cut(oneLine(name), MAX_NAME);

/** Line breaks, control characters and what reorders text for the eye (bidirectional marks) become spaces. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();

export const cut = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

/** Lines in columns: each cell padded to its column's width, numbers (cells that begin with a digit) to the right. */
export function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (/^\d/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

/** `size    text`: the label in a column of its own. */
export const labelled = (label: string, text: string): string => label.padEnd(8) + text;
