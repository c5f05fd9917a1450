import assert from 'node:assert/strict';
import { replayModel } from '../../../src/layers/replay';
import { isRefused, type ModelSpec, type Replayed } from '../../../src/layers/spec';
import { models, refusedModels } from './models';
import { resnet, vgg16 } from './nets';
import { inFreshTf, normal, observe, realModel, summaryOf, tidily, type RealModel } from './real';

/** The columns of `model.summary()` that name a layer, and its totals. */
const totals = (summary: readonly string[]): readonly number[] =>
  summary.filter((line) => /params: /.test(line)).map((line) => Number(line.split(': ')[1]));

/** A real model in the words of a replayed one. */
const describeReal = ({ model, layers, nodes }: RealModel): unknown => {
  const summary = summaryOf(model);
  const [totalParams, trainableParams, nonTrainableParams] = totals(summary);
  return normal({
    name: model.name,
    totalParams,
    trainableParams,
    nonTrainableParams,
    inputShapes: model.inputs.map(({ shape }) => shape),
    outputShapes: model.outputs.map(({ shape }) => shape),
    layers: layers.map((layer) => ({
      name: layer.name,
      className: layer.getClassName(),
      params: 'layers' in layer || layer.built ? layer.countParams() : 0,
      trainableParams: layer.trainableWeights.reduce((sum, { shape }) => sum + shape.reduce<number>((all, dim) => all * dim!, 1), 0),
    })),
    order: model.layers.map((layer) => layers.indexOf(layer)).filter((index) => index >= 0),
    nodes,
  });
};

/** Our answer with what only we say left out. */
const describeOurs = (replayed: Replayed): unknown => {
  const { warnings: _, layers, nodes, ...rest } = replayed;
  return normal({
    ...rest,
    layers,
    nodes: nodes.map(({ outputShape }) => outputShape),
  });
};

const agree = (spec: ModelSpec): void => {
  const real = observe(() => tidily(() => inFreshTf((tf) => describeReal(realModel(tf, spec)))));
  const ours = replayModel(spec);
  if (isRefused(ours)) return assert.deepEqual({ error: ours.error }, { error: real.error });
  assert.equal(real.error, undefined);
  assert.deepEqual(describeOurs(ours), real.value);
  assert.deepEqual(ours.warnings, real.warnings);
};

describe('models without weights, against TensorFlow.js itself in a fresh program', () => {
  for (const [what, spec] of Object.entries(models)) it(what, () => agree(spec));
  it('VGG-16', () => agree(vgg16()));
  it('ResNet-50', () => agree(resnet([3, 4, 6, 3])));
});

describe('models that TensorFlow.js refuses, in its words', () => {
  for (const [why, spec] of Object.entries(refusedModels)) {
    it(why, () => {
      assert.ok(isRefused(replayModel(spec)));
      agree(spec);
    });
  }

  it('says which application was refused, and which layer could not be made', () => {
    const at = (spec: ModelSpec) => {
      const { node, layer } = replayModel(spec) as { node?: number; layer?: number };
      return { node, layer };
    };
    assert.deepEqual(at(refusedModels['a size below zero later on']!), { node: 1, layer: undefined });
    assert.deepEqual(at(refusedModels['a sum of what does not fit']!), { node: 2, layer: undefined });
    assert.deepEqual(at(refusedModels['no filters']!), { node: undefined, layer: 0 });
    assert.deepEqual(at(refusedModels['two layers of one name']!), { node: undefined, layer: undefined });
  });
});
