import type { GraphLayer } from '../../../src/model/graph';
import type { Matches } from '../build/match';
import type { Program } from '../build/program';
import type { WeightSlot } from '../build/slots';

/** What became of a weight across an edit: the same tensor, one that keeps what fits, or all new values. */
export type Carried = 'kept' | 'resized' | 'fresh';

/**
 * Hands the weights of the program before an edit to the layers after it. Kept tensors are moved, not copied; those of another size wait in
 * their new slot as what it is to be filled from. What no layer takes stays where it was. Synchronous, so that nothing is in between.
 */
export const carryWeights = (before: Program, after: Program, matches: Matches): ReadonlyMap<WeightSlot, Carried> => {
  const [old, fresh] = [slotsByLayer(before), slotsByLayer(after)];
  const carried = new Map<WeightSlot, Carried>();
  for (const [layer, slots] of fresh) {
    const match = matches.get(layer);
    const theirs = (match && old.get(match)) ?? [];
    for (const slot of slots) carried.set(slot, carry(slot, slotFor(slot, theirs)));
  }
  return carried;
};

const carry = (slot: WeightSlot, from: WeightSlot | undefined): Carried => {
  const held = from?.held;
  if (!from || !held || held.rank !== slot.shape.length || held.dtype !== slot.dtype) return 'fresh';
  // Who writes another initializer wants to see what it makes, unless the values are from a file.
  if (from.given?.by !== 'file' && declared(from) !== declared(slot)) return 'fresh';
  slot.inherit(from);
  return slot.isFilled ? 'kept' : 'resized';
};

/** A layer's weight of the same name; where several have it (in a stack of cells), the one at the same place. */
const slotFor = (slot: WeightSlot, theirs: readonly WeightSlot[]): WeightSlot | undefined => {
  const named = theirs.filter((one) => one.name === slot.name);
  return named.length > 1 ? named.find((one) => one.index === slot.index) : named[0];
};

const declared = ({ initializer }: WeightSlot): string => JSON.stringify([initializer.getClassName(), initializer.getConfig()]);

const slotsByLayer = (program: Program): ReadonlyMap<GraphLayer, readonly WeightSlot[]> =>
  new Map(program.steps.filter((step) => step.slots.length > 0).map((step) => [step.layer, step.slots]));
