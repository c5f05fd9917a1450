import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { createAlexNet, LocalResponseNormalization } from '../../../examples/alexnet';
import { createLeNet } from '../../../examples/lenet5';
import { createResNet34 } from '../../../examples/resnet34';
import { createVGG16 } from '../../../examples/vgg16';
import { sizeOf, withZeros } from '../../support/zeroWeights';

/** What TensorFlow.js 4.22 counted for programs that others wrote after the papers. */
interface Canon {
  readonly totalParams: number;
  readonly trainableParams: number;
  readonly nonTrainableParams: number;
  readonly inputShape: tf.Shape;
  readonly outputShape: tf.Shape;
  readonly layers: readonly { className: string; name: string; outputShape: tf.Shape; params: number; trainableParams: number }[];
}

const canon = JSON.parse(readFileSync(join(__dirname, '../../fixtures/canon.json'), 'utf8')) as Record<string, Canon>;

tf.env().set('IS_TEST', true);

const describeModel = (model: tf.LayersModel): Canon => {
  const trainableParams = sizeOf(model.trainableWeights);
  const nonTrainableParams = sizeOf(model.nonTrainableWeights);
  return {
    totalParams: model.countParams(),
    trainableParams,
    nonTrainableParams,
    inputShape: model.inputs[0]!.shape,
    outputShape: model.outputs[0]!.shape,
    // In the order in which the source makes them; `model.layers` goes by depth.
    layers: [...model.layers]
      .sort((a, b) => a.id - b.id)
      .map((layer) => ({
        className: layer.getClassName(),
        name: layer.name,
        outputShape: layer.outputShape as tf.Shape,
        params: layer.countParams(),
        trainableParams: sizeOf(layer.trainableWeights),
      })),
  };
};

/** The same layer in different hands: names differ in case and wording. */
const unnamed = (model: Canon): unknown => ({ ...model, layers: model.layers.map(({ name: _, ...layer }) => layer) });

const builders: Record<string, () => tf.LayersModel> = {
  lenet5: createLeNet,
  alexnet: createAlexNet,
  vgg16: createVGG16,
  resnet34: createResNet34,
};

describe('the examples, really executed', () => {
  afterEach(() => tf.disposeVariables());

  for (const [name, create] of Object.entries(builders)) {
    it(`${name} has every layer, shape and count of the canon`, () => {
      const made = describeModel(withZeros(create));
      // The canon's AlexNet leaves its two normalisations out; they change neither shapes nor counts.
      const layers = made.layers.filter(({ className }) => className !== 'LocalResponseNormalization');
      assert.equal(made.layers.length - layers.length, name === 'alexnet' ? 2 : 0);
      assert.deepEqual(unnamed({ ...made, layers }), unnamed(canon[name]!));
    });
  }

  it('LeNet-5 turns a picture into probabilities', () => {
    const answer = tf.tidy(() => (createLeNet().predict(tf.zeros([2, 32, 32, 1])) as tf.Tensor).arraySync() as number[][]);
    assert.deepEqual(
      answer.map((row) => row.length),
      [10, 10],
    );
    for (const row of answer) assert.ok(Math.abs(row.reduce((a, b) => a + b) - 1) < 1e-5);
  });

  it("AlexNet's normalisation is the paper's formula", () => {
    const x = tf.randomNormal([1, 2, 3, 8], 0, 100, 'float32', 7);
    const pixels = tf.unstack(x.reshape([6, 8])).map((pixel) => pixel.arraySync() as number[]);
    const expected = pixels.flatMap((pixel) =>
      pixel.map((value, channel) => {
        const energy = pixel.slice(Math.max(0, channel - 2), channel + 3).reduce((sum, other) => sum + other * other, 0);
        return value / (2 + 1e-4 * energy) ** 0.75;
      }),
    );
    const output = new LocalResponseNormalization().apply(x) as tf.Tensor;
    tf.test_util.expectArraysClose(output.dataSync(), expected, 1e-3);
  });

  it("AlexNet's normalisation survives being saved", async () => {
    const model = tf.sequential({
      layers: [tf.layers.zeroPadding2d({ inputShape: [4, 4, 8] }), new LocalResponseNormalization({ beta: 0.5 })],
    });
    const copy = await tf.models.modelFromJSON(model.toJSON(null, false) as unknown as tf.io.ModelJSON['modelTopology']);
    const { depthRadius, bias, alpha, beta } = copy.layers[1]!.getConfig();
    assert.deepEqual({ depthRadius, bias, alpha, beta }, { depthRadius: 2, bias: 2, alpha: 1e-4, beta: 0.5 });
  });
});
