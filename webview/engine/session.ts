import * as tf from '@tensorflow/tfjs-core';
import { layoutOf } from '../draw/layout';
import { SLOTS, type Statistics, type Subject } from '../draw/painter';
import { thumbnail } from '../draw/sizes';
import type { Device, ReadFile } from './backend/types';
import { compile } from './build/compile';
import { needOf, refuseTooLarge, type Need } from './build/memory';
import type { Program, Step, ValueId } from './build/program';
import { reasonOf } from './build/stop';
import { describeFeeds, describeSteps, layoutOfStep } from './describe';
import type { BuildJob, Built } from './contract/program';
import type { InputChoice } from './contract/input';
import type { LayerRan, Numbers, Ran, RunJob } from './contract/run';
import { execute, Kept, type StepOutcome } from './run/execute';
import { fallbackOf } from './run/fallback';
import { feedTensors, isGrayInput, takesDigit } from './run/feeds';
import { orStop } from './run/turns';
import type { RunView, StepValues } from './runView';
import { fillSlots } from './weights/fill';
import { shippedWeights, type Shipped } from './weights/shipped';

/** The largest output that is read as a list of class scores. */
const MOST_SCORES = 1000;

/** Tells the page what happens. */
export interface Teller {
  filling(bytes: number, of: number): void;
  layer(outcome: LayerRan): void;
}

