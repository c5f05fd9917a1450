import assert from 'node:assert/strict';
import { predictOnes, ruleTest, sequential } from './ruleTest';

ruleTest('ignored-dilation', [
  {
    name: 'a dilated depthwise convolution',
    wrong: sequential('depthwiseConv2d({ kernelSize: 3, dilationRate: 2, inputShape: [9, 9, 1] })'),
    at: 'dilationRate: 2',
    severity: 'warning',
    says: /ignores the dilationRate/,
    // Dilated by 2 it would be 5×5.
    harm: (create) => assert.deepEqual(predictOnes(create()).shape, [1, 7, 7, 1]),
    twin: sequential('depthwiseConv2d({ kernelSize: 5, inputShape: [9, 9, 1] })'),
  },
]);
