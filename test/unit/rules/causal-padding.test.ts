import assert from 'node:assert/strict';
import { predictOnes, ruleTest, sequential } from './ruleTest';

ruleTest('causal-padding', [
  {
    name: 'a conv1d',
    wrong: sequential("conv1d({ filters: 2, kernelSize: 3, padding: 'causal', inputShape: [9, 3] })"),
    at: "padding: 'causal'",
    severity: 'error',
    says: /not implemented/,
    harm: (create) => void assert.throws(() => predictOnes(create()), /CAUSAL padding mode .* is not implemented/),
    twin: sequential("conv1d({ filters: 2, kernelSize: 3, padding: 'same', inputShape: [9, 3] })"),
  },
  {
    name: 'a pool',
    wrong: sequential("maxPooling1d({ poolSize: 3, strides: 1, padding: 'causal' as never, inputShape: [9, 3] })"),
    at: "padding: 'causal' as never",
    severity: 'warning',
    says: /takes 'causal' for 'valid'/,
    harm: (create) => assert.deepEqual(predictOnes(create()).shape, [1, 7, 3]),
    twin: sequential("maxPooling1d({ poolSize: 3, strides: 1, padding: 'same', inputShape: [9, 3] })"),
  },
]);
