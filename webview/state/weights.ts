import { batch, computed, signal } from '@preact/signals';
import { isAbort } from '../../src/protocol/channel';
import type { OpenedWeights } from '../../src/protocol/panelRequests';
import type { EngineChannel } from '../engine/client';
import type { GivenPart } from '../engine/contract/program';
import type { WeightsReport } from '../engine/contract/weights';
import { arrangedModel, nameOf } from './arranged';
import type { Arrangement } from './arrangement';
import type { Host } from './host';
import type { Runs } from './running';
import type { Store } from './store';

/** What became of the wish to load weights, of one model. */
interface Told {
  readonly model: string;
  readonly report?: WeightsReport | undefined;
  /** Why there is no report, in words for people. */
  readonly problem?: string | undefined;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Weights that a person loads from a file. They outlive edits of the model in the engine, and the panel by being loaded again. */
export class Weights {
  /** The file that is being read; undefined where none is. */
  readonly reading = signal<string | undefined>(undefined);
  private readonly last = signal<Told | undefined>(undefined);
  /** Chosen while the model was being built. */
  private waiting: { readonly model: string; readonly opened: OpenedWeights } | undefined;
  private stopping = new AbortController();

  /** What is to be told of the shown model. */
  readonly told = computed((): Told | undefined => (this.last.value?.model === this.model() ? this.last.value : undefined));

  constructor(
    private readonly store: Store,
    private readonly host: Host,
    private readonly arrangement: Arrangement,
    private readonly runs: Runs,
    /** Builds the model from the beginning, in a new engine. */
    private readonly restart: () => void,
  ) {
    runs.afterFill((engine, stop) => this.settle(engine, stop));
    host.onMessage((message) => {
      if (message.type === 'loadWeights') void this.choose();
    });
  }

  /** Lets the person choose a file, reads it, and runs the model again. */
  async choose(): Promise<void> {
    const model = this.model();
    if (model === undefined || this.reading.value !== undefined) return;
    if (this.store.built.value?.refused !== undefined) {
      this.last.value = { model, problem: 'This model was not built, so it takes no weights.' };
      return;
    }
    try {
      const opened = await this.host.channel.request('chooseWeights', {});
      if (!opened || model !== this.model()) return;
      this.waiting = { model, opened };
      // Where the model is still being built, what is waiting is taken when it was filled.
      this.runs.change((engine, stop) => this.settle(engine, stop));
    } catch (error) {
      if (!isAbort(error)) this.last.value = { model, problem: messageOf(error) };
    }
  }

  /** Stops reading; the weights are as they were. */
  cancel(): void {
    this.stopping.abort();
  }

  /** The notice was read. */
  dismiss(): void {
    this.last.value = undefined;
  }

  /** Goes back to the weights that the model had without the file. */
  async forget(): Promise<void> {
    const model = this.model();
    if (model === undefined) return;
    this.last.value = undefined;
    this.arrangement.changeModel({ weights: undefined });
    await this.host.channel.request('forgetWeights', { model }).catch(() => null);
    this.restart();
  }

  /** Called when all weights have values: loads what was chosen, or was loaded when the panel was here before. */
  private async settle(engine: EngineChannel, stop: AbortSignal): Promise<void> {
    const model = this.model();
    if (model === undefined) return;
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting?.model === model) return this.read(model, waiting.opened, engine, stop);
    const file = arrangedModel(this.store.arranged.value, model).weights;
    if (file === undefined) return;
    const part = await engine.request('givenWeights', {}, stop);
    if (stop.aborted) return;
    if (part.parameters > 0) return this.mark(file, part);
    try {
      const opened = await this.host.channel.request('reopenWeights', { model }, stop);
      if (opened) await this.read(model, opened, engine, stop);
    } catch (error) {
      if (stop.aborted) throw error;
      this.last.value = { model, problem: messageOf(error) };
    }
  }

  private async read(model: string, opened: OpenedWeights, engine: EngineChannel, stop: AbortSignal): Promise<void> {
    this.stopping = new AbortController();
    batch(() => {
      this.reading.value = opened.name;
      this.last.value = undefined;
      this.store.phase.value = { kind: 'filling', done: 0, total: 0 };
    });
    try {
      const report = await engine.request('loadWeights', opened, AbortSignal.any([stop, this.stopping.signal]));
      const part = await engine.request('givenWeights', {}, stop);
      if (!stop.aborted) await this.took(model, opened, report, part);
    } catch (error) {
      if (stop.aborted) throw error;
      const problem = isAbort(error) ? `Reading ${opened.name} was stopped. The weights are as they were.` : messageOf(error);
      this.last.value = { model, problem };
    } finally {
      this.reading.value = undefined;
      void this.host.channel.request('closeWeights', { file: opened.file }).catch(() => null);
    }
  }

  private async took(model: string, { name, file }: OpenedWeights, report: WeightsReport, part: GivenPart): Promise<void> {
    this.last.value = { model, report };
    if (report.parameters === 0) return;
    this.mark(name, part);
    this.arrangement.changeModel({ weights: name });
    await this.host.channel.request('rememberWeights', { model, file }).catch(() => null);
  }

  /** Says at the model where its weights come from. */
  private mark(file: string, part: GivenPart): void {
    const { built } = this.store;
    if (built.value) built.value = { ...built.value, weights: { kind: 'loaded', file, ...part } };
  }

  private model(): string | undefined {
    const { model } = this.store;
    return model.value && nameOf(model.value);
  }
}
