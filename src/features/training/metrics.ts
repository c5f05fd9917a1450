import type { Shape } from '../../model/shape';

/** Metrics of which the name says less than what is computed. */
const BY_LOSS: ReadonlySet<string> = new Set(['accuracy', 'acc']);

/**
 * What TensorFlow.js makes of the metric `accuracy`: it goes by the output's last size and by the loss (tfjs-layers' `training.ts`, 4.22).
 * undefined for other metrics, and where the output's size is not known.
 */
export function accuracyMeant(metric: string, loss: string | undefined, output: Shape | undefined): string | undefined {
  const size = output?.at(-1);
  if (!BY_LOSS.has(metric) || loss === undefined || size === undefined) return undefined;
  if (loss === 'binaryCrossentropy') return BINARY;
  if (typeof size !== 'number') return undefined;
  if (size === 1) return BINARY;
  return loss === 'sparseCategoricalCrossentropy'
    ? 'sparseCategoricalAccuracy: y = argmax(p)'
    : 'categoricalAccuracy: argmax(y) = argmax(p)';
}

const BINARY = 'binaryAccuracy: y = (p > 0.5)';
