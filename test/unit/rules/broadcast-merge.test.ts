import assert from 'node:assert/strict';
import { predictOnes, ruleTest } from './ruleTest';

const merge = (size: number): string => `export const create = () => {
  const [a, b] = [tf.input({ shape: [4] }), tf.input({ shape: [${size}] })];
  return tf.model({ inputs: [a, b], outputs: tf.layers.add().apply([a, b]) });
};
`;

ruleTest('broadcast-merge', [
  {
    name: 'a value added to a vector',
    wrong: merge(1),
    at: 'add',
    severity: 'hint',
    says: /\[null, 4\] and \[null, 1\] differ/,
    harm: (create) => {
      const model = create();
      assert.notDeepEqual(model.inputs[0]!.shape, model.inputs[1]!.shape);
      assert.deepEqual(predictOnes(model).shape, [1, 4]);
    },
    twin: merge(4),
  },
]);
