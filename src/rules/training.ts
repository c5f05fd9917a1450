import type { GraphLayer, ModelGraph } from '../model/graph';
import type { ModelRead, Reading, Site } from '../model/reading';
import type { Span } from '../model/span';
import type { TrainingCall, TrainingCase } from '../model/training';

/** A model of this file, and a call of this file that prepares or starts its training for certain. */
export interface Training {
  readonly call: TrainingCall;
  readonly given: TrainingCase['given'];
  readonly model: ModelRead;
}

/** What is trained for certain: calls under an unknown condition may never run. */
export const trainingsOf = ({ trainings, models }: Reading, ...methods: readonly TrainingCall['method'][]): readonly Training[] =>
  trainings
    .filter(({ method }) => methods.includes(method))
    .flatMap((call) =>
      call.cases.flatMap(({ model, when, given }) => {
        const found = models.filter(({ id }) => id === model?.id);
        const [only] = found;
        return only && found.length === 1 && when === undefined ? [{ call, given, model: only }] : [];
      }),
    );

/** A model that is fitted, for each site that made layers of it. */
export interface Fitted {
  readonly layers: readonly GraphLayer[];
  /** The name of the call that trains. */
  readonly fit: Span;
}

/** The sites of this file whose layers are trained for certain. */
export function fittedSites(reading: Reading): ReadonlyMap<Site, Fitted> {
  const found = new Map<Site, Fitted>();
  for (const { call, model } of trainingsOf(reading, 'fit', 'fitDataset')) {
    const layers = layersIn(model.graph);
    for (const site of reading.sites) {
      const own = layers.filter((layer) => layer.site?.id === site.id);
      if (own.length > 0 && !found.has(site)) found.set(site, { layers: own, fit: call.name });
    }
  }
  return found;
}

const layersIn = (graph: ModelGraph): readonly GraphLayer[] =>
  graph.layers.flatMap((layer) => (layer.model ? layersIn(layer.model) : [layer]));
