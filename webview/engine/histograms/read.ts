import * as tf from '@tensorflow/tfjs-core';
import { orStop } from '../run/turns';
import { boxesOf, type Box } from './boxes';
import { Tally, type Distribution, type Values } from './distribution';

/** Values that are read at once: 4 MB of floats. */
const AT_ONCE = 2 ** 20;

/**
 * Reads a tensor, or a part of it, piece by piece, and counts its values. Others have a turn between the pieces. The tensor must live until then.
 * @param seen hears each piece as it is read, in order
 */
export const distributionOf = async (
  tensor: tf.Tensor,
  signal: AbortSignal,
  part: Box = { begin: tensor.shape.map(() => 0), size: tensor.shape },
  seen: (values: Values, box: Box) => void = () => undefined,
): Promise<Distribution> => {
  const tally = new Tally();
  for (const box of boxesOf(part, AT_ONCE)) {
    await orStop(signal);
    const values = await readBox(tensor, box);
    tally.add(values);
    seen(values, box);
  }
  return tally.distribution();
};

const readBox = async (tensor: tf.Tensor, { begin, size }: Box): Promise<Values> => {
  const piece = tf.slice(tensor, [...begin], [...size]);
  try {
    return await piece.data<'float32'>();
  } finally {
    piece.dispose();
  }
};
