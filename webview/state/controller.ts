import { batch } from '@preact/signals';
import type { PanelModel, PanelSettings, SelectMessage, ShowMessage, ToPanel } from '../../src/protocol/panel';
import type { Room } from '../draw/sizes';
import type { Places } from '../engine/client';
import type { InputChoice, LayerRan } from '../engine/messages';
import { arrangeModel, nameOf, restoreArranged, type ArrangedModel } from './arranged';
import { EngineKeeper } from './engineKeeper';
import type { Host } from './host';
import { Latest } from './latest';
import { moveSteps } from './places';
import type { Store } from './store';

/** Tiles that are drawn unless a person asks for all. */
export const FIRST_MAPS = 64;
/** Height of what stands over each row of tiles, CSS pixels. */
export const LABEL_HEIGHT = 16;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Turns messages of the host and wishes of the person into work for the engine, and its answers into state. The only writer of the store. */
export class Controller {
  private readonly keeper: EngineKeeper;
  private readonly runs = new Latest((error) => this.fail(error));
  private readonly pictures = new Latest((error) => this.fail(error));
  private room: Room = { width: 400, ratio: window.devicePixelRatio };
  /** True where all weights of what was built have their values. */
  private filled = false;
  /** The drawing of the selected layer that was begun in the run that is under way. */
  private drawing: Promise<void> | undefined;

  constructor(
    private readonly store: Store,
    private readonly host: Host,
    places: Places,
  ) {
    const { phase } = store;
    this.keeper = new EngineKeeper(places, {
      starting: () => (phase.value = { kind: 'starting' }),
      started: (report) => (store.backend.value = report),
      filling: (done, total) => {
        if (phase.value.kind === 'building' || phase.value.kind === 'filling') phase.value = { kind: 'filling', done, total };
      },
      failed: (error) => this.fail(error),
    });
    store.arranged.value = restoreArranged(host.readState());
    host.onMessage((message) => this.receive(message));
    host.send({ type: 'ready' });
  }

  /** A person chose a layer. `focus`: the caret is to go there too. */
  choose(key: string, focus: boolean): void {
    this.select(key);
    const step = this.store.built.value?.steps.find((one) => one.key === key);
    if (step?.site) this.host.send({ type: 'reveal', site: step.site.id, callPath: step.callPath, focus });
  }

  setScale(scale: 'shared' | 'own'): void {
    this.arrange({ ...this.store.arranged.value, scale });
    void this.draw();
  }

