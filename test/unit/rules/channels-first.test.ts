import assert from 'node:assert/strict';
import { predictOnes, ruleTest, sequential } from './ruleTest';

ruleTest('channels-first', [
  {
    name: 'a conv1d',
    wrong: sequential("conv1d({ filters: 2, kernelSize: 3, dataFormat: 'channelsFirst', inputShape: [3, 9] })"),
    at: "dataFormat: 'channelsFirst'",
    severity: 'warning',
    says: /declared output is \[null, 2, 7\], and what comes out is \[null, 7, 2\]/,
    harm: (create) => {
      const model = create();
      assert.deepEqual(model.outputShape, [null, 2, 7]);
      assert.deepEqual(predictOnes(model).shape, [1, 7, 2]);
    },
    twin: sequential("conv1d({ filters: 2, kernelSize: 3, dataFormat: 'channelsLast', inputShape: [9, 3] })"),
  },
  {
    name: 'a separableConv2d',
    wrong: sequential("separableConv2d({ filters: 2, kernelSize: 3, dataFormat: 'channelsFirst', inputShape: [3, 9, 9] })"),
    at: "dataFormat: 'channelsFirst'",
    severity: 'error',
    says: /throws/,
    harm: (create) => void assert.throws(() => predictOnes(create()), /could not be broadcast/),
    twin: sequential('separableConv2d({ filters: 2, kernelSize: 3, inputShape: [9, 9, 3] })'),
  },
]);
