import type * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { NamedDistribution } from '../contract/histograms';
import { distributionOf } from './read';

/** How each output is spread over the whole batch. */
export const outputDistributions = async (outputs: readonly tf.Tensor[], signal: AbortSignal): Promise<NamedDistribution[]> => {
  const named: NamedDistribution[] = [];
  for (const [k, tensor] of outputs.entries()) {
    const name = k === 0 ? 'output' : `output ${k + 1}`;
    named.push({ name, shape: tensor.shape, distribution: await distributionOf(tensor, signal) });
  }
  return named;
};

/** How each weight of a layer is spread; a wrapped layer's are named with their layer. */
export const weightDistributions = async (layer: tfl.layers.Layer | undefined, signal: AbortSignal): Promise<NamedDistribution[]> => {
  const named: NamedDistribution[] = [];
  for (const weight of layer?.weights ?? []) {
    const tensor = weight.read();
    named.push({ name: weight.originalName, shape: tensor.shape, distribution: await distributionOf(tensor, signal) });
  }
  return named;
};
