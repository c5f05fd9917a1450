import { isRefused } from '../../layers/spec';
import { replayModel } from '../../layers/replay';
import { SAMPLES } from '../values/standIns';
import type { LayerValue, ModelValue } from './entities';
import { leadingTo, modelSpec } from './specs';

/** The layers of a model, in the order in which the source applied them first. */
export function layersIn(model: ModelValue): readonly (LayerValue | ModelValue)[] {
  if (model.kind === 'sequential') return model.state.members;
  return [...new Set(leadingTo(model.outputs).map((application) => application.layer))];
}

/**
 * The layers of a model in the order of `model.layers`: by their depth, which is not the order in which the source applied them where ways part.
 * TensorFlow.js itself is asked; undefined where it would refuse the model, or not all of it is known.
 */
export function layersOf(model: ModelValue): readonly (LayerValue | ModelValue)[] | undefined {
  if (model.kind === 'sequential') return model.state.members;
  // What a functional model is made of does not change any more.
  const layers = listed.get(model) ?? (isChain(model) ? layersIn(model) : inOrder(model));
  if (layers) listed.set(model, layers);
  return layers;
}

const listed = new WeakMap<ModelValue, readonly (LayerValue | ModelValue)[]>();

function inOrder(model: ModelValue): readonly (LayerValue | ModelValue)[] | undefined {
  if (leadingTo(model.outputs).some((application) => application.unknown !== undefined)) return undefined;
  for (let k = 0; k < SAMPLES; k++) {
    const replay = modelSpec(model, k);
    const replayed = replayModel(replay.spec);
    if (isRefused(replayed)) continue;
    const ordered = replayed.order.flatMap((index) => replay.layers[index] ?? []);
    return ordered.length > 0 ? ordered : undefined;
  }
  return undefined;
}

/** True where each application follows the one before it: then there is one order only. */
function isChain(model: ModelValue): boolean {
  const applications = leadingTo(model.outputs);
  const isShared = new Set(applications.map((application) => application.layer)).size < applications.length;
  return (
    !isShared && applications.every((application, i) => application.inputs.every((input) => input.application === applications[i - 1]))
  );
}
