import type { Atlas } from '../../draw/atlas';
import type { Layout } from '../../draw/layout';
import type { Look, Statistics } from '../../draw/painter';
import type { Room } from '../../draw/sizes';

/** Drawing layers of the last run. */
export type PictureRequests = {
  /** Draws the tiles of one layer. */
  readonly picture: { readonly takes: PictureJob; readonly gives: Picture };
  /** Reads the figures of each map of one layer. */
  readonly maps: { readonly takes: { readonly key: string }; readonly gives: readonly Statistics[] };
};

export interface PictureJob {
  readonly key: string;
  readonly room: Room;
  /** Most tiles that are drawn. */
  readonly limit: number;
  /** Height of what is written over each row of tiles, CSS pixels. */
  readonly label: number;
  readonly look: Look;
}

export interface Picture {
  readonly key: string;
  readonly bitmaps: readonly ImageBitmap[];
  readonly atlas: Atlas;
  readonly layout: Layout;
  readonly look: Look;
}
