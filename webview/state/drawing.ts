import { batch, signal } from '@preact/signals';
import type { Room } from '../draw/sizes';
import type { EngineChannel } from '../engine/client';
import type { MapFigures, MapPlace, MapsJob, Picture, PictureJob, WeightSheet } from '../engine/contract/picture';
import type { StepInfo } from '../engine/contract/program';
import type { Arrangement } from './arrangement';
import { nextBands, withBands } from './bands';
import type { EngineKeeper } from './engineKeeper';
import { Latest } from './latest';
import type { Store } from './store';
import { sortFor, USUAL_LAYER, USUAL_TILES, type LayerChoices, type TileChoices } from './tileChoices';

/** Tiles that are drawn unless a person asks for all. */
export const FIRST_MAPS = 64;
/** Height of what stands over each row of tiles, CSS pixels. */
export const LABEL_HEIGHT = 16;

/** Has the selected layer's tiles drawn, and reads the figures of its maps when nothing is being drawn. */
export class Drawing {
  room: Room = { width: 400, ratio: window.devicePixelRatio };
  /** What the figures of the shown picture's maps are, and which map each tile shows; undefined until they were read. */
  readonly figures = signal<MapFigures | undefined>(undefined);
  /** The layer's weights as pictures of their own, where they do not stand over the tiles. */
  readonly sheets = signal<readonly WeightSheet[]>([]);
  private readonly ofLayer = signal<{ readonly key: string | undefined } & LayerChoices>({ key: undefined, ...USUAL_LAYER });
  private readonly pictures: Latest;
  /** Bands that came into sight are drawn one after the other. */
  private more: Promise<unknown> = Promise.resolve();
  private job: PictureJob | undefined;

  constructor(
    private readonly store: Store,
    private readonly keeper: EngineKeeper,
    private readonly arrangement: Arrangement,
    private readonly fail: (error: unknown) => void,
  ) {
    this.pictures = new Latest(fail);
  }

  get tiles(): TileChoices {
    return this.store.arranged.value.tiles ?? USUAL_TILES;
  }

  get layer(): LayerChoices {
    const { key, ...choices } = this.ofLayer.value;
    return key === this.store.selected.value ? choices : USUAL_LAYER;
  }

  setScale(scale: 'shared' | 'own'): void {
    this.arrangement.change({ scale });
    void this.draw();
  }

  changeTiles(change: Partial<TileChoices>): void {
    const { zoom: _zoom, ...rest } = this.tiles;
    const zoom = 'zoom' in change ? change.zoom : this.tiles.zoom;
    this.arrangement.change({ tiles: { ...rest, ...change, ...(zoom === undefined ? {} : { zoom }) } });
    void this.draw();
  }

  changeLayer(change: Partial<LayerChoices>): void {
    this.ofLayer.value = { ...this.layer, ...change, key: this.store.selected.value };
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
    const step = store.selectedStep.value;
    if (!step || store.rows.value.get(step.key)?.content === undefined) {
      this.pictures.abort();
      batch(() => {
        store.picture.value = undefined;
        this.figures.value = undefined;
        this.sheets.value = [];
      });
      return Promise.resolve();
    }
    const job = this.jobFor(step);
    return this.pictures.start(
      async (signal) => {
        const engine = await this.keeper.current;
        const first = job.limit > FIRST_MAPS ? { bands: [0, 1] } : {};
        const picture = await engine?.channel.request('picture', { ...job, ...first }, signal);
        const sheets = engine && picture ? await this.sheetsOf(engine.channel, step, picture, signal) : [];
        return { picture, sheets, signal };
      },
      ({ picture, sheets, signal }) => {
        this.job = job;
        batch(() => {
          store.picture.value = picture;
          this.sheets.value = sheets;
          this.figures.value = undefined;
          store.maps.value = [];
        });
        if (store.phase.value.kind === 'ready') void this.readMaps(signal);
      },
    );
  }