/** One model, from its graph to its last run. Everything it allocates is freed by `close`. */
export class Session implements RunView {
  readonly program: Program;
  private readonly need: Need;
  private layouts: readonly (Subject['layout'] | undefined)[] = [];
  private readonly closing = new AbortController();
  /** Outputs of the last run, and the one output that was computed again because it was not among them. */
  private kept = new Kept();
  private again = new Kept();
  example = 0;
  private last: InputChoice = { kind: 'random', seed: 0 };
  training = false;
  private shipped: Shipped | undefined;
  private runs = 0;
  private busy: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly job: BuildJob,
    private readonly device: Device,
    private readonly readFile: ReadFile,
    private readonly tell: Teller,
  ) {
    this.program = compile(job.graph, { batch: job.batch ?? 1, sizes: job.sizes ?? {} });
    this.need = needOf(this.program);
    this.show(0);
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
      await fillSlots(this.program.slots, this.shipped, this.job.seed, async (bytes) => {
        this.tell.filling(bytes, this.need.weights);
        await orStop(either);
      });
      return null;
    });
  }

  run(job: RunJob, signal: AbortSignal): Promise<Ran> {
    return this.alone(signal, async (either) => {
      this.forgetRun();
      this.last = job.input;
      this.show(job.example ?? 0);
      this.training = job.training === true;
      const outcomes: StepOutcome[] = [];
      const outputs = new Set(this.program.outputs);
      const keepAll = this.need.activations <= this.job.activationBudget;
      const keep = (step: Step): boolean => keepAll || step.outputs.some((id) => outputs.has(id));
      this.kept = await this.execute(either, this.program.steps, keep, (outcome) => {
        outcomes.push(outcome);
        this.tell.layer(this.layerRan(outcome, job.ratio));
      });
      return {
        first: this.runs++ === 0,
        milliseconds: outcomes.reduce((total, { milliseconds }) => total + milliseconds, 0),
        layers: outcomes.filter((outcome) => outcome.outputs.length > 0).length,
        stop: firstStop(outcomes),
      };
    });
  }

  async numbers(): Promise<Numbers> {
    const totals = await this.device.painter.readTotals(Math.min(SLOTS, this.program.steps.length));
    const figures: Record<string, Statistics> = {};
    this.program.steps.forEach((step, index) => {
      const total = totals[index];
      if (total && total.count > 0) figures[step.key] = total;
    });
    return { figures, output: await this.output() };
  }

  step(key: string): Step {
    const step = this.program.steps[this.indexOf(key)];
    if (!step) throw new Error('The shown model has no such layer.');
    return step;
  }

  withValues<T>(
    ids: readonly ValueId[],
    signal: AbortSignal,
    use: (tensors: readonly tf.Tensor[], signal: AbortSignal) => T | Promise<T>,
  ): Promise<T> {
    return this.alone(signal, async (either) => {
      await this.makeAgain(ids, either);
      const tensors = ids.map((id) => this.valueOf(id)).filter((tensor) => tensor !== undefined);
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
    this.closing.abort();
    await this.busy;
    this.forgetRun();
    for (const slot of this.program.slots) slot.dispose();
  }

  /** One piece of work at a time; each waits for the one before, and stops when either the caller or the session does. */
  private alone<T>(signal: AbortSignal, work: (either: AbortSignal) => Promise<T>): Promise<T> {
    const either = AbortSignal.any([signal, this.closing.signal]);
    const mine = this.busy.then(() => {
      either.throwIfAborted();
      return work(either);
    });
    this.busy = mine.catch(() => undefined);
    return mine;
  }

  /** Chooses which example of the batch is drawn, measured and read. */
  private show(example: number): void {
    this.example = example;
    this.layouts = this.program.steps.map((step) => layoutOfStep(this.program, step, example));
  }

  private refusal(): string | undefined {
    if (this.program.steps.every((step) => !step.runs))
      return this.program.steps.find((step) => step.stop)?.stop ?? this.job.graph.stop ?? 'This model has no layer that can run.';
    try {
      refuseTooLarge(this.need, this.device.largestTensor, this.device.name);
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }

  private report(refused: string | undefined): Built {
    const { note } = this.shipped ?? {};
    const fresh = this.need.parameters > 0 ? ({ kind: 'fresh', seed: this.job.seed } as const) : ({ kind: 'none' } as const);
    return {
      steps: describeSteps(this.program),
      need: this.need,
      weights: note ? { kind: 'shipped', accuracy: note.heldOut.accuracy, drawings: note.heldOut.drawings } : fresh,
      feeds: describeFeeds(this.program),
      takesDigit: takesDigit(this.program),
      classNames: note?.classNames ?? [],
      refused,
    };
  }

  private async execute(
    signal: AbortSignal,
    steps: readonly Step[],
    keep: (step: Step) => boolean,
    ran: (outcome: StepOutcome) => void,
  ): Promise<Kept> {
    const feeds = await feedTensors(this.program, this.last, this.readFile);
    const finished = (): Promise<void> => this.device.finished();
    return execute({ program: { ...this.program, steps }, feeds, keep, finished, training: this.training, ran, signal });
  }

  private forgetRun(): void {
    this.kept.dispose();
    this.again.dispose();
    for (let slot = 0; slot < Math.min(SLOTS, this.program.steps.length); slot++) this.device.painter.forget(slot);
  }

  private layerRan(outcome: StepOutcome, ratio: number): LayerRan {
    const index = this.program.steps.indexOf(outcome.step);
    const { milliseconds, stop, unreached } = outcome;
    const [output] = outcome.outputs;
    const fallback = fallbackOf(output);
    const layout = this.layouts[index];
    const { painter } = this.device;
    if (!output || !layout || index >= SLOTS)
      return { key: outcome.step.key, milliseconds, thumbnail: undefined, stop, unreached, fallback };
    const small = thumbnail(layout, ratio, painter.maxSide);
    const look = { scale: 'shared', map: this.mapOf(outcome.step) } as const;
    const [bitmap] = drawable(output, (tensor) => painter.paint({ tensor, layout: small.layout, slot: index }, small.atlas, look));
    return { key: outcome.step.key, milliseconds, thumbnail: bitmap, stop, unreached, fallback };
  }

  /** A digit is gray by nature. */
  private mapOf(step: Step): 'gray' | 'auto' {
    return isGrayInput(this.program, step, this.last) ? 'gray' : 'auto';
  }

  private indexOf(key: string): number {
    const index = this.program.steps.findIndex((step) => step.key === key);
    if (index < 0) throw new Error('The shown model has no such layer.');
    return index;
  }

  /** Runs again what makes values that were not kept, and keeps those until others are asked for. To be called alone. */
  private async makeAgain(ids: readonly ValueId[], signal: AbortSignal): Promise<void> {
    if (ids.every((id) => this.valueOf(id))) return;
    const missing = new Set(ids.filter((id) => !this.kept.get(id)));
    this.again.dispose();
    const makes = (step: Step): boolean => step.outputs.some((id) => missing.has(id));
    const upToThem = this.program.steps.slice(0, this.program.steps.findLastIndex(makes) + 1);
    this.again = await this.execute(signal, upToThem, makes, () => undefined);
  }

  private valueOf(id: ValueId): tf.Tensor | undefined {
    return this.kept.get(id) ?? this.again.get(id);
  }

  private async output(): Promise<Numbers['output']> {
    const [id] = this.program.outputs;
    const step = this.program.steps.find((one) => id !== undefined && one.outputs.includes(id));
    const tensor = id === undefined ? undefined : this.kept.get(id);
    if (!step || !tensor || tensor.rank !== 2 || (tensor.shape[1] ?? 0) > MOST_SCORES || layoutOf(tensor.shape).kind !== 'strip')
      return undefined;
    const values = await tensor.data<'float32'>();
    const [batch = 1, size = 0] = tensor.shape;
    const from = this.example < batch ? this.example * size : 0;
    return { key: step.key, values: [...values.subarray(from, from + size)] };
  }
}

/** The first layer that did not run, and why. */
const firstStop = (outcomes: readonly StepOutcome[]): string | undefined => {
  const found = outcomes.find((outcome) => outcome.stop !== undefined);
  return found && `${found.step.layer.name}: ${found.stop ?? ''}`;
};

/** Painters read floats; whole numbers and truth values are cast for the moment. */
const drawable = <T>(tensor: tf.Tensor, use: (tensor: tf.Tensor) => T): T => {
  if (tensor.dtype === 'float32') return use(tensor);
  const floats = tf.cast(tensor, 'float32');
  try {
    return use(floats);
  } finally {
    floats.dispose();
  }
};
