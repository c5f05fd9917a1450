import * as tf from '@tensorflow/tfjs-core';
import type { WeightSlot } from '../build/slots';
import type { Shipped } from './shipped';
import { resized } from './resize';
import { freshValues } from './values';

/**
 * Fills the slots of a built model one by one, so that a model of a hundred million values does not stall its thread.
 * Slots that have their values keep them, unless shipped ones are given; those that inherited values of another size keep what fits.
 */
export const fillSlots = async (
  slots: readonly WeightSlot[],
  shipped: Shipped | undefined,
  seed: number,
  /** Called between steps with the bytes that are done; may throw to stop. */
  pause: (bytes: number) => Promise<void>,
): Promise<void> => {
  let bytes = 0;
  for (const [index, slot] of slots.entries()) {
    const given = shipped?.values[index];
    if (given) slot.give(tf.tensor(given, [...slot.shape], slot.dtype), 'shipped');
    else if (!slot.isFilled) await fillFresh(slot, seed, () => pause(bytes));
    bytes += slot.size * 4;
    await pause(bytes);
  }
};

const fillFresh = async (slot: WeightSlot, seed: number, pause: () => Promise<void>): Promise<void> => {
  const values = await freshFor(slot, seed, pause);
  const shape = [...slot.shape];
  // An initializer that is not known by name makes its values itself; those of tfjs-layers are sums of constants.
  const fresh = values ? tf.tensor(values, shape, slot.dtype) : slot.initializer.apply(shape, slot.dtype);
  const old = slot.toResize;
  slot.fill(old ? resized(old, fresh) : fresh);
  if (old) fresh.dispose();
};

const freshFor = (slot: WeightSlot, seed: number, pause: () => Promise<void>): Promise<Float32Array<ArrayBuffer> | undefined> =>
  freshValues({ seed, path: slot.path, weight: `${slot.index}:${slot.name}` }, slot.initializer, slot.shape, pause);
