import { signal } from '@preact/signals';
import type { LayerRan, Thumbnail, ThumbnailSheet } from '../engine/contract/run';
import type { EngineKeeper } from './engineKeeper';
import { Latest } from './latest';
import type { Store } from './store';

/** A layer's small picture, and the sheet that it is a part of. */
export interface Cut extends Thumbnail {
  readonly bitmap: ImageBitmap;
}

/**
 * The layers' small pictures, by what they show: a picture is drawn when its row is first seen, and stays what it is for as long as the layer
 * gives the same, whatever is edited elsewhere.
 */
export class Thumbnails {
  private readonly drawn = signal<ReadonlyMap<number, Cut>>(new Map());
  private readonly missing: Latest;
  private inSight: readonly string[] | undefined;

  constructor(
    private readonly store: Store,
    private readonly keeper: EngineKeeper,
    fail: (error: unknown) => void,
  ) {
    this.missing = new Latest(fail);
  }

  /** The keys of the rows that are in sight; undefined where no list has said: all. */
  get visible(): readonly string[] | undefined {
    return this.inSight;
  }

  /** The picture of a layer, where there is one: to be drawn, not to be handed over, for it is drawn again when its row comes back. */
  of(row: LayerRan | undefined): Cut | undefined {
    return row?.content === undefined ? undefined : this.drawn.value.get(row.content);
  }

  /** The list says which rows are in sight, by step key; pictures that are missing there are drawn. */
  see(keys: readonly string[]): void {
    this.inSight = keys;
    if (this.store.phase.peek().kind === 'ready') void this.drawMissing();
  }

  /** Pictures of layers that have run and are in sight. */
  arrived(sheet: ThumbnailSheet): void {
    this.add([sheet]);
  }

  /** To be called when a run has ended: lets go of pictures of what is no more, and draws those in sight that no run has drawn. */
  async settle(): Promise<void> {
    const contents = new Set([...this.store.rows.peek().values()].map((row) => row.content));
    const drawn = this.drawn.peek();
    const left = [...drawn].filter(([content]) => contents.has(content));
    if (left.length < drawn.size) this.replace(new Map(left));
    await this.drawMissing();
  }

  private drawMissing(): Promise<void> {
    const rows = this.store.rows.peek();
    const keys = (this.inSight ?? [...rows.keys()]).filter((key) => {
      const row = rows.get(key);
      return row?.content !== undefined && !this.drawn.peek().has(row.content);
    });
    if (keys.length === 0) return Promise.resolve();
    return this.missing.start(
      async (signal) => {
        const engine = await this.keeper.current;
        return (await engine?.channel.request('thumbnails', { keys, ratio: window.devicePixelRatio }, signal)) ?? [];
      },
      (found) => this.add(found),
    );
  }

  private add(sheets: readonly ThumbnailSheet[]): void {
    if (sheets.length === 0) return;
    const drawn = new Map(this.drawn.peek());
    for (const { bitmap, thumbnails } of sheets) for (const one of thumbnails) drawn.set(one.content, { ...one, bitmap });
    this.replace(drawn);
  }

  /** Sheets of which nothing is left are let go of. */
  private replace(drawn: ReadonlyMap<number, Cut>): void {
    const used = new Set([...drawn.values()].map(({ bitmap }) => bitmap));
    for (const { bitmap } of this.drawn.peek().values()) if (!used.has(bitmap)) bitmap.close();
    this.drawn.value = drawn;
  }
}
