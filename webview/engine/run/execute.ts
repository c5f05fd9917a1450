import * as tf from '@tensorflow/tfjs-core';
import { readBy, type Program, type Step, type ValueId } from '../build/program';
import { reasonOf } from '../build/stop';
import type { Content } from './content';
import { computeSomewhere } from './fallback';
import { disposeResult, Values, type Result, type Results } from './results';
import { readyForTraining } from './training';
import { orStop } from './turns';

/** What became of one step. */
export interface StepOutcome {
  readonly step: Step;
  /** Wall time from the call to the moment when the device was done, in milliseconds. */
  readonly milliseconds: number;
  /** The part of it in which the device was waited for: without the making of programs for a GPU, which happens in the call. */
  readonly waited: number;
  /** The step's outputs; they belong to the executor. */
  readonly outputs: readonly tf.Tensor[];
  /** Why it did not run; undefined where it did. */
  readonly stop: string | undefined;
  readonly unreached: boolean;
}

export interface Execution {
  readonly program: Program;
  /** Those of the program's steps that are to run, in its order; what they read is among them or in `results`. */
  readonly steps: readonly Step[];
  /** By step key. */
  readonly contents: ReadonlyMap<string, Content>;
  /** Outputs of earlier runs; those of this run that are kept are added. They stay where a run is stopped, for they are right nevertheless. */
  readonly results: Results;
  /** Values of the program's feeds, in their order; they are disposed of here. */
  readonly feeds: readonly tf.Tensor[];
  /** True for steps whose outputs are to outlive the run. */
  readonly keep: (step: Step) => boolean;
  readonly finished: () => Promise<void>;
  /** True where layers are to do what they do while a model is trained: dropout draws its masks, batch norm takes the batch's statistics. */
  readonly training?: boolean;
  /** Called after each step, while its outputs are alive. */
  readonly ran: (outcome: StepOutcome) => void;
  readonly signal: AbortSignal;
}

/** Values and masks that are alive during a run; each is freed when its last reader has run, unless it is kept. */
class Alive {
  private readonly passing = new Map<ValueId, { readonly tensor: tf.Tensor; readonly mask: tf.Tensor | undefined }>();
  private readonly left = new Map<ValueId, number>();
  private readonly values: Values;

  constructor(private readonly execution: Execution) {
    const { program, contents, results, steps } = execution;
    this.values = new Values(program, contents, results);
    for (const id of steps.flatMap(readBy)) this.left.set(id, (this.left.get(id) ?? 0) + 1);
  }

  get(id: ValueId): tf.Tensor | undefined {
    return this.passing.get(id)?.tensor ?? this.values.get(id);
  }

  mask(id: ValueId): tf.Tensor | undefined {
    return this.passing.get(id)?.mask ?? this.values.mask(id);
  }

  /** What an equal step of this run or an earlier one gave. */
  found(step: Step): Result | undefined {
    return this.execution.results.get(this.execution.contents.get(step.key));
  }

  add(step: Step, result: Result): void {
    const content = this.execution.contents.get(step.key);
    if (content !== undefined && this.execution.keep(step)) this.execution.results.add(content, result);
    else {
      // Each is freed by itself, its mask with it.
      const mask = (index: number): tf.Tensor | undefined => (index === 0 ? result.mask : result.mask?.clone());
      result.outputs.forEach((tensor, index) => this.passing.set(step.outputs[index] ?? -1, { tensor, mask: mask(index) }));
    }
  }

  /** To be called once the step has been seen: frees what no one will read. */
  settle(step: Step): void {
    const reads = readBy(step);
    for (const id of reads) this.left.set(id, (this.left.get(id) ?? 0) - 1);
    for (const id of [...reads, ...step.outputs]) if ((this.left.get(id) ?? 0) <= 0) this.free(id);
  }

  dispose(): void {
    for (const id of [...this.passing.keys()]) this.free(id);
  }

  private free(id: ValueId): void {
    const passed = this.passing.get(id);
    this.passing.delete(id);
    if (passed) disposeResult({ outputs: [passed.tensor], mask: passed.mask });
  }
}

/** Layers that a device has been given and is not known to have done. */
const MOST_FLYING = 8;
/** A device that took longer for a layer, or takes longer, is given the next one only then: a run that is stopped soon ends. Milliseconds. */
const SHORT = 8;

/** One step that was given to the device. */
interface Flight {
  readonly step: Step;
  readonly outputs: readonly tf.Tensor[];
  readonly stop?: string | undefined;
  readonly unreached?: boolean;
  /** When the call began and ended. */
  readonly start: number;
  readonly called: number;
  /** When the device was done; undefined where it was asked for nothing. */
  readonly done?: Promise<number>;
}

/**
 * Runs steps layer by layer with the layers' own `call`, and lets others have a turn between layers. While a device is at work on short layers
 * it is given the next ones, for waiting for it costs more than they do; each is told in its order, when it is done.
 * A layer that throws stops what depends on it, not the rest. Rejects with the signal's reason where it fires.
 */
