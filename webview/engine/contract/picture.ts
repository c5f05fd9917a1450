import type { Atlas } from '../../draw/atlas';
import type { Layout } from '../../draw/layout';
import type { Look, Statistics } from '../../draw/painter';
import type { Room, Zoom } from '../../draw/sizes';
import type { FilterChoice, FilterView } from '../filters/kernels';

/** Drawing layers of the last run. */
export type PictureRequests = {
  /** Draws the tiles of one layer. Nothing is read back for it, whatever the order of the tiles. */
  readonly picture: { readonly takes: PictureJob; readonly gives: Picture };
  /** Reads the figures of each map of what `picture` draws, and the order of its tiles. */
  readonly maps: { readonly takes: MapsJob; readonly gives: MapFigures };
  /** Reads one value of what `picture` draws. */
  readonly mapValue: { readonly takes: MapsJob & { readonly at: MapPlace }; readonly gives: number };
  /** Draws the weights of one layer, each as one picture. */
  readonly weightSheets: { readonly takes: WeightSheetsJob; readonly gives: readonly WeightSheet[] };
};

/**
 * What the tiles of a layer hold. `output`: what the layer gives. `before`: the same before its fused activation.
 * `winners`: what a max pooling takes, its winners outlined; where several values of a window are equally large, the first is the winner.
 */
export type Shown = 'output' | 'before' | 'winners';

/** `index`: as the tensor has them. `strength`: the largest mean |value| first. `variance`: the largest first. `dead`: the largest share of zeros first. */
export type Sort = 'index' | 'strength' | 'variance' | 'dead';

export interface MapsJob {
  readonly key: string;
  /** `output` where it is not said. */
  readonly shows?: Shown;
  /** `index` where it is not said. Maps whose figure is not a number come first. */
  readonly sort?: Sort;
  /** 0-based; the one that the last run was told to show where it is not said. */
  readonly example?: number;
  /** 0-based; the first of a 5-D output where it is not said. */
  readonly frame?: number;
}

export interface PictureJob extends MapsJob {
  readonly room: Room;
  /** Most tiles that are drawn. */
  readonly limit: number;
  /** Height of what is written over each row of tiles, CSS pixels. */
  readonly label: number;
  readonly look: Look;
  /** Pixels a value, CSS; what fits where it is not said. */
  readonly zoom?: Zoom;
  /** How each tile's filter is drawn over it; not at all where it is not said, or the layer has none. */
  readonly filters?: FilterChoice;
  /** Bands that are drawn, by index; all where it is not said. */
  readonly bands?: readonly number[];
}

export interface Picture {
  readonly key: string;
  /** One a drawn band. */
  readonly bitmaps: readonly ImageBitmap[];
  /** Index of each bitmap's band. */
  readonly drawn: readonly number[];
  readonly atlas: Atlas;
  readonly layout: Layout;
  readonly look: Look;
  readonly shows: Shown;
  readonly sort: Sort;
  readonly filters: FilterPictures | undefined;
}

/** Filters and biases over the tiles that they made: their tiles stand at the places of `atlas`, with the columns and pitch of the maps. */
export interface FilterPictures {
  readonly choice: FilterChoice;
  /** The ways in which these filters can be drawn. */
  readonly views: readonly FilterView[];
  /** Input channels that one filter reads. */
  readonly inputs: number;
  readonly atlas: Atlas;
  readonly layout: Layout;
  /** One a drawn band. */
  readonly bitmaps: readonly ImageBitmap[];
  readonly bias: { readonly atlas: Atlas; readonly layout: Layout; readonly bitmaps: readonly ImageBitmap[] } | undefined;
}

export interface MapFigures {
  /** By map. */
  readonly maps: readonly Statistics[];
  /** Over all maps. */
  readonly layer: Statistics | undefined;
  /** Which map each tile shows; undefined where they stand in their own order. */
  readonly order: readonly number[] | undefined;
  /** By map; undefined where the layer has no bias for each. */
  readonly biases: readonly number[] | undefined;
}

/** A value's place: `map` is the channel's own index, whatever the order of the tiles; rows and columns of what is drawn, 0-based. */
export interface MapPlace {
  readonly map: number;
  readonly row: number;
  readonly column: number;
}

export interface WeightSheetsJob {
  readonly key: string;
  readonly room: Room;
  readonly scale: Look['scale'];
  /** How convolution filters are drawn. */
  readonly filters: FilterChoice;
}

export interface WeightSheet {
  /** `kernel`, `recurrent_kernel`, `bias`. */
  readonly name: string;
  /** In TensorFlow.js' own axis order. */
  readonly shape: readonly number[];
  /** What is to the right and what is down: "32 inputs to the right, 84 units down". */
  readonly axes: string;
  readonly atlas: Atlas;
  readonly layout: Layout;
  readonly look: Look;
  readonly bitmaps: readonly ImageBitmap[];
}
