import { flatOf, placeOf } from './strides';
import { tileUnder, type Atlas, type Band } from './atlas';
import type { Layout } from './layout';

/** A value's place in a layer's pictures. */
export interface Cell {
  readonly map: number;
  readonly row: number;
  readonly column: number;
}

/**
 * The cell under a pixel of one band; undefined between tiles and behind the last value of a folded strip. Where a pixel is the mean of several
 * values it is the first of them.
 * @param x from the band's left edge, device pixels; `y` from its top
 * @param order which map each tile shows; in the order of the maps where it is left out
 */
export const cellUnder = (
  atlas: Omit<Atlas, 'bands'>,
  band: Pick<Band, 'first' | 'count'>,
  layout: Layout,
  x: number,
  y: number,
  order?: readonly number[],
): Cell | undefined => {
  const found = tileUnder(atlas, band, x, y);
  if (!found) return undefined;
  const column = Math.floor(found.x / atlas.zoomX) * atlas.reduce;
  const row = Math.floor(found.y / atlas.zoomY) * atlas.reduce;
  const map = order?.[found.tile] ?? found.tile;
  return row * layout.width + column < layout.values ? { map, row, column } : undefined;
};

/** Index in one example of a tensor, the batch axis left out, of the value at a cell. */
export const elementAt = (layout: Layout, shape: readonly number[], { map, row, column }: Cell): number[] =>
  placeOf(layout.offset + map * layout.mapStride + row * layout.rowStride + column * layout.columnStride, shape.slice(1));

/** The cell of an element: what `elementAt` takes. */
export const cellOf = (layout: Layout, shape: readonly number[], at: readonly number[]): Cell => {
  const axes = pictureAxes(layout, at.length);
  if (axes.row !== undefined) return { map: at[axes.map ?? -1] ?? 0, row: at[axes.row] ?? 0, column: at[axes.column] ?? 0 };
  const index = flatOf(at, shape.slice(1));
  return { map: 0, row: Math.floor(index / layout.width), column: index % layout.width };
};

/** The cell brought back into a layout whose sizes may have become smaller. */
export const cellWithin = (layout: Layout, cell: Cell): Cell => {
  const within = (value: number, size: number): number => Math.min(Math.max(0, value), size - 1);
  const row = within(cell.row, layout.height);
  const last = Math.min(layout.width, layout.values - row * layout.width);
  return { map: within(cell.map, layout.count), row, column: within(cell.column, last) };
};

/** Which axes of one example are a map's rows, its columns, and the maps themselves; undefined where the picture has no such axis; a strip's one axis is the last. */
export const pictureAxes = (
  layout: Layout,
  rank: number,
): { readonly row: number | undefined; readonly column: number; readonly map: number | undefined } => {
  if (layout.kind === 'sequence') return { row: 1, column: 0, map: undefined };
  if (layout.kind === 'strip') return { row: undefined, column: rank - 1, map: undefined };
  const first = layout.columnStride === 1 && layout.mapStride > 1;
  return first ? { row: rank - 2, column: rank - 1, map: 0 } : { row: rank - 3, column: rank - 2, map: rank - 1 };
};
