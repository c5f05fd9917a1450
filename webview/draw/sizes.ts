import { fit, layOut, type Atlas } from './atlas';
import { refolded, type Layout } from './layout';

/** Room for pictures, in CSS pixels, and how many device pixels one of those has. */
export interface Room {
  readonly width: number;
  readonly ratio: number;
}

/** A tile's side that is aimed at, CSS pixels; up to four pixels a value. */
const TILE = 128;
const ZOOM = 4;
/** Tiny maps (global pooling leaves 1×1) are at least this large, CSS pixels. */
const TINY = 16;

/** Pixels a value that a person can ask for, CSS. */
export type Zoom = 1 | 2 | 4 | 8;
export const ZOOMS: readonly Zoom[] = [1, 2, 4, 8];

/** Once this many tiles are drawn, bands are no higher than this, CSS pixels, so that those out of sight need not be drawn. */
const MANY = 64;
const BAND = 1024;

/** What changes how large tiles are and how much room they have. */
export interface TileOptions {
  /** What fits, where it is not said; tiles that are asked for may be wider than the room. */
  readonly zoom?: Zoom | undefined;
  /** Fewest pixels a value, CSS, where there is room. */
  readonly leastZoom?: number;
  /** Room over each row beside the label, and the narrowest a tile's room may be; device pixels. */
  readonly header?: number;
  readonly minWidth?: number;
}

const THUMBNAIL = { height: 32, width: 96, gap: 2 };

/** Tiles of the selected layer; `label` is the height of what is written over each row, in CSS pixels. */
export const tilesAtlas = (
  layout: Layout,
  room: Room,
  limit: number,
  label: number,
  maxSide: number,
  { zoom, leastZoom, header = 0, minWidth = 0 }: TileOptions = {},
): Atlas => {
  const available = Math.max(16, Math.floor(room.width * room.ratio));
  const gap = Math.max(1, Math.round(8 * room.ratio));
  return layOut({
    width: layout.width,
    height: layout.height,
    count: layout.count,
    limit,
    ...(zoom === undefined ? magnification(layout, room, available, leastZoom ?? 1) : asked(layout, room, zoom, maxSide)),
    gapX: gap,
    gapY: gap + Math.round(label * room.ratio) + header,
    available,
    maxSide,
    minWidth,
    ...(Math.min(limit, layout.count) > MANY ? { bandHeight: Math.round(BAND * room.ratio) } : {}),
  });
};

/** As many pixels a value as were asked for; means of blocks only where a tile would be larger than a canvas can be. */
const asked = (layout: Layout, room: Room, zoom: number, maxSide: number): { zoomX: number; zoomY: number; reduce: number } => {
  const side = Math.max(layout.width, layout.height);
  const shown = Math.max(1, Math.min(Math.round(zoom * room.ratio), Math.floor(maxSide / side)));
  return { zoomX: shown, zoomY: shown, reduce: Math.max(1, Math.ceil(side / maxSide)) };
};

const magnification = (layout: Layout, room: Room, available: number, least: number): { zoomX: number; zoomY: number; reduce: number } => {
  const { width, height } = layout;
  if (width > available) return { zoomX: 1, zoomY: 1, reduce: Math.ceil(width / available) };
  if (layout.kind === 'matrix') return matrixZoom(layout, room, available);
  if (layout.kind === 'maps') {
    const side = Math.max(width, height);
    const zoom = side * ZOOM <= TINY ? Math.floor(TINY / side) : Math.min(ZOOM, Math.max(least, Math.floor(TILE / side)));
    const shown = Math.max(1, Math.min(Math.round(zoom * room.ratio), Math.floor(available / width)));
    return { zoomX: shown, zoomY: shown, reduce: 1 };
  }
  const most = Math.max(1, Math.round((layout.kind === 'strip' && height === 1 ? 24 : largest(layout)) * room.ratio));
  const zoomX = Math.max(1, Math.min(most, Math.floor(available / width)));
  const zoomY =
    layout.kind === 'strip' && height === 1
      ? Math.round(40 * room.ratio)
      : Math.max(1, Math.min(zoomX, Math.floor((480 * room.ratio) / height)));
  return { zoomX, zoomY, reduce: 1 };
};

