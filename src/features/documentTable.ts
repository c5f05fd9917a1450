/** A line of a document that is made for reading. Its links are half-open ranges of its characters, each leading to a place in the source. */
export interface DocumentLine {
  readonly text: string;
  readonly links?: readonly DocumentLink[];
  /** Nothing that a reader looks for first: lines of this kind one after another can be folded. */
  readonly isFoldable?: true;
}

export interface DocumentLink {
  readonly start: number;
  readonly end: number;
  /** `Site.id`. */
  readonly site: string;
  /** The place is in the source as it was at another time. */
  readonly isEarlier?: true;
}

export interface Column {
  readonly head: string;
  /** Numbers stand at the right of their column. */
  readonly isNumber?: boolean;
}

/** A cell that is a link where it has a site. */
export interface Cell {
  readonly text: string;
  readonly site?: string | undefined;
  /** See `DocumentLink.isEarlier`. */
  readonly isEarlier?: boolean;
}

const GAP = '  ';

/** Lines above a table's first row. */
export const TABLE_HEAD = 2;

/** A table: its head, a rule, the rows, a rule. A column without any text is left out with its head. */
export function documentTable(columns: readonly Column[], rows: readonly (readonly Cell[])[]): readonly DocumentLine[] {
  const used = columns.flatMap((_, index) => (rows.some((row) => row[index]?.text !== '') || rows.length === 0 ? [index] : []));
  const widths = columns.map(({ head }, index) => Math.max(head.length, ...rows.map((row) => row[index]?.text.length ?? 0)));
  const draw = (row: readonly Cell[]): DocumentLine => drawRow(used, columns, widths, row);
  const width = used.reduce((sum, index) => sum + (widths[index] ?? 0), 0) + GAP.length * (used.length - 1);
  const rule = { text: '─'.repeat(width) };
  return [draw(columns.map(({ head }) => ({ text: head }))), rule, ...rows.map(draw), rule];
}

function drawRow(used: readonly number[], columns: readonly Column[], widths: readonly number[], row: readonly Cell[]): DocumentLine {
  let text = '';
  const links: DocumentLink[] = [];
  for (const index of used) {
    const { text: cell, site, isEarlier }: Cell = row[index] ?? { text: '' };
    const padding = ' '.repeat((widths[index] ?? 0) - cell.length);
    if (text !== '') text += GAP;
    const start = text.length + (columns[index]?.isNumber ? padding.length : 0);
    text += columns[index]?.isNumber ? padding + cell : cell + padding;
    if (site !== undefined && cell !== '') links.push({ start, end: start + cell.length, site, ...(isEarlier && { isEarlier }) });
  }
  return { text: text.trimEnd(), ...(links.length > 0 && { links }) };
}
