import assert from 'node:assert/strict';
import { fitOnes, trained } from './fit';
import { problemsIn, ruleTest, sequential } from './ruleTest';

const twin = trained('dense({ units: 3, inputShape: [4] })', 'batchNormalization()');

ruleTest(
  'batch-norm-in-fit',
  ['scale', 'center'].map((option) => ({
    name: option,
    wrong: trained('dense({ units: 3, inputShape: [4] })', `batchNormalization({ ${option}: false })`),
    at: `${option}: false`,
    severity: 'error' as const,
    says: /Training throws/,
    harm: (create) => assert.rejects(fitOnes(create()), /Cannot read properties of undefined/),
    twin,
  })),
);

describe('batch-norm-in-fit', () => {
  it('says nothing of a model that is not trained', () => {
    assert.deepEqual(problemsIn(sequential('batchNormalization({ scale: false, inputShape: [4] })')), []);
  });
});
