import type { ThumbnailSheet } from '../contract/run';
import type { LayerPainter, Seen } from './layerPainter';

/** A person who waits for a slow net sees a picture this soon after it could be drawn, milliseconds. */
const PATIENCE = 100;
/** Most layers on one sheet. */
const MOST = 64;

/** Small pictures of a run's layers that wait to be drawn together: each picture that leaves a GPU takes time, however little is on it. */
export class PendingThumbnails {
  private readonly waiting: Seen[] = [];
  private drawn = performance.now();

  constructor(
    private readonly pictures: LayerPainter,
    private readonly ratio: number,
    private readonly tell: (sheet: ThumbnailSheet) => void,
  ) {}

  /** @param stays false where the layer's output is freed as soon as this returns */
  add(seen: Seen, stays: boolean): void {
    this.waiting.push(seen);
    if (!stays || this.waiting.length >= MOST || performance.now() - this.drawn >= PATIENCE) this.flush();
  }

  /** Draws what waits; to be called when a run has ended, too. */
  flush(): void {
    const sheet = this.pictures.thumbnails(this.waiting.splice(0), this.ratio);
    this.drawn = performance.now();
    if (sheet) this.tell(sheet);
  }
}