  /** Reads the figures of the drawn layer's maps; asked for when nothing is being drawn. */
  async readMaps(signal: AbortSignal): Promise<void> {
    const { picture, maps } = this.store;
    const { job } = this;
    const key = picture.value?.key;
    const engine = await this.keeper.current;
    if (!engine || !job || job.key !== key) return;
    try {
      const found = await engine.channel.request('maps', placeJob(job), signal);
      if (signal.aborted || this.job !== job) return;
      batch(() => {
        maps.value = found.maps;
        this.figures.value = found;
      });
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  /** A band that was not drawn came into sight. */
  showBand(band: number): void {
    this.more = this.more.then(async () => {
      const { picture } = this.store;
      const { job } = this;
      const shown = picture.value;
      const engine = await this.keeper.current;
      const bands = shown ? nextBands(shown, band) : [];
      if (!engine || !job || bands.length === 0) return;
      try {
        const more = await engine.channel.request('picture', { ...job, bands });
        // Another picture may have taken its place meanwhile.
        if (this.job === job && picture.value) picture.value = withBands(picture.value, more);
      } catch (error) {
        if (this.job === job) this.fail(error);
      }
    });
  }

  /** One value of the shown picture, read for this question alone; undefined where the picture is gone. */
  async valueAt(at: MapPlace, signal: AbortSignal): Promise<number | undefined> {
    const { job } = this;
    const engine = await this.keeper.current;
    return job && engine?.channel.request('mapValue', { ...placeJob(job), at }, signal);
  }

  private jobFor(step: StepInfo): PictureJob {
    const { store, tiles, layer } = this;
    const gray = isGray(store, step.key);
    const many = store.everyMap.value ? Number.MAX_SAFE_INTEGER : FIRST_MAPS;
    return {
      key: step.key,
      room: this.room,
      limit: many,
      label: LABEL_HEIGHT,
      look: { scale: store.arranged.value.scale, map: gray ? 'gray' : 'auto' },
      shows: layer.shows,
      sort: sortFor(tiles, step.layout?.count ?? 1, FIRST_MAPS),
      example: store.example.value,
      frame: layer.frame,
      ...(tiles.zoom === undefined ? {} : { zoom: tiles.zoom }),
      ...(tiles.filters === 'none' ? {} : { filters: { view: tiles.filters, channel: layer.channel } }),
    };
  }

  /** Weights that do not stand over the tiles: of dense and recurrent layers, and of convolutions without maps. */
  private async sheetsOf(engine: EngineChannel, step: StepInfo, picture: Picture, signal: AbortSignal): Promise<readonly WeightSheet[]> {
    const { tiles, layer, room, store } = this;
    const has = (step.params > 0 || step.shared) && step.className !== 'BatchNormalization';
    if (!has || picture.filters || tiles.filters === 'none' || picture.shows === 'winners') return [];
    const filters = { view: tiles.filters, channel: layer.channel };
    return engine.request('weightSheets', { key: step.key, room, scale: store.arranged.value.scale, filters }, signal);
  }
}

/** True where a layer is an input that is a gray picture by nature. */
export const isGray = ({ built, input }: Store, key: string): boolean => {
  const layer = built.value?.steps.find((step) => step.key === key);
  const index = built.value?.feeds.findIndex((feed) => feed.name === layer?.name && layer.className === 'InputLayer') ?? -1;
  const choice = input.value;
  const fed = choice.kind === 'each' ? choice.feeds[index] : index >= 0 ? choice : undefined;
  return fed?.kind === 'digit' || (fed?.kind === 'values' && fed.gray);
};

/** What a picture is of, without how it is drawn. */
const placeJob = ({ key, shows, sort, example, frame }: PictureJob): MapsJob => ({
  key,
  ...(shows === undefined ? {} : { shows }),
  ...(sort === undefined ? {} : { sort }),
  ...(example === undefined ? {} : { example }),
  ...(frame === undefined ? {} : { frame }),
});
