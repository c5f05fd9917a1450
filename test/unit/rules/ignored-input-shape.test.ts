import assert from 'node:assert/strict';
import { functional, ruleTest, sequential } from './ruleTest';

ruleTest('ignored-input-shape', [
  {
    name: 'a later layer of a Sequential',
    wrong: sequential('dense({ units: 3, inputShape: [4] })', 'dense({ units: 2, inputShape: [9] })'),
    at: 'inputShape: [9]',
    severity: 'warning',
    says: /applied to \[null, 3\], and \[null, 9\] is stated/,
    // A kernel of 3×2 where 9×2 was stated.
    harm: (create) => assert.deepEqual(create().layers[1]!.getWeights()[0]!.shape, [3, 2]),
    twin: sequential('dense({ units: 9, inputShape: [4] })', 'dense({ units: 2, inputShape: [9] })'),
  },
  {
    name: 'a layer that is applied to a tensor',
    wrong: functional('[4]', 'dense({ units: 2, inputShape: [9] })'),
    at: 'inputShape: [9]',
    severity: 'warning',
    says: /\[null, 9\] is stated/,
    harm: (create) => assert.deepEqual(create().getWeights()[0]!.shape, [4, 2]),
    twin: functional('[9]', 'dense({ units: 2, inputShape: [9] })'),
  },
]);
