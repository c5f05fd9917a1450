import { batch } from '@preact/signals';
import type { EngineChannel } from '../engine/client';
import type { LayerRan } from '../engine/contract/run';
import type { Drawing } from './drawing';
import type { EngineKeeper } from './engineKeeper';
import type { Host } from './host';
import { Latest } from './latest';
import type { Store } from './store';

/** Something that is done to a model whose weights all have values, before it runs. */
type Work = (engine: EngineChannel, signal: AbortSignal) => Promise<void>;

/** Builds the shown model and runs it, as often as it changes; of several runs the newest alone counts. */
export class Runs {
  private readonly latest: Latest;
  /** True where all weights of what was built have their values. */
  private filled = false;
  private readonly follows: Work[] = [];
  /** The drawing of the selected layer that was begun in the run that is under way. */
  private drawing: Promise<void> | undefined;

  constructor(
    private readonly store: Store,
    private readonly host: Host,
    private readonly keeper: EngineKeeper,
    private readonly pictures: Drawing,
    fail: (error: unknown) => void,
  ) {
    this.latest = new Latest(fail);
  }

  abort(): void {
    this.latest.abort();
  }

  /** The input, or something else that only running again can show, has changed. */
  runAgain(): void {
    // While weights are still being filled, the run that follows takes the new input.
    if (!this.filled) return;
    void this.latest.start(
      (signal) => this.run(signal),
      () => undefined,
    );
  }

  /** Has something done each time when what was built was filled, before it runs. */
  afterFill(work: Work): void {
    this.follows.push(work);
  }

  /** Changes what was built, and runs it again. Nothing happens while it is being built: what follows that does the work. */
  change(work: Work): void {
    if (!this.filled) return;
    void this.latest.start(
      async (signal) => {
        const engine = await this.keeper.current;
        if (!engine) return;
        this.filled = false;
        await work(engine.channel, signal);
        if (signal.aborted) return;
        this.filled = true;
        await this.run(signal);
      },
      () => undefined,
    );
  }

  rebuild(): void {
    const { model } = this.store;
    if (model.value)
      void this.latest.start(
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
    const built = await engine.channel.request(
      'build',
      { graph: model.graph, seed, activationBudget, batch: store.batch.value, sizes: store.sizes.value },
      signal,
    );
    if (signal.aborted) return;
    batch(() => {
      const keys = new Set(built.steps.map((step) => step.key));
      store.rows.value = new Map([...store.rows.value].filter(([key]) => keys.has(key)));
      store.built.value = built;
      if (built.refused !== undefined) store.clearRun();
    });
    if (built.refused !== undefined) {
      store.phase.value = { kind: 'ready' };
      return this.tellRan(0, 0, built.refused);
    }
    await engine.channel.request('fill', {}, signal);
    if (signal.aborted) return;
    for (const work of this.follows) await work(engine.channel, signal);
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
      const { ratio } = this.pictures.room;
      const job = { input, example: store.example.value, ratio, training: store.training.value };
      const ran = await engine.channel.request('run', job, signal);
      if (signal.aborted) return;
      store.ran.value = ran;
      await (this.drawing ?? this.pictures.draw());
      if (signal.aborted) return;
      store.phase.value = { kind: 'ready' };
      // Numbers are read only now, when everything is drawn.
      store.numbers.value = await engine.channel.request('numbers', {}, signal);
      this.tellRan(ran.milliseconds, ran.layers, ran.stop);
      await this.pictures.readMaps(signal);
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
    if (layer.key === this.store.selected.value) this.drawing = this.pictures.draw();
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
}
