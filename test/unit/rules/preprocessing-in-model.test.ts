import assert from 'node:assert/strict';
import { functional, predictOnes, problemsIn, ruleTest } from './ruleTest';

const throwing =
  (pattern: RegExp) =>
  (create: () => Parameters<typeof predictOnes>[0]): void =>
    void assert.throws(() => predictOnes(create()), pattern);

ruleTest('preprocessing-in-model', [
  {
    name: 'resizing',
    wrong: functional('[8, 8, 3]', 'resizing({ height: 4, width: 4 })'),
    at: 'resizing',
    severity: 'error',
    says: /inside a model a resizing layer takes its list of inputs for a tensor/,
    // Checks of arguments are off in tests of TensorFlow.js itself.
    harm: throwing(/rank 3 or 4|typed array length/),
    twin: functional('[4, 4, 3]', 'flatten()'),
  },
  {
    name: "categoryEncoding of a model's input",
    wrong: functional('[3]', "categoryEncoding({ numTokens: 5, outputMode: 'multiHot' })"),
    at: 'categoryEncoding',
    severity: 'error',
    says: /overwrites the shape of the model's input/,
    harm: (create) => {
      const model = create();
      // The input that was declared for 3 values wants 5.
      assert.deepEqual(model.inputs[0]!.shape, [null, 5]);
    },
    twin: functional('[4]', 'dense({ units: 3 })', "categoryEncoding({ numTokens: 5, outputMode: 'multiHot' })"),
  },
]);

describe('preprocessing-in-model', () => {
  it('says nothing of a layer that is applied to a tensor', () => {
    assert.deepEqual(problemsIn('export const small = tf.layers.resizing({ height: 4, width: 4 }).apply(tf.ones([2, 8, 8, 3]));'), []);
  });
});