  setInput(input: InputChoice): void {
    this.arrangeModel({ input });
    // While weights are still being filled, the run that follows takes this input.
    if (!this.filled) return;
    void this.runs.start(
      (signal) => this.run(signal),
      () => undefined,
    );
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

  /** After a failure: everything from the start. */
  again(): void {
    this.dropEngine();
    this.rebuild();
  }

  private receive(message: ToPanel): void {
    switch (message.type) {
      case 'show':
        return this.show(message);
      case 'select':
        return this.selectSites(message);
      case 'settings':
        return this.setSettings(message.settings);
      case 'stale':
        this.store.stale.value = message.reason;
        return;
      case 'nothing':
        return this.showNothing(message.reason);
    }
  }

  private show({ model, settings }: ShowMessage): void {
    const { store } = this;
    const before = store.model.value;
    const same = before !== undefined && nameOf(before) === nameOf(model);
    const built = same && sameWork(before, model, store.settings.value, settings) && store.failure.value === undefined;
    const restart = store.settings.value !== undefined && store.settings.value.backend !== settings.backend;
    batch(() => {
      store.stale.value = undefined;
      store.nothing.value = undefined;
      store.settings.value = settings;
      if (!same) this.clear();
      store.model.value = model;
      // The same layers at new places in the source: the list follows, nothing is computed again.
      if (built && store.built.value) store.built.value = { ...store.built.value, steps: moveSteps(store.built.value.steps, model.graph) };
    });
    if (restart) this.dropEngine();
    if (!built) this.rebuild();
  }

  private showNothing(reason: string): void {
    this.runs.abort();
    this.pictures.abort();
    batch(() => {
      this.clear();
      this.store.model.value = undefined;
      this.store.stale.value = undefined;
      this.store.nothing.value = reason;
      this.store.phase.value = { kind: 'waiting' };
    });
  }

  private setSettings(settings: PanelSettings): void {
    const before = this.store.settings.value;
    this.store.settings.value = settings;
    if (before?.backend !== settings.backend) this.dropEngine();
    if (this.store.model.value && JSON.stringify(before) !== JSON.stringify(settings)) this.rebuild();
  }

  /** The caret went to these sites: the layer is selected, and nothing is said back. */
  private selectSites({ sites }: SelectMessage): void {
    const steps = this.store.built.value?.steps ?? [];
    for (const site of sites) {
      // The third of a helper's sixteen layers stays selected while the caret is in the helper.
      if (this.store.selectedStep.value?.site?.id === site) return;
      const step = steps.find((one) => one.site?.id === site);
      if (step) return this.select(step.key);
    }
  }

  private select(key: string): void {
    if (this.store.selected.value === key) return;
    batch(() => {
      this.store.everyMap.value = false;
      this.arrangeModel({ selected: key });
    });
    void this.draw();
  }

  private rebuild(): void {
    const { model } = this.store;
    if (model.value)
      void this.runs.start(
        (signal) => this.build(signal),
        () => undefined,
      );
  }

  private async build(signal: AbortSignal): Promise<void> {
    const { store } = this;
    const model = store.model.value;
    const settings = store.settings.value;
    if (!model || !settings) return;
    store.failure.value = undefined;
    this.filled = false;
    const engine = await this.keeper.listening(settings.backend, signal);
    if (signal.aborted) return;
    store.phase.value = { kind: 'building' };
    const { seed, activationBudget } = settings;
    const built = await engine.channel.request('build', { graph: model.graph, seed, activationBudget }, signal);
    if (signal.aborted) return;
    batch(() => {
      const keys = new Set(built.steps.map((step) => step.key));
      store.rows.value = new Map([...store.rows.value].filter(([key]) => keys.has(key)));
      store.built.value = built;
      if (built.refused !== undefined) this.clearRun();
    });
    if (built.refused !== undefined) {
      store.phase.value = { kind: 'ready' };
      return this.tellRan(0, 0, built.refused);
    }
    await engine.channel.request('fill', {}, signal);
    if (signal.aborted) return;
    this.filled = true;
    await this.run(signal);
  }

  private async run(signal: AbortSignal): Promise<void> {
    const { store } = this;
    const engine = await this.keeper.current;
    const total = store.built.value?.steps.length ?? 0;
    if (!engine || signal.aborted) return;
    store.phase.value = { kind: 'running', done: 0, total };
    this.drawing = undefined;
    const input = store.input.value;
    const off = engine.channel.on('layer', (layer) => {
      if (!signal.aborted) this.layerRan(layer, total);
    });
    try {
      const ran = await engine.channel.request('run', { input, ratio: this.room.ratio }, signal);
      if (signal.aborted) return;
      store.ran.value = ran;
      await (this.drawing ?? this.draw());
      if (signal.aborted) return;
      store.phase.value = { kind: 'ready' };
      // Numbers are read only now, when everything is drawn.
      store.numbers.value = await engine.channel.request('numbers', {}, signal);
      this.tellRan(ran.milliseconds, ran.layers, ran.stop);
      await this.readMaps(signal);
    } finally {
      off();
    }
  }

  private layerRan(layer: LayerRan, total: number): void {
    const { rows, phase } = this.store;
    batch(() => {
      rows.value = new Map(rows.value).set(layer.key, layer);
      if (phase.value.kind === 'running') phase.value = { kind: 'running', done: phase.value.done + 1, total };
    });
    // What a person looks at is drawn as soon as it is there, not when a long run ends.
    if (layer.key === this.store.selected.value) this.drawing = this.draw();
  }

  private tellRan(milliseconds: number, layers: number, stop: string | undefined): void {
    const { model, backend } = this.store;
    if (model.value && backend.value)
      this.host.send({
        type: 'ran',
        model: model.value.id,
        backend: backend.value.name,
        milliseconds,
        layers,
        ...(stop === undefined ? {} : { stop }),
      });
  }

  /** Draws the selected layer's tiles, then reads the figures of its maps. */
  private draw(): Promise<void> {
    const { store } = this;
    const key = store.selected.value;
    const row = key === undefined ? undefined : store.rows.value.get(key);
    if (key === undefined || !row?.thumbnail) {
      this.pictures.abort();
      store.picture.value = undefined;
      return Promise.resolve();
    }
    const gray = store.input.value.kind === 'digit' && store.built.value?.steps[0]?.key === key;
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
  private async readMaps(signal: AbortSignal): Promise<void> {
    const { picture, maps } = this.store;
    const shown = picture.value;
    const engine = await this.keeper.current;
    if (!engine || !shown) return;
    try {
      const found = await engine.channel.request('maps', { key: shown.key }, signal);
      if (!signal.aborted && picture.value === shown) maps.value = found;
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  private dropEngine(): void {
    this.runs.abort();
    this.pictures.abort();
    this.keeper.drop();
    this.store.backend.value = undefined;
  }

  private fail(error: unknown): void {
    const text = messageOf(error);
    batch(() => {
      this.store.failure.value = text;
      this.store.phase.value = { kind: 'ready' };
    });
    this.host.send({ type: 'problem', text });
  }

  private clear(): void {
    const { store } = this;
    store.built.value = undefined;
    store.failure.value = undefined;
    store.everyMap.value = false;
    this.clearRun();
  }

  private clearRun(): void {
    const { store } = this;
    store.rows.value = new Map();
    store.ran.value = undefined;
    store.numbers.value = undefined;
    store.picture.value = undefined;
    store.maps.value = [];
  }

  private arrangeModel(change: ArrangedModel): void {
    const { model } = this.store;
    if (model.value) this.arrange(arrangeModel(this.store.arranged.value, nameOf(model.value), change));
  }

  private arrange(arranged: Store['arranged']['value']): void {
    this.store.arranged.value = arranged;
    this.host.writeState(arranged);
  }
}

/** True where nothing that is computed would come out differently. Places in the source may differ. */
const sameWork = (before: PanelModel, after: PanelModel, settings: PanelSettings | undefined, next: PanelSettings): boolean =>
  JSON.stringify(settings) === JSON.stringify(next) && workOf(before) === workOf(after);

const workOf = (model: PanelModel): string =>
  JSON.stringify(model.graph, (key, value: unknown) => (key === 'site' || key === 'callPath' ? undefined : value));
