import type { Given, WeightSlot } from '../build/slots';
import type { GivenPart } from '../contract/program';

/** How much of a program's weights was not made here, but given by a file or shipped. */
export const givenPart = (slots: readonly WeightSlot[], by: Given['by']): GivenPart => {
  const counts = slots.map(({ given }) => (given?.by === by ? given.sizes.reduce((total, size) => total * size, 1) : 0));
  return {
    parameters: counts.reduce((total, count) => total + count, 0),
    fresh: slots.filter((slot, k) => (counts[k] ?? 0) < slot.size).length,
    of: slots.length,
  };
};
