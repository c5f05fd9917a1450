import { batch } from '@preact/signals';
import type { Room } from '../draw/sizes';
import type { Arrangement } from './arrangement';
import type { EngineKeeper } from './engineKeeper';
import { Latest } from './latest';
import type { Store } from './store';

/** Tiles that are drawn unless a person asks for all. */
export const FIRST_MAPS = 64;
/** Height of what stands over each row of tiles, CSS pixels. */
export const LABEL_HEIGHT = 16;

/** Has the selected layer's tiles drawn, and reads the figures of its maps when nothing is being drawn. */
export class Drawing {
  room: Room = { width: 400, ratio: window.devicePixelRatio };
  private readonly pictures: Latest;

  constructor(
    private readonly store: Store,
    private readonly keeper: EngineKeeper,
    private readonly arrangement: Arrangement,
    private readonly fail: (error: unknown) => void,
  ) {
    this.pictures = new Latest(fail);
  }

  setScale(scale: 'shared' | 'own'): void {
    this.arrangement.change({ scale });
    void this.draw();
  }

  showEveryMap(): void {
    this.store.everyMap.value = true;
    void this.draw();
  }

  /** The room for tiles has changed. */
  setRoom(room: Room): void {
    const same = room.width === this.room.width && room.ratio === this.room.ratio;
    this.room = room;
    if (!same && this.store.picture.value) void this.draw();
  }

  abort(): void {
    this.pictures.abort();
  }

  /** Draws the selected layer's tiles, then reads the figures of its maps. */
  draw(): Promise<void> {
    const { store } = this;
    const key = store.selected.value;
    const row = key === undefined ? undefined : store.rows.value.get(key);
    if (key === undefined || !row?.thumbnail) {
      this.pictures.abort();
      store.picture.value = undefined;
      return Promise.resolve();
    }
    const gray = isGray(store, key);
    const look = { scale: store.arranged.value.scale, map: gray ? 'gray' : 'auto' } as const;
    const limit = store.everyMap.value ? Number.MAX_SAFE_INTEGER : FIRST_MAPS;
    return this.pictures.start(
      async (signal) => {
        const engine = await this.keeper.current;
        const picture = await engine?.channel.request('picture', { key, room: this.room, limit, label: LABEL_HEIGHT, look }, signal);
        return { picture, signal };
      },
      ({ picture, signal }) => {
        batch(() => {
          store.picture.value = picture;
          store.maps.value = [];
        });
        if (store.phase.value.kind === 'ready') void this.readMaps(signal);
      },
    );
  }

  /** Reads the figures of the drawn layer's maps; asked for when nothing is being drawn. */
  async readMaps(signal: AbortSignal): Promise<void> {
    const { picture, maps } = this.store;
    const shown = picture.value;
    const engine = await this.keeper.current;
    if (!engine || !shown) return;
    try {
      const found = await engine.channel.request('maps', { key: shown.key }, signal);
      if (!signal.aborted && picture.value === shown) maps.value = found.maps;
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }
}

/** True where a layer is an input that is a gray picture by nature. */
const isGray = ({ built, input }: Store, key: string): boolean => {
  const layer = built.value?.steps.find((step) => step.key === key);
  const index = built.value?.feeds.findIndex((feed) => feed.name === layer?.name && layer.className === 'InputLayer') ?? -1;
  const choice = input.value;
  const fed = choice.kind === 'each' ? choice.feeds[index] : index >= 0 ? choice : undefined;
  return fed?.kind === 'digit' || (fed?.kind === 'values' && fed.gray);
};