export const execute = async (execution: Execution): Promise<void> => {
  const { program, steps, feeds, ran, signal } = execution;
  const alive = new Alive(execution);
  const fed = new Map(program.feeds.map((feed, k) => [feed.value, feeds[k]]));
  const given = new Set<tf.Tensor>(feeds);
  const flying: Flight[] = [];
  let [before, lasted] = [0, Infinity];
  const land = async (): Promise<void> => {
    signal.throwIfAborted();
    const flight = flying.shift();
    if (!flight) return;
    const { outcome, end } = await landed(flight, before);
    [before, lasted] = [end, outcome.milliseconds];
    ran(outcome);
    alive.settle(flight.step);
  };
  const mayFly = (): boolean => {
    const [oldest] = flying;
    return !oldest || (flying.length < MOST_FLYING && lasted < SHORT && performance.now() - oldest.called < SHORT);
  };
  try {
    for (const step of steps) {
      await orStop(signal);
      flying.push(await giveStep(step, alive, fed, given, execution));
      // What is freed as soon as nobody reads it would pile up meanwhile.
      while (flying.length > 0 && (!mayFly() || !execution.keep(step))) await land();
    }
    while (flying.length > 0) await land();
  } finally {
    // A run that ends early leaves the device to itself.
    for (const { done } of flying) done?.catch(() => undefined);
    alive.dispose();
    tf.dispose([...given]);
  }
};

/** Waits for a step. @param before when the step before it was done, for a device does one after the other */
const landed = async ({ step, start, called, done, ...rest }: Flight, before: number): Promise<{ outcome: StepOutcome; end: number }> => {
  const outcome = { step, milliseconds: 0, waited: 0, stop: rest.stop, unreached: rest.unreached ?? false, outputs: rest.outputs };
  if (!done) return { outcome: { ...outcome, milliseconds: called - start }, end: Math.max(before, called) };
  const times = (end: number): Pick<StepOutcome, 'milliseconds' | 'waited'> => {
    return { milliseconds: end - Math.max(start, before), waited: end - Math.max(called, before) };
  };
  try {
    const end = await done;
    return { outcome: { ...outcome, ...times(end) }, end };
  } catch (error) {
    const end = performance.now();
    return { outcome: { ...outcome, ...times(end), outputs: [], stop: reasonOf(error) }, end };
  }
};

/** Gives a step to the device, and does not wait for it. */
const giveStep = async (
  step: Step,
  alive: Alive,
  fed: ReadonlyMap<ValueId, tf.Tensor | undefined>,
  given: Set<tf.Tensor>,
  { finished, training = false }: Execution,
): Promise<Flight> => {
  const start = performance.now();
  const nothing = { step, outputs: [], start, called: start };
  const found = alive.found(step);
  if (found) return { ...nothing, outputs: found.outputs };
  const [first] = step.outputs;
  const feed = first === undefined ? undefined : fed.get(first);
  if (feed) {
    given.delete(feed);
    alive.add(step, { outputs: [feed], mask: undefined });
    return { ...nothing, outputs: [feed] };
  }
  const inputs = step.inputs.map((id) => alive.get(id)).filter((tensor) => tensor !== undefined);
  const missing = inputs.length < step.inputs.length;
  const layer = step.runs;
  if (!layer || missing) return { ...nothing, stop: step.stop, unreached: step.unreached || missing };
  try {
    const reads = (): tf.Tensor[] => [...inputs, ...layer.weights.map((weight) => weight.read())];
    const result = await computeSomewhere(layer, reads, () => callLayer(step, inputs, alive, training));
    const called = performance.now();
    alive.add(step, result);
    return { step, outputs: result.outputs, start, called, done: finished().then(() => performance.now()) };
  } catch (error) {
    return { ...nothing, called: performance.now(), stop: reasonOf(error) };
  }
};

/** As tfjs-layers' own executor calls a layer, masks included; everything else that the call makes is freed. */
const callLayer = (step: Step, inputs: readonly tf.Tensor[], alive: Alive, training: boolean): Result => {
  const layer = step.runs;
  if (!layer) return { outputs: [], mask: undefined };
  if (training) readyForTraining(step, layer);
  const masks = step.inputs.map((id, k) => (step.masked[k] ? alive.mask(id) : undefined));
  const called = step.maskFrom === undefined ? undefined : alive.mask(step.maskFrom);
  const made = tf.tidy(() => {
    const kwargs = called ? { mask: called, training } : { training };
    // Always a list: some layers (Resizing) take nothing but a tensor, and so throw in every model.
    const result = layer.apply([...inputs], kwargs) as tf.Tensor | tf.Tensor[];
    const outputs = Array.isArray(result) ? result : [result];
    const mask = layer.supportsMasking
      ? (layer.computeMask([...inputs], masks.map((one) => one ?? null) as tf.Tensor[]) as unknown)
      : undefined;
    const [first] = Array.isArray(mask) ? (mask as unknown[]) : [mask];
    // A mask that is passed through belongs to the layer before; this one gets a reference of its own.
    return { outputs, masks: first instanceof tf.Tensor ? [first.clone()] : [] };
  });
  return { outputs: made.outputs, mask: made.masks[0] };
};
