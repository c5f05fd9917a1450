import * as tf from '@tensorflow/tfjs-core';
import type { Atlas } from '../../draw/atlas';
import type { Layout } from '../../draw/layout';
import { PASSING, type Look, type Painter, type Subject } from '../../draw/painter';
import type { FilterPictures } from '../contract/picture';
import { choiceFor, filterLayout, viewsOf, type FilterChoice, type Kernel } from './kernels';
import type { Filters } from './weights';

/** A filter's side that is aimed at, and the width of its bias' cell, CSS pixels. */
const SIDE = 44;
const CELL = 8;
const GAP = 2;
const MOST_ZOOM = 8;

/** How large filters over tiles are, in device pixels. */
export interface FilterSizes {
  readonly choice: FilterChoice;
  readonly layout: Layout;
  readonly zoom: number;
  readonly reduce: number;
  readonly width: number;
  readonly height: number;
  /** From a filter's left edge to that of its bias' cell. */
  readonly cellLeft: number;
  readonly cellWidth: number;
  /** Room that filter and bias need over each row of tiles, and side by side. */
  readonly header: number;
  readonly minWidth: number;
}

export const filterSizes = (kernel: Kernel, wanted: FilterChoice, hasBias: boolean, ratio: number): FilterSizes => {
  const choice = choiceFor(kernel, wanted);
  const layout = filterLayout(kernel, choice);
  const side = Math.max(layout.width, layout.height);
  const room = Math.round(SIDE * ratio);
  const reduce = Math.max(1, Math.ceil(side / room));
  const zoom = reduce > 1 ? 1 : Math.max(1, Math.min(Math.round(MOST_ZOOM * ratio), Math.floor(room / side)));
  const width = Math.ceil(layout.width / reduce) * zoom;
  const height = Math.ceil(layout.height / reduce) * zoom;
  const gap = Math.max(1, Math.round(GAP * ratio));
  const cellWidth = hasBias ? Math.max(2, Math.round(CELL * ratio)) : 0;
  const cellLeft = width + gap;
  return {
    choice,
    layout,
    zoom,
    reduce,
    width,
    height,
    cellLeft,
    cellWidth,
    header: height + gap,
    minWidth: hasBias ? cellLeft + cellWidth : width,
  };
};

/** Draws each filter and its bias at its tile's place in `over`, in the same order. */
export const paintFilters = (
  painter: Painter,
  filters: Filters,
  sizes: FilterSizes,
  over: Atlas,
  order: Subject['order'],
  scale: Look['scale'],
): FilterPictures => {
  const { choice, layout, zoom, reduce, width, height } = sizes;
  const look = { scale, map: 'auto' } as const;
  const ordered = order ? { order } : {};
  const atlas = atPlacesOf(over, { zoomX: zoom, zoomY: zoom, reduce, tileWidth: width, tileHeight: height });
  const bitmaps = withKernel(filters, choice, (tensor) =>
    passing(painter, { tensor, layout, slot: PASSING.filters, ...ordered }, (subject) => painter.paint(subject, atlas, look)),
  );
  const { kernel } = filters;
  return {
    choice,
    views: viewsOf(kernel),
    inputs: kernel.inputs,
    atlas,
    layout,
    bitmaps,
    bias: paintBias(painter, filters, sizes, over, ordered),
  };
};

/** Biases share one scale, whatever the filters do: a scale of its own would make each the same colour. */
const paintBias = (
  painter: Painter,
  { bias, kernel }: Filters,
  { cellWidth, height }: FilterSizes,
  over: Atlas,
  ordered: Pick<Subject, 'order'>,
): FilterPictures['bias'] => {
  if (!bias) return undefined;
  const layout: Layout = { ...CELL_LAYOUT, count: kernel.count };
  const atlas = atPlacesOf(over, { zoomX: cellWidth, zoomY: height, reduce: 1, tileWidth: cellWidth, tileHeight: height });
  const subject = { tensor: bias.read(), layout, slot: PASSING.bias, ...ordered };
  const look = { scale: 'shared', map: 'auto' } as const;
  return { layout, atlas, bitmaps: passing(painter, subject, (one) => painter.paint(one, atlas, look)) };
};

/** One value a tile. */
const CELL_LAYOUT: Omit<Layout, 'count'> = {
  kind: 'maps',
  width: 1,
  height: 1,
  offset: 0,
  mapStride: 1,
  rowStride: 1,
  columnStride: 1,
  values: 1,
  frames: 1,
};

const atPlacesOf = (over: Atlas, tile: Pick<Atlas, 'zoomX' | 'zoomY' | 'reduce' | 'tileWidth' | 'tileHeight'>): Atlas => ({
  ...over,
  ...tile,
  bands: over.bands.map((band) => ({
    ...band,
    width: Math.max(band.width, tile.tileWidth),
    height: (Math.ceil(band.count / over.columns) - 1) * over.pitchY + tile.tileHeight,
  })),
});

/** The kernel's values, or the norms that are drawn in their place. */
export const withKernel = <T>({ kernel, weight }: Filters, { view }: FilterChoice, use: (tensor: tf.Tensor) => T): T => {
  if (view !== 'norm') return use(weight.read());
  const norms = tf.tidy(() => tf.sqrt(tf.sum(tf.square(weight.read()), [...kernel.normAxes])));
  try {
    return use(norms);
  } finally {
    norms.dispose();
  }
};

/** A subject whose figures are forgotten at once. */
export const passing = <T>(painter: Painter, subject: Subject, use: (subject: Subject) => T): T => {
  try {
    return use(subject);
  } finally {
    painter.forget(subject.slot);
  }
};
