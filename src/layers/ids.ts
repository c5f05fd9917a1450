import type * as tfl from '@tensorflow/tfjs-layers';

/**
 * TensorFlow.js numbers layers through the life of the process and keeps tables by number while it wires a model. Tables of large numbers are
 * slow ones: with small numbers a model of 500 layers is wired in half the time. Only order and uniqueness matter to it.
 */
let next = 0;

/** The next layer made is the first. */
export const restartIds = (): void => {
  next = 0;
};

/** Gives a layer that was just made the next number. */
export const renumber = <T extends tfl.layers.Layer>(layer: T): T => Object.assign(layer, { id: next++ });
