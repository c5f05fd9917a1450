import { ZOOMS, type Zoom } from '../draw/sizes';
import type { Shown, Sort } from '../engine/contract/picture';
import type { FilterView } from '../engine/filters/kernels';

/** How a person wants to see tiles, whatever the layer; kept with what they arranged. */
export interface TileChoices {
  /** Pixels a value, CSS; what fits where it is not said. */
  readonly zoom?: Zoom;
  /** `auto`: in their own order where all are shown at once, the strongest first where they are many. */
  readonly sort: Sort | 'auto';
  /** `none`: maps without their filters. */
  readonly filters: FilterView | 'none';
}

/** What is shown of the selected layer; forgotten when another is selected. */
export interface LayerChoices {
  readonly shows: Shown;
  /** The input channel whose part of each filter is shown, 0-based. */
  readonly channel: number;
  /** The frame of a 5-D output, 0-based. */
  readonly frame: number;
}

export const USUAL_TILES: TileChoices = { sort: 'auto', filters: 'color' };
export const USUAL_LAYER: LayerChoices = { shows: 'output', channel: 0, frame: 0 };

export const SORTS: readonly TileChoices['sort'][] = ['auto', 'index', 'strength', 'variance', 'dead'];
const FILTERS: readonly TileChoices['filters'][] = ['color', 'norm', 'channel', 'whole', 'none'];

/** Reads what an earlier panel left: what does not fit is as usual. */
export const restoreTiles = (state: unknown): TileChoices => {
  if (typeof state !== 'object' || state === null) return USUAL_TILES;
  const { zoom, sort, filters } = state as Readonly<Record<string, unknown>>;
  const known = ZOOMS.find((one) => one === zoom);
  return {
    ...(known === undefined ? {} : { zoom: known }),
    sort: SORTS.find((one) => one === sort) ?? 'auto',
    filters: FILTERS.find((one) => one === filters) ?? 'color',
  };
};

/** The next zoom in a direction: from `fit` inwards to the least, outwards to fit again. */
export const nextZoom = (zoom: Zoom | undefined, by: 1 | -1): Zoom | undefined => {
  const steps: readonly (Zoom | undefined)[] = [undefined, ...ZOOMS];
  return steps[Math.min(steps.length - 1, Math.max(0, steps.indexOf(zoom) + by))];
};

/** The order that tiles are drawn in. */
export const sortFor = ({ sort }: TileChoices, count: number, drawnAtFirst: number): Sort =>
  sort === 'auto' ? (count > drawnAtFirst ? 'strength' : 'index') : sort;
