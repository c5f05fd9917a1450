import assert from 'node:assert/strict';
import { predictOnes, ruleTest, sequential } from './ruleTest';

ruleTest('unread-input', [
  {
    name: 'a stride that does not fit',
    wrong: sequential("conv2d({ filters: 1, kernelSize: 3, strides: 3, kernelInitializer: 'ones', inputShape: [7, 7, 1] })"),
    at: 'strides: 3',
    severity: 'hint',
    says: /last 1 of the 7 rows: \(7 - 3\)\/3 \+ 1 is no whole number and is rounded down to 2; the last 1 of the 7 columns/,
    // 2×2 windows of 3×3 see 36 of the 49 ones.
    harm: (create) => assert.equal(predictOnes(create()).sum().dataSync()[0], 36),
    twin: sequential("conv2d({ filters: 1, kernelSize: 3, strides: 2, kernelInitializer: 'ones', inputShape: [7, 7, 1] })"),
  },
]);
