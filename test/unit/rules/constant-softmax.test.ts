import assert from 'node:assert/strict';
import { predictOnes, ruleTest, sequential } from './ruleTest';

const isOne = (model: Parameters<typeof predictOnes>[0]): void =>
  assert.ok(
    predictOnes(model)
      .dataSync()
      .every((value) => value === 1),
  );

ruleTest('constant-softmax', [
  {
    name: 'a dense layer of one unit',
    wrong: sequential("dense({ units: 1, activation: 'softmax', inputShape: [4] })"),
    at: "activation: 'softmax'",
    severity: 'warning',
    says: /always 1/,
    harm: (create) => isOne(create()),
    twin: sequential("dense({ units: 1, activation: 'sigmoid', inputShape: [4] })"),
  },
  {
    name: 'an activation of its own',
    wrong: sequential('dense({ units: 1, inputShape: [4] })', "activation({ activation: 'softmax' })"),
    at: "activation: 'softmax'",
    severity: 'warning',
    says: /sigmoid/,
    harm: (create) => isOne(create()),
    twin: sequential('dense({ units: 2, inputShape: [4] })', "activation({ activation: 'softmax' })"),
  },
  {
    name: 'a softmax layer',
    wrong: sequential('dense({ units: 1, inputShape: [4] })', 'softmax()'),
    at: 'softmax',
    severity: 'warning',
    says: /always 1/,
    harm: (create) => isOne(create()),
    twin: sequential('dense({ units: 3, inputShape: [4] })', 'softmax()'),
  },
]);
