import assert from 'node:assert/strict';
import { fitOnes, trained } from './fit';
import { problemsIn, ruleTest, sequential } from './ruleTest';

const cases = [
  ['conv2d', '[9, 9, 3]'],
  ['conv1d', '[9, 3]'],
  ['separableConv2d', '[9, 9, 3]'],
] as const;

ruleTest(
  'dilation-in-fit',
  cases.map(([factory, shape]) => ({
    name: factory,
    wrong: trained(`${factory}({ filters: 2, kernelSize: 3, dilationRate: 2, inputShape: ${shape} })`),
    at: 'dilationRate: 2',
    severity: 'error' as const,
    says: /no gradient/,
    harm: (create) => assert.rejects(fitOnes(create()), /dilation rates greater than 1 are not yet supported/),
    twin: trained(`${factory}({ filters: 2, kernelSize: 5, inputShape: ${shape} })`),
  })),
);

describe('dilation-in-fit', () => {
  it('says nothing of a model that is not trained', () => {
    assert.deepEqual(problemsIn(sequential('conv2d({ filters: 2, kernelSize: 3, dilationRate: 2, inputShape: [9, 9, 3] })')), []);
  });
});
