import assert from 'node:assert/strict';
import { ruleTest, sequential } from './ruleTest';

ruleTest('dense-on-maps', [
  {
    name: 'a forgotten flatten',
    wrong: sequential("dense({ units: 10, activation: 'softmax', inputShape: [4, 4, 3] })"),
    at: 'dense',
    severity: 'hint',
    says: /each place of \[null, 4, 4, 3\] by itself, and gives \[null, 4, 4, 10\]/,
    // An answer for each of the 16 places.
    harm: (create) => assert.deepEqual(create().outputShape, [null, 4, 4, 10]),
    twin: sequential('flatten({ inputShape: [4, 4, 3] })', "dense({ units: 10, activation: 'softmax' })"),
  },
]);
