import { pictureAxes } from '../../draw/cells';
import type { Layout } from '../../draw/layout';
import { extent, indicesOf, sizeOf, type AxisSet, type Block, type Region } from '../../engine/pixel/region';

/** A rectangle of cells of one map. */
export interface CellBox {
  readonly row: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
}

/** Boxes that are drawn one by one; of more only the frame around all is drawn. */
export const MOST_BOXES = 400;

/** The cells of one map that lie in a region, as boxes. */
export const boxesOf = (region: Region, layout: Layout, rank: number, map: number): CellBox[] =>
  region.blocks.flatMap((block) => blockBoxes(block, layout, rank, map));

const blockBoxes = (block: Block, layout: Layout, rank: number, map: number): CellBox[] => {
  const axes = pictureAxes(layout, rank);
  if (layout.kind === 'strip') return stripBoxes(longest(block), layout.width);
  const maps = axes.map === undefined ? undefined : block[axes.map];
  if (maps && !maps.some(({ start, end }) => start <= map && map < end)) return [];
  return (block[axes.row ?? -1] ?? []).flatMap((rows) =>
    (block[axes.column ?? -1] ?? []).map((columns) => ({
      row: rows.start,
      column: columns.start,
      rows: rows.end - rows.start,
      columns: columns.end - columns.start,
    })),
  );
};

/** A strip is one axis; the others have one element each. */
const longest = (block: Block): AxisSet =>
  block.reduce((most, set) => ((extent(set)?.end ?? 0) >= (extent(most)?.end ?? 0) ? set : most), []);

/** A strip is folded: a range of it fills the end of a row, whole rows, and the beginning of one. */
const stripBoxes = (set: AxisSet, width: number): CellBox[] =>
  set.flatMap(({ start, end }) => {
    const boxes: CellBox[] = [];
    for (let from = start; from < end;) {
      const column = from % width;
      const rows = column === 0 ? Math.max(1, Math.floor((end - from) / width)) : 1;
      const columns = rows > 1 ? width : Math.min(width - column, end - from);
      boxes.push({ row: Math.floor(from / width), column, rows, columns });
      from += rows > 1 ? rows * width : columns;
    }
    return boxes;
  });

/** The smallest box around some; undefined around none. */
export const frameOf = (boxes: readonly CellBox[]): CellBox | undefined => {
  if (boxes.length === 0) return undefined;
  let [top, left, bottom, right] = [Infinity, Infinity, 0, 0];
  for (const { row, column, rows, columns } of boxes) {
    [top, left] = [Math.min(top, row), Math.min(left, column)];
    [bottom, right] = [Math.max(bottom, row + rows), Math.max(right, column + columns)];
  }
  return { row: top, column: left, rows: bottom - top, columns: right - left };
};

/** Rows and columns that no layer reads; of strips there are none to mark. */
export const unreadIn = (
  unread: readonly AxisSet[],
  layout: Layout,
  rank: number,
): { readonly rows: AxisSet; readonly columns: AxisSet; readonly count: number } => {
  const axes = pictureAxes(layout, rank);
  const [rows, columns] = layout.kind === 'strip' ? [[], []] : [unread[axes.row ?? -1] ?? [], unread[axes.column ?? -1] ?? []];
  return { rows, columns, count: sizeOf(rows) + sizeOf(columns) };
};

export const listOf = (set: AxisSet): string => [...indicesOf(set)].slice(0, 12).join(', ');
