import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelRead } from '../../../src/model/reading';
import { isShapeList } from '../../../src/model/shape';
import { onlyModel, readSource } from '../../support/readSource';

interface Canon {
  readonly totalParams: number;
  readonly trainableParams: number;
  readonly nonTrainableParams: number;
  readonly inputShape: unknown;
  readonly outputShape: unknown;
  readonly layers: readonly { className: string; outputShape: unknown; params: number; trainableParams: number }[];
}

const root = join(__dirname, '../../..');
const canon = JSON.parse(readFileSync(join(root, 'test/fixtures/canon.json'), 'utf8')) as Record<string, Canon>;
const readExample = (file: string): ReturnType<typeof readSource> => {
  const path = join(root, 'examples', file);
  return readSource({ [path]: readFileSync(path, 'utf8') }, undefined, path);
};

/** Layers with the source's own lines; a Sequential's hidden InputLayer is not among the canon's. */
const layersOf = ({ graph }: ModelRead): Canon['layers'] =>
  graph.nodes.flatMap((node) => {
    const layer = graph.layers[node.layer];
    if (!layer?.site || layer.className === 'LocalResponseNormalization') return [];
    assert.ok(node.outputShape && !isShapeList(node.outputShape), `${layer.name} has no shape`);
    return [
      {
        className: layer.className,
        outputShape: node.outputShape,
        params: layer.params as number,
        trainableParams: layer.trainableParams as number,
      },
    ];
  });

describe('the examples, read', () => {
  for (const [net, file] of [
    ['lenet5', 'lenet5.ts'],
    ['alexnet', 'alexnet.ts'],
    ['vgg16', 'vgg16.ts'],
    ['resnet34', 'resnet34.ts'],
  ] as const) {
    it(`${file} has every layer, shape and count of the canon, without a problem`, () => {
      const reading = readExample(file);
      const model = onlyModel(reading);
      const { inputShape, outputShape, layers, ...totals } = canon[net] as Canon;
      const sorted = (list: Canon['layers']): readonly string[] =>
        list
          .map(({ className, outputShape: shape, params, trainableParams }) => JSON.stringify([className, shape, params, trainableParams]))
          .sort();
      assert.deepEqual(sorted(layersOf(model)), sorted(layers));
      assert.deepEqual(
        { totalParams: model.totalParams, trainableParams: model.trainableParams, nonTrainableParams: model.nonTrainableParams },
        { totalParams: totals.totalParams, trainableParams: totals.trainableParams, nonTrainableParams: totals.nonTrainableParams },
      );
      assert.deepEqual([model.inputShapes, model.outputShapes], [[inputShape], [outputShape]]);
      assert.deepEqual([reading.problems, reading.limits], [[], []]);
      assert.deepEqual(
        reading.sites.filter((site) => site.unknown !== undefined || site.cases.length === 0),
        [],
      );
    });
  }

  it('AlexNet has its two normalisations, a class of the source that runs as one op', () => {
    const { graph } = onlyModel(readExample('alexnet.ts'));
    const norms = graph.layers.filter((layer) => layer.className === 'LocalResponseNormalization');
    assert.deepEqual(
      norms.map((layer) => [layer.factory, layer.params, layer.stop, layer.ops?.steps.map(({ op }) => op)]),
      [
        ['custom', 0, undefined, ['localResponseNormalization']],
        ['custom', 0, undefined, ['localResponseNormalization']],
      ],
    );
  });

  it("VGG-16's helper made 13 layers, each known by the call that made it", () => {
    const reading = readExample('vgg16.ts');
    const site = reading.sites.find((one) => one.factory === 'conv2d');
    assert.equal(
      site?.cases.reduce((sum, one) => sum + one.count, 0),
      13,
    );
    assert.deepEqual([site?.cases[0]?.outputShape, site?.cases[0]?.params], [[null, 224, 224, 64], 1792]);
  });
});
