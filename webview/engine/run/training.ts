import type * as tfl from '@tensorflow/tfjs-layers';
import type { Step } from '../build/program';
import { isBatchNorm } from '../batchNorm/layer';
import { Stop } from '../build/stop';

/** A layer that draws a mask; its seed is private in the typings only. */
interface Masking {
  seed?: number | string;
}

/**
 * Makes a layer ready to be called in training mode. A dropout without a seed of its own gets one, so that a layer that is computed again
 * has the mask it had before. Throws a Stop for a batch norm that TensorFlow.js cannot train, whose own error names no reason.
 */
export const readyForTraining = (step: Step, layer: tfl.layers.Layer): void => {
  if (layer.getClassName() === 'Dropout') (layer as unknown as Masking).seed ??= step.key;
  if (!isBatchNorm(layer) || (layer.gamma && layer.beta)) return;
  const option = layer.gamma ? 'center' : 'scale';
  throw new Stop(
    `with ${option}: false TensorFlow.js cannot run a batch norm in training mode, and so not in fit: it reads ${layer.gamma ? 'beta' : 'gamma'}, which is not there`,
  );
};
