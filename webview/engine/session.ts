import type * as tf from '@tensorflow/tfjs-core';
import { Transferred } from '../../src/protocol/channel';
import { layoutOf, type Layout } from '../draw/layout';
import type { Look, Statistics } from '../draw/painter';
import type { Device, ReadFile } from './backend/types';
import { refuseTooLarge } from './build/memory';
import type { Program, Step, ValueId } from './build/program';
import { reasonOf } from './build/stop';
import type { InputChoice } from './contract/input';
import type { BuildJob, Built, WeightsInfo } from './contract/program';
import type { LayerRan, Numbers, Ran, RunJob, ThumbnailSheet, ThumbnailsJob } from './contract/run';
import { describeFeeds, describeSteps, layoutOfStep } from './describe';
import { Computation, type Feeding } from './run/computation';
import { shownOf, type Content, type Shown } from './run/content';
import type { StepOutcome } from './run/execute';
import { fallbackOf } from './run/fallback';
import { feedTensors, inputName, isGrayInput, takesDigit } from './run/feeds';
import { FigureSlots } from './run/figureSlots';
import { LayerPainter, type Drawn, type Seen } from './run/layerPainter';
import { PendingThumbnails } from './run/pendingThumbnails';
import { RunTimes } from './run/runTimes';
import { orStop } from './run/turns';
import type { RunView, StepValues } from './runView';
import { fillSlots } from './weights/fill';
import { givenPart } from './weights/given';
import { shippedWeights, type Shipped } from './weights/shipped';

/** The largest output that is read as a list of class scores. */
const MOST_SCORES = 1000;

/** Tells the page what happens. */
export interface Teller {
  filling(bytes: number, of: number): void;
  layer(outcome: LayerRan): void;
  thumbnails(sheet: ThumbnailSheet): void;
}

/** What an edited model goes on with. */
export interface Remains {
  readonly computation: Computation;
  readonly slots: FigureSlots;
  readonly weights: WeightsInfo;
  readonly classNames: readonly string[];
  /** True where all weights are shipped ones. */
  readonly whole: boolean;
}

/** One model, from its graph to its last run. Everything it allocates is freed by `close`, or handed to the same model after an edit. */
export class Session implements RunView {
  private readonly computation: Computation;
  private readonly slots: FigureSlots;
  private readonly pictures: LayerPainter;
  private layouts: ReadonlyMap<string, Layout | undefined> = new Map();
  private readonly closing = new AbortController();
  example = 0;
  private last: InputChoice = { kind: 'random', seed: 0 };
  training = false;
  private shipped: Shipped | undefined;
  private runs = 0;
  private isRunning = false;
  /** Work with values of the run that is under way. */
  private readonly besides = new Set<Promise<unknown>>();
  private busy: Promise<unknown> = Promise.resolve();

  constructor(
    readonly job: BuildJob,
    private readonly device: Device,
    private readonly readFile: ReadFile,
    private readonly tell: Teller,
    private readonly before?: Remains,
  ) {
    const options = { batch: job.batch ?? 1, sizes: job.sizes ?? {} };
    this.computation = new Computation(job.graph, job.activationBudget, before?.computation, options);
    this.slots = before?.slots ?? new FigureSlots(device.painter);
    this.pictures = new LayerPainter(device.painter, this.slots);
    this.show(0);
  }

  get program(): Program {
    return this.computation.program;
  }

  /** Says what the model is and what it will need. Nothing is allocated yet. */
  build(signal: AbortSignal): Promise<Built> {
    return this.alone(signal, async () => {
      const refused = this.refusal();
      this.shipped = refused === undefined ? await shippedWeights(this.program, this.readFile) : undefined;
      return this.report(refused);
    });
  }

  /** Gives every weight its values. */
  fill(signal: AbortSignal): Promise<null> {
    return this.alone(signal, async (either) => {
      await fillSlots(this.program.slots, this.isWhole() ? undefined : this.shipped, this.job.seed, async (bytes) => {
        this.tell.filling(bytes, this.computation.need.weights);
        await orStop(either);
      });
      return null;
    });
  }

