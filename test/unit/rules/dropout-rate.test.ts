import assert from 'node:assert/strict';
import type * as tf from '@tensorflow/tfjs';
import { ruleTest, sequential } from './ruleTest';

/** What is left of ones in training. */
const kept = (model: tf.LayersModel): Float32Array => {
  const [layer] = model.layers;
  const ones = model.layers[1]!.getWeights()[0]!.onesLike();
  return (layer!.apply(ones, { training: true }) as tf.Tensor).dataSync<'float32'>();
};

const dropsNothing = (create: () => tf.LayersModel): void => assert.ok(kept(create()).every((value) => value === 1));
const behind = (layer: string): string => sequential(layer, 'dense({ units: 40, useBias: false })');

ruleTest('dropout-rate', [
  {
    name: 'a percentage',
    wrong: behind('dropout({ rate: 50, inputShape: [40] })'),
    at: 'rate: 50',
    severity: 'warning',
    says: /drops nothing.* 50 % is 0\.5\./,
    harm: dropsNothing,
    twin: behind('dropout({ rate: 0.5, inputShape: [40] })'),
  },
  {
    name: 'all of it',
    wrong: behind('dropout({ rate: 1, inputShape: [40] })'),
    at: 'rate: 1',
    severity: 'warning',
    says: /not including 1/,
    harm: dropsNothing,
    twin: behind('dropout({ rate: 0.9, inputShape: [40] })'),
  },
  {
    name: 'noise by a percentage',
    wrong: behind('gaussianDropout({ rate: 30, inputShape: [40] })'),
    at: 'rate: 30',
    severity: 'warning',
    says: /30 % is 0\.3/,
    harm: dropsNothing,
    twin: behind('gaussianDropout({ rate: 0.3, inputShape: [40] })'),
  },
]);
