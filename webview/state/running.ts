import { batch } from '@preact/signals';
import type { EngineChannel } from '../engine/client';
import type { LayerRan, Ran } from '../engine/contract/run';
import type { Drawing } from './drawing';
import type { EngineKeeper } from './engineKeeper';
import { nameOf } from './arranged';
import type { Arrangement } from './arrangement';
import type { Host } from './host';
import { Latest } from './latest';
import type { Live } from './live';
import { followEdit } from './places';
import type { Store } from './store';
import type { Thumbnails } from './thumbnails';

/** Who takes part in a run. */
export interface Others {
  readonly host: Host;
  readonly arrangement: Arrangement;
  readonly drawing: Drawing;
  readonly thumbnails: Thumbnails;
  readonly live: Live;
}

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
    private readonly keeper: EngineKeeper,
    private readonly others: Others,
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
    const { batch: size, sizes } = store;
    const job = { graph: model.graph, model: nameOf(model), seed, activationBudget, batch: size.value, sizes: sizes.value };
    const built = await engine.channel.request('build', job, signal);
    if (signal.aborted) return;
    batch(() => {
      store.rows.value = followEdit(store.rows.value, built.steps);
      const moved = built.steps.find((step) => step.was !== undefined && step.was === store.selected.value);
      store.built.value = built;
      // An inserted layer shifts the names and numbers of those behind it: the selection stays on its layer.
      if (moved && moved.key !== store.selected.value) this.others.arrangement.changeModel({ selected: moved.key });
      if (built.refused !== undefined) store.clearRun();
    });
    if (built.refused !== undefined) {
      store.phase.value = { kind: 'ready' };
      return this.tellRan({ milliseconds: 0, steady: 0, layers: 0 }, built.refused);
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
    const offs = [
      engine.channel.on('layer', (layer) => {
        if (!signal.aborted) this.layerRan(layer, total);
      }),
      engine.channel.on('thumbnails', (sheet) => this.others.thumbnails.arrived(sheet)),
    ];
    try {
      const { drawing, thumbnails, live } = this.others;
      const { visible } = thumbnails;
      const { ratio } = drawing.room;
      const job = { input, example: store.example.value, ratio, training: store.training.value, ...(visible && { visible }) };
      const ran = await engine.channel.request('run', job, signal);
      if (signal.aborted) return;
      const told = sinceBefore(ran, store.ran.value);
      store.ran.value = told;
      await (this.drawing ?? drawing.draw());
      if (signal.aborted) return;
      live.drawn();
      store.phase.value = { kind: 'ready' };
      await thumbnails.settle();
      if (signal.aborted) return;
      // Numbers are read only now, when everything is drawn.
      store.numbers.value = await engine.channel.request('numbers', {}, signal);
      this.tellRan(told, ran.stop);
      await drawing.readMaps(signal);
    } finally {
      for (const off of offs) off();
    }
  }

  private layerRan(layer: LayerRan, total: number): void {
    const { rows, phase, selected } = this.store;
    const { drawing, live } = this.others;
    batch(() => {
      rows.value = new Map(rows.value).set(layer.key, layer);
      if (phase.value.kind === 'running') phase.value = { kind: 'running', done: phase.value.done + 1, total };
    });
    // What a person looks at is drawn as soon as it is there, not when a long run ends.
    if (layer.key !== selected.value) return;
    this.drawing = drawing.draw();
    if (!layer.again) void this.drawing.then(() => live.drawn());
  }

  private tellRan({ milliseconds, steady, layers }: Pick<Ran, 'milliseconds' | 'steady' | 'layers'>, stop: string | undefined): void {
    const { model, backend } = this.store;
    if (model.value && backend.value)
      this.others.host.send({
        type: 'ran',
        model: model.value.id,
        backend: backend.value.name,
        milliseconds,
        steady,
        layers,
        ...(stop === undefined ? {} : { stop }),
      });
  }
}

/** Where nothing was computed, another example being shown, what the run before took is still what a run takes. */
const sinceBefore = (ran: Ran, before: Ran | undefined): Ran =>
  ran.computed === 0 && before ? { ...ran, milliseconds: before.milliseconds, steady: before.steady, first: before.first } : ran;