/** Pixels a value, CSS, where there is room: a few values are seen as well as many. */
const largest = ({ width, height }: Pick<Layout, 'width' | 'height'>): number =>
  Math.max(8, Math.min(24, Math.floor(TILE / Math.max(1, Math.min(width, height)))));

/** A matrix is drawn whole, about as high as a few rows of tiles. */
const matrixZoom = ({ width, height }: Layout, room: Room, available: number): { zoomX: number; zoomY: number; reduce: number } => {
  const high = Math.round(480 * room.ratio);
  if (height > high) return { zoomX: 1, zoomY: 1, reduce: Math.ceil(height / high) };
  const most = Math.round(largest({ width, height }) * room.ratio);
  const zoom = Math.max(1, Math.min(most, Math.floor(available / width), Math.floor(high / height)));
  return { zoomX: zoom, zoomY: zoom, reduce: 1 };
};

/** Sheets of thumbnails are about as wide as so many of them. */
const SHEET_COLUMNS = 8;

/** Where thumbnails stand on a sheet: in rows, each in a cell as large as a thumbnail can be, so that most sheets are of one size. */
export const sheetOf = (
  sizes: readonly { readonly width: number; readonly height: number }[],
  ratio: number,
): { readonly width: number; readonly height: number; readonly places: readonly { readonly x: number; readonly y: number }[] } => {
  const wide = Math.max(Math.round(THUMBNAIL.width * ratio), ...sizes.map(({ width }) => width));
  const high = Math.max(Math.round(THUMBNAIL.height * ratio), ...sizes.map(({ height }) => height));
  const places = sizes.map((_, nth) => ({ x: (nth % SHEET_COLUMNS) * wide, y: Math.floor(nth / SHEET_COLUMNS) * high }));
  return { width: SHEET_COLUMNS * wide, height: Math.max(1, Math.ceil(sizes.length / SHEET_COLUMNS)) * high, places };
};

/** A layer's first maps, small, for the list; vectors are folded to the room that there is. */
export const thumbnail = (whole: Layout, ratio: number, maxSide: number): { readonly layout: Layout; readonly atlas: Atlas } => {
  const high = Math.round(THUMBNAIL.height * ratio);
  const wide = Math.round(THUMBNAIL.width * ratio);
  const gap = Math.max(1, Math.round(THUMBNAIL.gap * ratio));
  const layout = refolded(whole, wide);
  const { width, height, count } = layout;
  const spec = { width, height, count, gapX: gap, gapY: gap, available: wide, maxSide };
  if (layout.kind === 'maps') {
    const { zoom, reduce } = fit(Math.max(width, height), high);
    const tile = Math.ceil(width / reduce) * zoom;
    const limit = Math.max(1, Math.floor((wide + gap) / (tile + gap)));
    return { layout, atlas: layOut({ ...spec, zoomX: zoom, zoomY: zoom, reduce, limit }) };
  }
  const reduce = Math.max(1, Math.ceil(width / wide), Math.ceil(height / high));
  const zoomX = reduce > 1 ? 1 : Math.max(1, Math.floor(wide / width));
  // The cells of a short strip are higher than wide, so that it can be seen.
  const highest = layout.kind === 'strip' ? Math.round(Math.max(10, 16 / height) * ratio) : zoomX;
  const zoomY =
    reduce > 1 ? 1 : Math.max(1, Math.min(highest, Math.floor((layout.kind === 'strip' ? Math.round(20 * ratio) : high) / height)));
  return { layout, atlas: layOut({ ...spec, zoomX, zoomY, reduce, limit: 1 }) };
};
