import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { ruleTest } from './ruleTest';

const net = (last: string, loss: string): string => `export const create = () => {
  const model = tf.sequential();
  model.add(tf.layers.dense({ ${last}, inputShape: [3], kernelInitializer: 'identity' }));
  model.compile({ optimizer: 'sgd', loss: '${loss}' });
  return model;
};
`;

const lossOf = (model: tf.LayersModel, scores: readonly number[], target: readonly number[]): number =>
  (model.evaluate(tf.tensor2d([...scores], [1, scores.length]), tf.tensor2d([...target], [1, target.length])) as tf.Scalar).dataSync()[0]!;

ruleTest('loss-on-scores', [
  {
    name: 'scores below 0',
    wrong: net('units: 3', 'categoricalCrossentropy'),
    at: "loss: 'categoricalCrossentropy'",
    severity: 'warning',
    says: /activation: 'softmax'/,
    // The model is right, and the surer it is the larger is its loss.
    harm: (create) => {
      const model = create();
      assert.ok(lossOf(model, [-1, -2, -3], [1, 0, 0]) > lossOf(model, [-2, -2, -3], [1, 0, 0]));
    },
    twin: net("units: 3, activation: 'softmax'", 'categoricalCrossentropy'),
  },
  {
    name: 'a score of two classes',
    wrong: net('units: 3', 'binaryCrossentropy'),
    at: "loss: 'binaryCrossentropy'",
    severity: 'warning',
    says: /activation: 'sigmoid'/,
    // Wrong by a little or by a lot: the same loss, so there is nothing to learn from.
    harm: (create) => {
      const model = create();
      assert.equal(lossOf(model, [-1, -1, -1], [1, 1, 1]), lossOf(model, [-9, -9, -9], [1, 1, 1]));
    },
    twin: net("units: 3, activation: 'sigmoid'", 'binaryCrossentropy'),
  },
]);
