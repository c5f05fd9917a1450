import assert from 'node:assert/strict';
import { predictOnes, ruleTest, sequential } from './ruleTest';

const throwing = (create: () => Parameters<typeof predictOnes>[0]): void =>
  void assert.throws(() => predictOnes(create()), /[Ee]ither strides? or dilations? must be 1/);

ruleTest(
  'strides-and-dilation',
  [
    ['conv2d', '[9, 9, 3]'],
    ['conv1d', '[9, 3]'],
    ['separableConv2d', '[9, 9, 3]'],
    ['conv3d', '[9, 9, 9, 1]'],
  ].map(([factory, shape]) => ({
    name: factory!,
    wrong: sequential(
      `${factory}({ filters: 2, kernelSize: 3, strides: 2, dilationRate: ${factory === 'conv3d' ? '[2, 2, 2] as never' : '2'}, inputShape: ${shape} })`,
    ),
    at: factory === 'conv3d' ? 'dilationRate: [2, 2, 2] as never' : 'dilationRate: 2',
    severity: 'error' as const,
    says: /either strides or dilations must be 1/,
    harm: throwing,
    twin: sequential(`${factory}({ filters: 2, kernelSize: 3, strides: 2, inputShape: ${shape} })`),
  })),
);
