import assert from 'node:assert/strict';
import { functional, predictOnes, ruleTest, sequential } from './ruleTest';

const biasOnly = (model: Parameters<typeof predictOnes>[0]): void => {
  // All kernels are ones: what comes out would be no 0 if anything were read.
  assert.ok(
    predictOnes(model)
      .dataSync()
      .every((value) => value === 0),
  );
};

ruleTest('empty-output', [
  {
    name: 'a pooling window larger than its input',
    wrong: sequential(
      'maxPooling2d({ poolSize: 9, inputShape: [4, 4, 1] })',
      'flatten()',
      "dense({ units: 2, kernelInitializer: 'ones' })",
    ),
    at: 'poolSize: 9',
    severity: 'warning',
    says: /\[null, 0, 0, 1\]: the window of 9 is larger than the input's 4 rows/,
    harm: (create) => biasOnly(create()),
    twin: sequential('maxPooling2d({ poolSize: 4, inputShape: [4, 4, 1] })', 'flatten()', "dense({ units: 2, kernelInitializer: 'ones' })"),
  },
  {
    name: 'a functional convolution with a kernel larger than its input',
    wrong: functional('[4, 4, 1]', "conv2d({ filters: 2, kernelSize: 9, kernelInitializer: 'ones' })", 'globalAveragePooling2d({})'),
    at: 'kernelSize: 9',
    severity: 'warning',
    says: /\[null, -4, -4, 2\]/,
    harm: (create) => biasOnly(create()),
    twin: functional('[4, 4, 1]', "conv2d({ filters: 2, kernelSize: 4, kernelInitializer: 'ones' })", 'globalAveragePooling2d({})'),
  },
  {
    name: 'a convolution whose output is exactly 0, and a pool of it',
    wrong: sequential(
      'conv2d({ filters: 2, kernelSize: 5, inputShape: [4, 4, 1] })',
      'maxPooling2d({ poolSize: 1 })',
      'flatten()',
      'dense({ units: 2 })',
    ),
    at: 'kernelSize: 5',
    severity: 'warning',
    says: /\[null, 0, 0, 2\]/,
    harm: (create) => biasOnly(create()),
    twin: sequential(
      "conv2d({ filters: 2, kernelSize: 4, kernelInitializer: 'ones', inputShape: [4, 4, 1] })",
      'flatten()',
      "dense({ units: 2, kernelInitializer: 'ones' })",
    ),
  },
]);
