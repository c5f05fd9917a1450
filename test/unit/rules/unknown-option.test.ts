import assert from 'node:assert/strict';
import { ruleTest, sequential } from './ruleTest';

ruleTest('unknown-option', [
  {
    name: 'a misspelt option',
    wrong: sequential('conv2d({ filters: 2, kernelSize: 3, stride: 2, inputShape: [9, 9, 3] } as never)').replace('} as never', '}'),
    at: 'stride: 2',
    severity: 'warning',
    says: /ignores 'stride': conv2d has no such option\. Did you mean 'strides'\?/,
    // Stride 1, as if nothing had been written.
    harm: (create) => assert.deepEqual(create().outputShape, [null, 7, 7, 2]),
    twin: sequential('conv2d({ filters: 2, kernelSize: 3, strides: 2, inputShape: [9, 9, 3] })'),
  },
  {
    name: 'an option of another framework',
    wrong: sequential('conv2d({ filters: 6, kernelSize: 3, groups: 3, inputShape: [9, 9, 3] })'),
    at: 'groups: 3',
    severity: 'warning',
    says: /ignores 'groups': conv2d has no such option\.$/,
    // All channels for each filter, not a third of them.
    harm: (create) => assert.equal(create().countParams(), 3 * 3 * 3 * 6 + 6),
    twin: sequential('conv2d({ filters: 6, kernelSize: 3, inputShape: [9, 9, 3] })'),
    well: (create) => assert.equal(create().countParams(), 3 * 3 * 3 * 6 + 6),
  },
  {
    name: 'an option that TensorFlow.js declares and never looks at',
    wrong: sequential("depthwiseConv2d({ kernelSize: 3, kernelInitializer: 'ones', inputShape: [9, 9, 1] })"),
    at: "kernelInitializer: 'ones'",
    severity: 'warning',
    says: /ignores 'kernelInitializer'/,
    harm: (create) =>
      assert.ok(
        create()
          .getWeights()[0]!
          .dataSync()
          .some((value) => value !== 1),
      ),
    twin: sequential("depthwiseConv2d({ kernelSize: 3, depthwiseInitializer: 'ones', inputShape: [9, 9, 1] })"),
  },
]);
