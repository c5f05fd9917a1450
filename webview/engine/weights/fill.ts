import * as tf from '@tensorflow/tfjs-core';
import type { WeightSlot } from '../build/slots';
import type { Shipped } from './shipped';
import { freshValues } from './values';

/** Fills the slots of a built model one by one, so that a model of a hundred million values does not stall its thread. */
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
    const values = given ?? (await freshFor(slot, seed, () => pause(bytes)));
    const shape = [...slot.shape];
    // An initializer that is not known by name makes its values itself; those of tfjs-layers are sums of constants.
    slot.fill(values ? tf.tensor(values, shape, slot.dtype) : slot.initializer.apply(shape, slot.dtype));
    bytes += slot.size * 4;
    await pause(bytes);
  }
};

const freshFor = (slot: WeightSlot, seed: number, pause: () => Promise<void>): Promise<Float32Array<ArrayBuffer> | undefined> =>
  freshValues({ seed, path: slot.path, weight: `${slot.index}:${slot.name}` }, slot.initializer, slot.shape, pause);
