import { cellUnder } from '../../draw/cells';
import type { MapPlace, Picture } from '../../engine/contract/picture';

/**
 * The value under a place on a band of tiles.
 * @param order which map each tile shows; undefined where they stand in their own order
 * @param band index of the canvas' band in the picture's atlas
 * @param x device pixels from the canvas' left edge
 * @param y device pixels from the canvas' upper edge
 * @returns the channel's own index, row and column (0-based); undefined between tiles. Where a pixel stands for many values, the first of them.
 */
export const placeUnder = (
  { atlas, layout }: Pick<Picture, 'atlas' | 'layout'>,
  order: readonly number[] | undefined,
  band: number,
  x: number,
  y: number,
): MapPlace | undefined => {
  const bandOf = atlas.bands[band];
  return bandOf && cellUnder(atlas, bandOf, layout, x, y, order);
};

/** The same for the mouse over a canvas of tiles. */
export const placeUnderMouse = (
  picture: Pick<Picture, 'atlas' | 'layout'>,
  order: readonly number[] | undefined,
  band: number,
  event: Pick<MouseEvent, 'clientX' | 'clientY'>,
  canvas: HTMLCanvasElement,
): MapPlace | undefined => {
  const { left, top } = canvas.getBoundingClientRect();
  const ratio = window.devicePixelRatio;
  return placeUnder(picture, order, band, Math.floor((event.clientX - left) * ratio), Math.floor((event.clientY - top) * ratio));
};

/** Where the tile of a place stands, for what is drawn over it: its left upper corner and the size of one value, device pixels of its band. */
export const cornerOf = (
  { atlas }: Pick<Picture, 'atlas'>,
  order: readonly number[] | undefined,
  { map, row, column }: MapPlace,
): { readonly band: number; readonly x: number; readonly y: number; readonly width: number; readonly height: number } | undefined => {
  const tile = order ? order.indexOf(map) : map;
  const band = atlas.bands.findIndex(({ first, count }) => tile >= first && tile < first + count);
  const found = atlas.bands[band];
  if (!found) return undefined;
  const index = tile - found.first;
  return {
    band,
    x: (index % atlas.columns) * atlas.pitchX + Math.floor(column / atlas.reduce) * atlas.zoomX,
    y: Math.floor(index / atlas.columns) * atlas.pitchY + Math.floor(row / atlas.reduce) * atlas.zoomY,
    width: atlas.zoomX,
    height: atlas.zoomY,
  };
};