  run(job: RunJob, signal: AbortSignal): Promise<Ran> {
    return this.alone(signal, async (either) => {
      this.last = job.input;
      this.show(job.example ?? 0);
      this.training = job.training === true;
      const { computation } = this;
      const contents = computation.prepare(this.feeding(job.input));
      this.slots.retain(new Set(contents.map((content) => shownOf(content, this.example))));
      for (const step of this.program.steps) if (computation.isDone(step) && !this.isShort(step)) this.tell.layer(this.again(step));
      const visible = job.visible && new Set(job.visible);
      const times = new RunTimes();
      const thumbnails = new PendingThumbnails(this.pictures, job.ratio, (sheet) => this.tell.thumbnails(sheet));
      this.isRunning = true;
      try {
        await computation.run({
          signal: either,
          finished: () => this.device.finished(),
          isShort: (step) => this.isShort(step),
          ran: (outcome, content) => {
            times.add(outcome);
            this.tell.layer(this.layerRan(outcome, content, visible?.has(outcome.step.key) === false ? undefined : thumbnails));
          },
        });
        thumbnails.flush();
      } finally {
        this.isRunning = false;
      }
      const first = this.runs++ === 0 && this.before === undefined;
      const layers = this.program.steps.filter((step) => computation.isDone(step)).length;
      return { ...times.total(first && this.device.makesPrograms), first, layers, stop: times.stop };
    });
  }

  /** Draws the first maps of layers that came into sight. */
  thumbnails({ keys, ratio }: ThumbnailsJob, signal: AbortSignal): Promise<Transferred<readonly ThumbnailSheet[]>> {
    return this.alone(signal, async (either) => {
      const found: ThumbnailSheet[] = [];
      const pending = new PendingThumbnails(this.pictures, ratio, (sheet) => found.push(sheet));
      for (const key of keys) {
        const step = this.program.steps.find((one) => one.key === key);
        if (!step || !this.computation.isDone(step)) continue;
        await orStop(either);
        await this.bring(step.outputs.slice(0, 1), either);
        // What was brought stays only until something else is.
        pending.add(this.seen(step, this.drawn(step)), this.computation.keeps(step));
      }
      pending.flush();
      return new Transferred(
        found,
        found.map(({ bitmap }) => bitmap),
      );
    });
  }

  /** Reads the figures of all layers, and the class scores. Layers that nobody has looked at are measured only now. */
  numbers(signal: AbortSignal): Promise<Numbers> {
    return this.alone(signal, async (either) => {
      const all = new Map<string, Shown>();
      for (const step of this.program.steps) {
        const shown = this.shownOf(step);
        const drawn = this.drawnIfAtHand(step);
        if (shown !== undefined) all.set(step.key, shown);
        if (!drawn || this.slots.isMeasured(drawn.shown)) continue;
        await orStop(either);
        this.pictures.measure(drawn);
      }
      const totals = await this.pictures.readTotals(all.values());
      const figures: Record<string, Statistics> = {};
      for (const [key, shown] of all) {
        const total = totals.get(shown);
        if (total && total.count > 0) figures[key] = total;
      }
      return { figures, output: await this.output() };
    });
  }

  /** The row of a layer's figures in the painter's table; undefined where it did not run, or the table is full. */
  figuresSlot(step: Step): number | undefined {
    const shown = this.shownOf(step);
    return shown === undefined ? undefined : this.slots.slotOf(shown);
  }

  step(key: string): Step {
    const step = this.program.steps.find((one) => one.key === key);
    if (!step) throw new Error('The shown model has no such layer.');
    return step;
  }

  withValues<T>(
    ids: readonly ValueId[],
    signal: AbortSignal,
    use: (tensors: readonly tf.Tensor[], signal: AbortSignal) => T | Promise<T>,
  ): Promise<T> {
    if (this.isRunning && ids.length > 0 && ids.every((id) => this.computation.value(id))) return this.beside(signal, ids, use);
    return this.alone(signal, async (either) => {
      await this.bring(ids, either);
      const tensors = ids.map((id) => this.computation.value(id)).filter((tensor) => tensor !== undefined);
      if (tensors.length < ids.length) throw new Error('This layer did not run.');
      return use(tensors, either);
    });
  }

