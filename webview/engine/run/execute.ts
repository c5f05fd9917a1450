import * as tf from '@tensorflow/tfjs-core';
import type { Program, Step, ValueId } from '../build/program';
import { reasonOf } from '../build/stop';
import { computeSomewhere } from './fallback';
import { readyForTraining } from './training';
import { orStop } from './turns';

/** What became of one step. */
export interface StepOutcome {
  readonly step: Step;
  /** Wall time from the call to the moment when the device was done, in milliseconds. */
  readonly milliseconds: number;
  /** The step's outputs; they belong to the executor. */
  readonly outputs: readonly tf.Tensor[];
  /** Why it did not run; undefined where it did. */
  readonly stop: string | undefined;
  readonly unreached: boolean;
}

export interface Execution {
  readonly program: Program;
  /** Values of the program's feeds, in their order; they are disposed of here. */
  readonly feeds: readonly tf.Tensor[];
  /** True for steps whose outputs stay alive; `Kept.dispose` frees them. */
  readonly keep: (step: Step) => boolean;
  readonly finished: () => Promise<void>;
  /** True where layers are to do what they do while a model is trained: dropout draws its masks, batch norm takes the batch's statistics. */
  readonly training?: boolean;
  /** Called after each step, while its outputs are alive. */
  readonly ran: (outcome: StepOutcome) => void;
  readonly signal: AbortSignal;
}

/** Values that outlive their run, by id. */
export class Kept {
  private readonly tensors = new Map<ValueId, tf.Tensor>();

  get(id: ValueId): tf.Tensor | undefined {
    return this.tensors.get(id);
  }

  add(id: ValueId, tensor: tf.Tensor): void {
    this.tensors.set(id, tensor);
  }

  dispose(): void {
    tf.dispose([...this.tensors.values()]);
    this.tensors.clear();
  }
}

/** Values and masks that are alive during a run; each is freed when its last reader has run, unless it is kept. */
class Alive {
  private readonly tensors = new Map<ValueId, tf.Tensor>();
  private readonly masks = new Map<ValueId, tf.Tensor>();
  private readonly left: number[];

  constructor(
    program: Program,
    private readonly kept: Kept,
  ) {
    this.left = program.values.map((value) => value.readers);
  }

  get(id: ValueId): tf.Tensor | undefined {
    return this.tensors.get(id) ?? this.kept.get(id);
  }

  mask(id: ValueId): tf.Tensor | undefined {
    return this.masks.get(id);
  }

  add(id: ValueId, tensor: tf.Tensor, keep: boolean, mask: tf.Tensor | undefined): void {
    if (keep) this.kept.add(id, tensor);
    else this.tensors.set(id, tensor);
    if (mask) this.masks.set(id, mask);
  }

  /** To be called once the step has been seen: frees what no one will read. */
  settle(step: Step): void {
    for (const id of step.inputs) this.left[id] = (this.left[id] ?? 0) - 1;
    for (const id of [...step.inputs, ...step.outputs]) if ((this.left[id] ?? 0) <= 0) this.free(id);
  }

  dispose(): void {
    tf.dispose([...this.tensors.values(), ...this.masks.values()]);
    this.tensors.clear();
    this.masks.clear();
  }

  private free(id: ValueId): void {
    this.tensors.get(id)?.dispose();
    this.tensors.delete(id);
    this.masks.get(id)?.dispose();
    this.masks.delete(id);
  }
}

/**
 * Runs a program layer by layer with the layers' own `call`, and lets others have a turn between layers.
 * A layer that throws stops what depends on it, not the rest. Rejects with the signal's reason where it fires; frees everything then.
 */
export const execute = async ({ program, feeds, keep, finished, training = false, ran, signal }: Execution): Promise<Kept> => {
  const kept = new Kept();
  const alive = new Alive(program, kept);
  const fed = new Map(program.feeds.map((feed, k) => [feed.value, feeds[k]]));
  const given = new Set<tf.Tensor>(feeds);
  try {
    for (const step of program.steps) {
      await orStop(signal);
      const outcome = await runStep(step, alive, fed, given, { keep: keep(step), finished, training });
      ran(outcome);
      alive.settle(step);
    }
    return kept;
  } catch (error) {
    kept.dispose();
    throw error;
  } finally {
    alive.dispose();
    tf.dispose([...given]);
  }
};

const runStep = async (
  step: Step,
  alive: Alive,
  fed: ReadonlyMap<ValueId, tf.Tensor | undefined>,
  given: Set<tf.Tensor>,
  { keep, finished, training }: { readonly keep: boolean; readonly finished: () => Promise<void>; readonly training: boolean },
): Promise<StepOutcome> => {
  const [first] = step.outputs;
  const feed = first === undefined ? undefined : fed.get(first);
  if (first !== undefined && feed) {
    given.delete(feed);
    alive.add(first, feed, keep, undefined);
    return { step, milliseconds: 0, outputs: [feed], stop: undefined, unreached: false };
  }
  const inputs = step.inputs.map((id) => alive.get(id)).filter((tensor) => tensor !== undefined);
  const missing = inputs.length < step.inputs.length;
  const layer = step.runs;
  if (!layer || missing) return { step, milliseconds: 0, outputs: [], stop: step.stop, unreached: step.unreached || missing };
  const start = performance.now();
  try {
    const reads = (): tf.Tensor[] => [...inputs, ...layer.weights.map((weight) => weight.read())];
    const { outputs, mask } = await computeSomewhere(layer, reads, () => callLayer(step, inputs, alive, training));
    step.outputs.forEach((id, k) => {
      const output = outputs[k];
      if (output) alive.add(id, output, keep, k === 0 ? mask : undefined);
    });
    await finished();
    return { step, milliseconds: performance.now() - start, outputs, stop: undefined, unreached: false };
  } catch (error) {
    return { step, milliseconds: performance.now() - start, outputs: [], stop: reasonOf(error), unreached: false };
  }
};

/** As tfjs-layers' own executor calls a layer, masks included; everything else that the call makes is freed. */
const callLayer = (
  step: Step,
  inputs: readonly tf.Tensor[],
  alive: Alive,
  training: boolean,
): { outputs: tf.Tensor[]; mask: tf.Tensor | undefined } => {
  const layer = step.runs;
  if (!layer) return { outputs: [], mask: undefined };
  if (training) readyForTraining(step, layer);
  const masks = step.inputs.map((id) => alive.mask(id));
  const anyMask = masks.some((mask) => mask !== undefined);
  const made = tf.tidy(() => {
    const kwargs = anyMask ? { mask: masks[0] ?? null, training } : { training };
    const argument = inputs.length === 1 && inputs[0] ? inputs[0] : [...inputs];
    const result = layer.apply(argument, kwargs) as tf.Tensor | tf.Tensor[];
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
