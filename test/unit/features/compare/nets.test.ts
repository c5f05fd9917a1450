import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { comparedNet, referenceNets, type Net } from '../../../../src/features/compare/nets';
import { NETS } from '../../../../scripts/nets/list';
import { netsAsText } from '../../../../scripts/nets/nets';
import { sizeOf, withZeros } from '../../../support/zeroWeights';

const root = join(__dirname, '../../../..');
const canon = JSON.parse(readFileSync(join(root, 'test/fixtures/nets.json'), 'utf8')) as Record<string, Canon>;

/** What TensorFlow.js 4.22 counted for programs that others wrote after the papers. */
interface Canon {
  readonly totalParams: number;
  readonly trainableParams: number;
  /** Class, output without its batch, parameters. */
  readonly layers: readonly (readonly [string, readonly number[], number])[];
}

const isInput = (layer: tf.layers.Layer): boolean => layer.getClassName() === 'InputLayer';

/** Products of a kernel at all positions of its layer's output. */
function macsOf(layer: tf.layers.Layer): number {
  const kernel = layer.weights.find(({ name }) => /(^|\/)kernel(_\d+)?$/.test(name));
  const positions = (layer.outputShape as number[]).slice(1, -1);
  return kernel ? positions.reduce((all, size) => all * size, sizeOf([kernel])) : 0;
}

const built = (model: tf.LayersModel) => ({
  totalParams: model.countParams(),
  trainableParams: sizeOf(model.trainableWeights),
  inputs: model.inputs.map(({ shape }) => shape),
  outputs: model.outputs.map(({ shape }) => shape),
  layers: model.layers
    .filter((layer) => !isInput(layer))
    .map((layer) => [
      layer.name,
      layer.getClassName(),
      (layer.outputShape as tf.Shape).slice(1),
      layer.countParams(),
      sizeOf(layer.trainableWeights),
      macsOf(layer),
    ]),
});

/** The longest way through a built model, counted by TensorFlow.js' own nodes. */
function depthOf(model: tf.LayersModel): number {
  const depths = new Map<tf.layers.Layer, number>();
  const to = (layer: tf.layers.Layer): number => {
    const before = (layer.inboundNodes[0]?.inboundLayers ?? []).map((source) => depths.get(source) ?? to(source));
    const depth = Math.max(0, ...before) + (layer.weights.some(({ name }) => /kernel/.test(name)) ? 1 : 0);
    depths.set(layer, depth);
    return depth;
  };
  return to(model.layers.at(-1)!);
}

describe('the published nets', () => {
  let nets: readonly Net[];
  before(async () => void (nets = await referenceNets()));
  afterEach(() => tf.disposeVariables());

  it('are those of the list, as their programs are read', () => {
    assert.equal(readFileSync(join(root, 'src/features/compare/nets.json'), 'utf8'), netsAsText(), 'run `npm run nets`');
    assert.deepEqual(
      nets.map(({ id }) => id),
      NETS.map(({ id }) => id),
    );
  });

  for (const { id, title, program, create } of NETS) {
    it(`${title} is what TensorFlow.js builds`, async () => {
      const net = nets.find((one) => one.id === id)!;
      const program_ = (await import(join(root, program))) as Record<string, () => tf.LayersModel>;
      const model = withZeros(program_[create]!);
      const { totalParams, trainableParams, inputs, outputs, layers } = built(model);
      assert.deepEqual(
        { totalParams: net.totalParams, trainableParams: net.trainableParams, inputs: net.inputs, outputs: net.outputs },
        { totalParams, trainableParams, inputs, outputs },
      );
      assert.deepEqual(
        net.layers.map((layer) => layer.slice(0, 6)),
        layers,
      );
      assert.equal(net.depth, depthOf(model));
      assert.equal(
        net.macs,
        layers.reduce((sum, layer) => sum + (layer[5] as number), 0),
      );
    });
  }

  for (const [id, { totalParams, trainableParams, layers }] of Object.entries(canon)) {
    it(`${id} is what others counted`, () => {
      const net = nets.find((one) => one.id === id)!;
      assert.deepEqual([net.totalParams, net.trainableParams], [totalParams, trainableParams]);
      const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
      const ours = net.layers.filter(([, className]) => className !== 'LocalResponseNormalization');
      assert.deepEqual(sorted(ours.map(([, className, output, params]) => [className, output, params])), sorted(layers));
    });
  }

  it('are as deep as they are called, by layers with weights', () => {
    const depths = Object.fromEntries(nets.map(({ id, depth }) => [id, depth]));
    for (const { id, depth } of nets) {
      const [, called] = /^(?:vgg|resnet|plain)(\d+)/.exec(id) ?? [];
      if (called !== undefined) assert.equal(depth, Number(called), id);
    }
    // As the lecture has them.
    assert.deepEqual([depths['alexnet'], depths['zfnet'], depths['googlenet']], [8, 8, 22]);
  });

  it('shrink as the lecture shows', () => {
    const sizes = Object.fromEntries(nets.map((net) => [net.id, net.sizes.join(' → ')]));
    assert.equal(sizes['vgg16'], '224 → 112 → 56 → 28 → 14 → 7');
    assert.equal(sizes['resnet34'], '224 → 112 → 56 → 28 → 14 → 7');
    assert.equal(sizes['alexnet'], '227 → 55 → 27 → 13 → 6');
  });

  it('have the top-5 errors of the competition, only where there was an entry', () => {
    assert.deepEqual(
      nets.flatMap(({ id, top5Error }) => (top5Error === undefined ? [] : [[id, top5Error]])),
      [
        ['alexnet', 15.4],
        ['zfnet', 14.8],
        ['vgg16', 7.3],
        ['vgg19', 7.3],
        ['googlenet', 6.7],
        ['resnet152', 3.6],
      ],
    );
  });

  it('are compared by what is known of them', () => {
    const compared = comparedNet(nets.find(({ id }) => id === 'alexnet')!);
    assert.equal(compared.about, 'Krizhevsky, Sutskever and Hinton, 2012');
    assert.deepEqual(compared.layers[0]?.output, [null, 55, 55, 96]);
  });
});