  withStep<T>(key: string, signal: AbortSignal, use: (values: StepValues, signal: AbortSignal) => T | Promise<T>): Promise<T> {
    const step = this.step(key);
    const { inputs, outputs } = step;
    return this.withValues([...inputs, ...outputs], signal, (tensors, either) =>
      use({ step, inputs: tensors.slice(0, inputs.length), outputs: tensors.slice(inputs.length) }, either),
    );
  }

  /** Stops what runs and frees everything. */
  async close(): Promise<void> {
    await this.end();
    this.computation.dispose();
    this.slots.retain(new Set());
  }

  /** Stops what runs; what this session holds is the next one's, which frees what it cannot use. */
  async handOver(): Promise<Remains> {
    await this.end();
    const { computation, slots } = this;
    return { computation, slots, weights: this.weights(), classNames: this.classNames(), whole: this.shipped !== undefined };
  }

  private async end(): Promise<void> {
    this.closing.abort();
    await this.busy;
    await Promise.allSettled([...this.besides]);
  }

  /** One piece of work at a time; each waits for the one before, and stops when either the caller or the session does. */
  private alone<T>(signal: AbortSignal, work: (either: AbortSignal) => Promise<T>): Promise<T> {
    const either = AbortSignal.any([signal, this.closing.signal]);
    const mine = this.busy.then(async () => {
      await Promise.allSettled([...this.besides]);
      either.throwIfAborted();
      return work(either);
    });
    this.busy = mine.catch(() => undefined);
    return mine;
  }

  /** Chooses which example of the batch is drawn, measured and read. */
  private show(example: number): void {
    this.example = example;
    this.layouts = new Map(this.program.steps.map((step) => [step.key, layoutOfStep(this.program, step, example)]));
  }

  /** Uses values that a run has computed already, between its other layers: what a person looks at does not wait for a long run's end. */
  private async beside<T>(
    signal: AbortSignal,
    ids: readonly ValueId[],
    use: (tensors: readonly tf.Tensor[], signal: AbortSignal) => T | Promise<T>,
  ): Promise<T> {
    const tensors = ids.map((id) => this.computation.value(id)).filter((tensor) => tensor !== undefined);
    const mine = Promise.resolve(use(tensors, AbortSignal.any([signal, this.closing.signal])));
    this.besides.add(mine);
    try {
      return await mine;
    } finally {
      this.besides.delete(mine);
    }
  }

