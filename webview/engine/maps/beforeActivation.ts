import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import type { Step } from '../build/program';

/** The part of such a layer that holds its activation. */
interface WithActivation {
  activation: object | null;
}

/** What a layer computes before its activation; the tensor belongs to the caller. */
export const beforeActivation = (step: Step, inputs: readonly tf.Tensor[]): tf.Tensor => {
  const layer = step.runs;
  if (!layer) throw new Error('This layer did not run.');
  const holder = layer as unknown as WithActivation;
  const own = holder.activation;
  const linear = (tfl.layers.activation({ activation: 'linear' }) as unknown as WithActivation).activation;
  return tf.tidy(() => {
    holder.activation = linear;
    try {
      const result = layer.call([...inputs], { training: false });
      const [first] = Array.isArray(result) ? result : [result];
      if (!first) throw new Error('This layer gives no output.');
      return first;
    } finally {
      holder.activation = own;
    }
  });
};
