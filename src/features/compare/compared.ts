import type { GraphLayer, ModelGraph } from '../../model/graph';
import type { PlainObject } from '../../model/plain';
import type { ModelRead } from '../../model/reading';
import type { Count, Shape } from '../../model/shape';
import { activationCost } from '../cost';
import { countLayers, isInput, total } from '../counting';
import { modelRows, type ModelRow } from '../modelRows';
import { depthOf } from './depth';
import { settledOptions } from './options';
import { spatialSizes } from './spatialSizes';

/** A layer as a comparison sees it: once, however often it is applied. Inputs are none. */
export interface ComparedLayer {
  /** With the names of the models around it: `base/conv1`. */
  readonly name: string;
  /** False for a name that TensorFlow.js counted out: it says nothing about which layer is meant. */
  readonly isNamed: boolean;
  readonly className: string;
  /** Batch first, as in `ModelRow`. */
  readonly output: ModelRow['output'];
  readonly params: Count | undefined;
  readonly trainableParams: Count | undefined;
  /** Multiply-accumulates for one example. */
  readonly macs: Count | undefined;
  /** See `settledOptions`. */
  readonly options: PlainObject;
  /** `Site.id`, where there is a source. */
  readonly site?: string;
}

/** A model as a comparison sees it, wherever it comes from. */
export interface Compared {
  /** What a person calls it. */
  readonly title: string;
  /** Where it is from: `net.ts:12`, a commit, authors and year. */
  readonly about: string;
  /** The title, or what tells it from the other side where titles agree. */
  readonly label: string;
  readonly layers: readonly ComparedLayer[];
  /** Layers as people count them. */
  readonly layerCount: number;
  /** Layers with weights on the longest way through; undefined where that is not known. */
  readonly depth: number | undefined;
  /** Sizes of the feature maps on that way, each where it changes: `224`, `224×112`. */
  readonly sizes: readonly string[];
  readonly inputs: readonly Shape[];
  readonly outputs: readonly Shape[];
  readonly totalParams: Count;
  readonly trainableParams: Count;
  readonly macs: Count | undefined;
  /** Values of all activations for one example, as `activationCost` counts them. */
  readonly activations: number | undefined;
  readonly year?: number;
  /** Percent, in the ImageNet competition. */
  readonly top5Error?: number;
  /** Why it is not known as a whole. */
  readonly stop?: string;
  /** `ModelRead.id`, where there is a source. */
  readonly site?: string;
}

/** How a model that was read is compared. */
export const comparedOf = (model: ModelRead, title: string, about: string): Compared => ({
  title,
  about,
  label: title,
  layers: layersOf(model.graph),
  layerCount: countLayers(model.graph),
  depth: depthOf(model.graph),
  sizes: spatialSizes(model.graph),
  inputs: model.inputShapes,
  outputs: model.outputShapes,
  totalParams: model.totalParams,
  trainableParams: model.trainableParams,
  macs: model.macs,
  activations: activationCost(model.graph)?.values,
  ...stopOf(model),
  site: model.id,
});

const stopOf = ({ error, graph }: ModelRead): Pick<Compared, 'stop'> => {
  const stop = error ?? graph.stop;
  return stop === undefined ? {} : { stop };
};

/** Layers in TensorFlow.js' order, those of nested models one by one. */
function layersOf(graph: ModelGraph): readonly ComparedLayer[] {
  return modelRows(graph).flatMap((row): readonly ComparedLayer[] => {
    const { layer } = row;
    if (isInput(layer)) return [];
    if (!layer.model) return [comparedLayer(row, layer)];
    const times = graph.nodes.filter((node) => graph.layers[node.layer] === layer).length;
    return layersOf(layer.model).map((inner) => ({
      ...inner,
      name: `${layer.name}/${inner.name}`,
      macs: total([{ count: inner.macs, times }]),
    }));
  });
}

const comparedLayer = (row: ModelRow, layer: GraphLayer): ComparedLayer => ({
  name: row.name,
  isNamed: typeof layer.options['name'] === 'string',
  className: row.className,
  output: row.output,
  params: row.params,
  trainableParams: layer.trainableParams,
  macs: row.macs,
  options: settledOptions(layer.className, layer.options),
  ...(layer.site && { site: layer.site.id }),
});
