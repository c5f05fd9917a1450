import type { Applied } from '../../layers/spec';
import type { Machine } from '../machine';
import { LayerValue, type ModelValue } from './entities';
import { OptionRecord } from './options';
import { layersIn, layersOf } from './modelLayers';

/** Layers that keep their weights in layers of their own: a model that has them in it does not reach those. */
const KEEPS_ELSEWHERE: ReadonlySet<string> = new Set(['lstm', 'gru', 'simpleRNN', 'rnn', 'convLstm2d', 'bidirectional', 'timeDistributed']);

/** Wrappers have no flag of their own: the layers inside them have. */
const WRAPPERS: ReadonlySet<string> = new Set(['bidirectional', 'timeDistributed']);

/** `layer.trainable = …` and `model.trainable = …`: TensorFlow.js sets a flag, and one on each weight that the layer, or a layer of the model, keeps. */
export function freezeEntity(m: Machine, target: LayerValue | ModelValue, trainable: boolean): void {
  m.journal.touch(target);
  target.trainable = trainable;
  const reached = target instanceof LayerValue ? [target] : (layersOf(target) ?? layersIn(target));
  for (const layer of reached) {
    if (!(layer instanceof LayerValue) || KEEPS_ELSEWHERE.has(layer.factory)) continue;
    m.journal.touch(layer);
    layer.weightsTrainable = trainable;
  }
}

/** The layer's own flag: what the source set last, else its option. */
export const isTrainable = (layer: LayerValue): boolean => layer.trainable ?? !isMadeFrozen(layer);

const isMadeFrozen = (layer: LayerValue): boolean =>
  layer.options instanceof OptionRecord && layer.options.entries.get('trainable') === false;

/** How many of an applied layer's parameters are trained, as things stand when the program has run; undefined where that is not known. */
export function trainableOf(layer: LayerValue | ModelValue, applied: Applied): number | undefined {
  if (!(layer instanceof LayerValue)) return layer.trainable === false ? 0 : applied.trainableParams;
  if (layer.trainable === undefined && WRAPPERS.has(layer.factory)) return applied.trainableParams;
  if (!isTrainable(layer) || layer.weightsTrainable === false) return 0;
  // It was made frozen and is no more: what was asked of TensorFlow.js was the frozen layer.
  if (isMadeFrozen(layer)) return undefined;
  return applied.trainableParams;
}
