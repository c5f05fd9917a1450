import type { LayerOrigin, ModelGraph } from '../../src/model/graph';
import type { StepInfo } from '../engine/contract/program';

interface Place {
  readonly site: LayerOrigin | undefined;
  readonly callPath: readonly string[];
}

/** Where each step of a graph stands in the source, by the step's key; nested models' steps are under theirs. */
const placesOf = (graph: ModelGraph, prefix = ''): ReadonlyMap<string, Place> => {
  const places = new Map<string, Place>();
  graph.nodes.forEach((node, index) => {
    const layer = graph.layers[node.layer];
    if (!layer) return;
    const key = `${prefix}${layer.name}@${index}`;
    places.set(key, { site: layer.site, callPath: node.callPath ?? [] });
    if (layer.model) for (const [inner, place] of placesOf(layer.model, `${key}/`)) places.set(inner, place);
  });
  return places;
};

/** The same steps at their new places, after an edit that moved the source and changed nothing of the model. */
export const moveSteps = (steps: readonly StepInfo[], graph: ModelGraph): StepInfo[] => {
  const places = placesOf(graph);
  return steps.map((step) => ({ ...step, ...places.get(step.key) }));
};
