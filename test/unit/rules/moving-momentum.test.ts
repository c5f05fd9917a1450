import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs';
import { ruleTest, sequential } from './ruleTest';

/** The moving means after five batches of data whose mean is 0 lie beyond a thousand. */
const runsAway = async (create: () => tf.LayersModel): Promise<void> => {
  const model = create();
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  // Any tensor of the program's own library will do; a weight gives one.
  const some = model.getWeights()[0]!;
  const x = some
    .reshape([1, 3])
    .mul([1, 2, 3])
    .concat(some.reshape([1, 3]).mul([-1, -2, -2]), 0);
  await model.fit(x, x, { epochs: 5, verbose: 0 });
  const [mean] = model.layers[0]!.getWeights().slice(2);
  assert.ok(mean!.abs().max().dataSync()[0]! > 1_000);
};

ruleTest('moving-momentum', [
  {
    name: 'a percentage',
    wrong: sequential('batchNormalization({ momentum: 99, inputShape: [3] })'),
    at: 'momentum: 99',
    severity: 'warning',
    says: /99 times what they were, plus -98 times its own\. 99 % is 0\.99\./,
    harm: runsAway,
    twin: sequential('batchNormalization({ momentum: 0.99, inputShape: [3] })'),
  },
]);
