import * as tfl from '@tensorflow/tfjs-layers';
import { macsOf } from './cost';
import { countsOf } from './describe';
import { checkSize } from './limits';
import { makeLayer } from './make';
import { Memo, structureOf } from './memo';
import { makeModel, type MadeModel, type Position } from './model';
import { copyShape } from './shapes';
import type { ModelSpec, Refused, Replayed } from './spec';
import { withoutWeights } from './weightless';
import { wired, type Known } from './wiring';
import { countValues } from './weights';

// Several for each model of a large file: one a stand-in, and those of a Sequential while it grows.
const replayed = new Memo<Replayed | Refused>(6_000, 16_000_000);

/**
 * The whole model, rebuilt in TensorFlow.js itself without weights, in a program that holds nothing else: automatic names count from 1.
 * Pure; never throws: what TensorFlow.js refuses comes back as its own text, with the layer or application that it refused.
 *
 * @param known what the spec's layers came to by themselves, by node, where that is at hand: it makes plain models quick to tell, and no other answer.
 */
export const replayModel = (spec: ModelSpec, known?: Known): Replayed | Refused =>
  (known && wired(spec, known)) ?? replayed.get(structureOf(spec), () => replay(spec));

const replay = (spec: ModelSpec): Replayed | Refused => {
  const at: Position = {};
  const outcome = withoutWeights(() => {
    checkSize(spec);
    const made = makeModel(spec, makeLayer, at);
    // A Sequential finds two layers of one name only when it is built, which every use of it does.
    if (made.model instanceof tfl.Sequential) made.model.build();
    return describeModel(made, at);
  });
  if ('value' in outcome) return { ...outcome.value, warnings: outcome.warnings };
  return { error: outcome.error, ...at, ...(outcome.limit ? { limit: true } : {}) };
};

const describeModel = ({ model, layers, nodes }: MadeModel, at: Position): Omit<Replayed, 'warnings'> => {
  const trainableParams = countValues(model.trainableWeights);
  const nonTrainableParams = countValues(model.nonTrainableWeights);
  const indices = new Map(layers.map((layer, index) => [layer, index]));
  return {
    name: model.name,
    totalParams: trainableParams + nonTrainableParams,
    trainableParams,
    nonTrainableParams,
    inputShapes: model.inputs.map(({ shape }) => copyShape(shape)),
    outputShapes: model.outputs.map(({ shape }) => copyShape(shape)),
    layers: layers.map((layer, index) => {
      at.layer = index;
      const about = { name: layer.name, className: layer.getClassName(), ...countsOf(layer) };
      delete at.layer;
      return about;
    }),
    order: model.layers.map((layer) => indices.get(layer) ?? -1).filter((index) => index >= 0),
    nodes: nodes.map(({ layer, inputShapes, outputShape }) => {
      const macs = macsOf(layer, inputShapes, outputShape);
      return { outputShape, ...(macs === undefined ? {} : { macs }) };
    }),
  };
};
