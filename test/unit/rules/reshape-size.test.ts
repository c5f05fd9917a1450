import assert from 'node:assert/strict';
import { predictOnes, ruleTest, sequential } from './ruleTest';

const throwing = (create: () => Parameters<typeof predictOnes>[0]): void =>
  void assert.throws(() => predictOnes(create()), /Total size of new array must be unchanged/);

ruleTest('reshape-size', [
  {
    name: 'another number of values',
    wrong: sequential('reshape({ targetShape: [5, 5], inputShape: [24] })'),
    at: 'targetShape: [5, 5]',
    severity: 'error',
    says: /\[null, 24\] holds 24 values an example, and targetShape asks for 5\*5 = 25/,
    harm: throwing,
    twin: sequential('reshape({ targetShape: [6, 4], inputShape: [24] })'),
  },
  {
    name: 'an open size that nothing fits',
    wrong: sequential('reshape({ targetShape: [-1, 5], inputShape: [24] })'),
    at: 'targetShape: [-1, 5]',
    severity: 'error',
    says: /which 5 does not divide/,
    harm: throwing,
    twin: sequential('reshape({ targetShape: [-1, 6], inputShape: [24] })'),
  },
]);
