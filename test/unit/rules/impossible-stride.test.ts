import assert from 'node:assert/strict';
import { predictOnes, ruleTest, sequential } from './ruleTest';

ruleTest('impossible-stride', [
  {
    name: 'a stride of 0',
    wrong: sequential('conv2d({ filters: 2, kernelSize: 3, strides: 0, inputShape: [9, 9, 3] })'),
    at: 'strides: 0',
    severity: 'warning',
    says: /0 is none/,
    harm: (create) => void assert.throws(() => predictOnes(create()), /Invalid typed array length: Infinity/),
    twin: sequential('conv2d({ filters: 2, kernelSize: 3, strides: 1, inputShape: [9, 9, 3] })'),
  },
  {
    name: 'a stride of a half',
    wrong: sequential('conv2d({ filters: 2, kernelSize: 3, strides: 0.5, inputShape: [9, 9, 3] })'),
    at: 'strides: 0.5',
    severity: 'warning',
    says: /0\.5 is none/,
    harm: (create) => assert.ok(predictOnes(create()).dataSync().some(Number.isNaN)),
    twin: sequential('upSampling2d({ size: [2, 2], inputShape: [9, 9, 3] })', 'conv2d({ filters: 2, kernelSize: 3 })'),
  },
  {
    name: 'a dilation of 0',
    wrong: sequential('conv2d({ filters: 2, kernelSize: 3, dilationRate: 0, inputShape: [9, 9, 3] })'),
    at: 'dilationRate: 0',
    severity: 'warning',
    says: /wrong size/,
    harm: (create) => {
      const model = create();
      assert.notDeepEqual(predictOnes(model).shape.slice(1), (model.outputShape as readonly number[]).slice(1));
    },
    twin: sequential('conv2d({ filters: 2, kernelSize: 3, dilationRate: 1, inputShape: [9, 9, 3] })'),
  },
]);