  private refusal(): string | undefined {
    if (this.program.steps.every((step) => !step.runs))
      return this.program.steps.find((step) => step.stop)?.stop ?? this.job.graph.stop ?? 'This model has no layer that can run.';
    try {
      refuseTooLarge(this.computation.need, this.device.largestTensor, this.device.name);
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }

  private report(refused: string | undefined): Built {
    return {
      steps: describeSteps(this.program, this.computation.changes),
      need: this.computation.need,
      weights: this.weights(),
      feeds: describeFeeds(this.program),
      takesDigit: takesDigit(this.program),
      classNames: this.classNames(),
      refused,
    };
  }

  /** After an edit the weights are still those that they were; which layers have others is said at each step. */
  private weights(): WeightsInfo {
    const { note } = this.shipped ?? {};
    const { slots } = this.program;
    const { parameters } = this.computation.need;
    if (note) {
      const { accuracy, drawings } = note.heldOut;
      return { kind: 'shipped', accuracy, drawings, edited: false, parameters, fresh: 0, of: slots.length };
    }
    if (parameters === 0) return { kind: 'none' };
    const left = givenPart(slots, 'shipped');
    if (this.before?.weights.kind === 'shipped' && left.parameters > 0) return { ...this.before.weights, edited: true, ...left };
    return { kind: 'fresh', seed: this.job.seed };
  }

  private classNames(): readonly string[] {
    return this.shipped?.note.classNames ?? this.before?.classNames ?? [];
  }

  /** True where the shipped weights are all in their places already. */
  private isWhole(): boolean {
    return this.before?.whole === true && this.program.slots.every((slot) => slot.isFilled);
  }

  private feeding(input: InputChoice): Feeding {
    const { training } = this;
    return {
      name: JSON.stringify({ input: inputName(input), training }),
      training,
      make: () => feedTensors(this.program, input, this.readFile),
    };
  }

  private bring(ids: readonly ValueId[], signal: AbortSignal): Promise<void> {
    return this.computation.bring(ids, { signal, finished: () => this.device.finished() });
  }

  /** A layer that is as it was: nothing was computed for it. */
  private again(step: Step): LayerRan {
    const { key } = step;
    const content = this.shownOf(step);
    const milliseconds = this.computation.timeOf(step);
    const fallback = fallbackOf(this.computation.value(step.outputs[0] ?? -1));
    return { key, content, milliseconds, again: true, stop: undefined, unreached: false, fallback };
  }

  /** @param thumbnails gets the layer's; undefined where nobody sees it */
  private layerRan({ step, outputs, ...rest }: StepOutcome, content: Content | undefined, thumbnails?: PendingThumbnails): LayerRan {
    const { milliseconds, stop, unreached } = rest;
    const layout = this.layouts.get(step.key);
    const [tensor] = outputs;
    const shown = tensor && content !== undefined ? shownOf(content, this.example) : undefined;
    const ran = { key: step.key, content: shown, milliseconds, again: false, stop, unreached, fallback: fallbackOf(tensor) };
    if (!tensor || shown === undefined || !layout) return ran;
    const drawn = { shown, tensor, layout };
    const keeps = this.computation.keeps(step);
    // What is not kept cannot be measured later.
    if (!keeps) this.pictures.measure(drawn);
    thumbnails?.add(this.seen(step, drawn), keeps);
    return ran;
  }

  private seen(step: Step, drawn: Drawn): Seen {
    return { ...drawn, key: step.key, map: this.mapOf(step) };
  }

  /** A digit is gray by nature. */
  private mapOf(step: Step): Look['map'] {
    return isGrayInput(this.program, step, this.last) ? 'gray' : 'auto';
  }

  private drawn(step: Step): Drawn {
    const drawn = this.drawnIfAtHand(step);
    if (!drawn) throw new Error('This layer did not run.');
    return drawn;
  }

  private drawnIfAtHand(step: Step): Drawn | undefined {
    const shown = this.shownOf(step);
    const tensor = this.computation.value(step.outputs[0] ?? -1);
    const layout = this.layouts.get(step.key);
    return shown !== undefined && tensor && layout ? { shown, tensor, layout } : undefined;
  }

  /** What is drawn of a step; undefined where it cannot run. */
  private shownOf(step: Step): Shown | undefined {
    const content = this.computation.contentOf(step);
    return content === undefined ? undefined : shownOf(content, this.example);
  }

  /** True where a step was computed, but its figures for the shown example can only be had by computing it again. */
  private isShort(step: Step): boolean {
    const shown = this.shownOf(step);
    const isMeasured = shown === undefined || this.slots.slotOf(shown) === undefined || this.slots.isMeasured(shown);
    return !isMeasured && this.computation.value(step.outputs[0] ?? -1) === undefined;
  }

  private async output(): Promise<Numbers['output']> {
    const [id] = this.program.outputs;
    const step = this.program.steps.find((one) => id !== undefined && one.outputs.includes(id));
    const tensor = id === undefined ? undefined : this.computation.value(id);
    if (!step || !tensor || tensor.rank !== 2 || (tensor.shape[1] ?? 0) > MOST_SCORES || layoutOf(tensor.shape).kind !== 'strip')
      return undefined;
    const values = await tensor.data<'float32'>();
    const [batch = 1, size = 0] = tensor.shape;
    const from = this.example < batch ? this.example * size : 0;
    return { key: step.key, values: [...values.subarray(from, from + size)] };
  }
}
