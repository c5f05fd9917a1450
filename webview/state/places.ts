import type { LayerOrigin, ModelGraph } from '../../src/model/graph';
import type { StepInfo } from '../engine/contract/program';
import type { LayerRan } from '../engine/contract/run';

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

/** What became of each step before an edit, under the step's key after it; until it has run again, the layer is shown as it was. */
export const followEdit = (rows: ReadonlyMap<string, LayerRan>, steps: readonly StepInfo[]): ReadonlyMap<string, LayerRan> =>
  new Map(
    steps.flatMap(({ key, edit, was }) => {
      const before = edit === undefined ? key : was;
      const row = before === undefined ? undefined : rows.get(before);
      return row ? [[key, { ...row, key }] as const] : [];
    }),
  );

/** The same steps at their new places, after an edit that moved the source and changed nothing of the model. */
export const moveSteps = (steps: readonly StepInfo[], graph: ModelGraph): StepInfo[] => {
  const places = placesOf(graph);
  return steps.map((step) => ({ ...step, ...places.get(step.key) }));
};
