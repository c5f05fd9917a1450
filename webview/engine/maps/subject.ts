import * as tf from '@tensorflow/tfjs-core';
import { layoutOf } from '../../draw/layout';
import { PASSING, SLOTS, type Subject } from '../../draw/painter';
import type { Step, ValueId } from '../build/program';
import type { MapsJob } from '../contract/picture';
import type { Running } from '../running';
import { beforeActivation } from './beforeActivation';
import { orderOf } from './ranks';
import { winnersOf } from './winners';

/** What a picture of a layer is drawn from, and the layer itself. */
export interface Drawn {
  readonly step: Step;
  readonly subject: Subject;
}

/**
 * Gives `use` what a job wants to see of a layer; values that were not kept are computed again. Whatever is made for it is freed when `use` is done.
 * The figures of a run's own outputs stay with the painter, for they are asked for again; all others are forgotten.
 */
export const withDrawn = <T>(
  engine: Running,
  job: MapsJob,
  signal: AbortSignal,
  use: (drawn: Drawn, signal: AbortSignal) => T | Promise<T>,
): Promise<T> => {
  const { session } = engine;
  const step = session.step(job.key);
  const ids = wantedIds(step, job);
  return session.withValues(ids, signal, async (tensors, either) => {
    const made: tf.Tensor[] = [];
    const example = job.example ?? session.example;
    // The figures that are kept are those of the example that the panel shows.
    const slot = example === session.example ? session.figuresSlot(step) : undefined;
    const subject = subjectOf({ ...job, example }, step, tensors, slot, made);
    try {
      return await use({ step, subject }, either);
    } finally {
      tf.dispose(made);
      if (subject.slot >= SLOTS) engine.device?.painter.forget(subject.slot);
    }
  });
};

const wantedIds = (step: Step, { shows = 'output' }: MapsJob): ValueId[] => {
  const [output] = step.outputs;
  if (output === undefined) throw new Error('This layer has no output to draw.');
  if (shows === 'output') return [output];
  return shows === 'before' ? [...step.inputs] : [...step.inputs.slice(0, 1), output];
};

/** @param made gets every tensor that is to be freed afterwards */
const subjectOf = (job: MapsJob, step: Step, tensors: readonly tf.Tensor[], slot: number | undefined, made: tf.Tensor[]): Subject => {
  const { shows = 'output', sort = 'index', example = 0, frame = 0 } = job;
  const own = <V extends tf.Tensor>(tensor: V): V => {
    made.push(tensor);
    return tensor;
  };
  const [first, second] = tensors;
  if (!first) throw new Error('This layer did not run.');
  const shown = shows === 'before' ? own(beforeActivation(step, tensors)) : first;
  // Painters read floats; whole numbers and truth values are cast for the moment.
  const tensor = shown.dtype === 'float32' ? shown : own(tf.cast(shown, 'float32'));
  const channelsFirst = step.runs?.getConfig()['dataFormat'] === 'channelsFirst';
  const layout = layoutOf(tensor.shape, channelsFirst, example, frame);
  const batch = Math.min((tensor.shape[0] ?? 1) - 1, Math.max(0, example));
  const order = layout.kind === 'maps' ? orderOf(tensor, channelsFirst, sort, batch) : undefined;
  const marks = shows === 'winners' && second ? own(winnersOf(step, first, second)) : undefined;
  const row = (shows === 'output' ? slot : undefined) ?? PASSING.other;
  return { tensor, layout, slot: row, ...(order ? { order: own(order) } : {}), ...(marks ? { marks } : {}) };
};
