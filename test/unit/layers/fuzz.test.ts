import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyLayer } from '../../../src/layers/apply';
import { factoryNames } from '../../../src/layers/factories';
import { isRefused, type ConcreteShape, type SpecValue } from '../../../src/layers/spec';
import { layer } from './cases';
import { comparable, normal, realApply, withoutCount } from './real';

const keys = [
  ...[
    'units',
    'filters',
    'kernelSize',
    'strides',
    'padding',
    'dataFormat',
    'dilationRate',
    'activation',
    'useBias',
    'poolSize',
    'size',
    'axis',
  ],
  ...['kernelInitializer', 'biasInitializer', 'recurrentInitializer', 'rate', 'dims', 'targetShape', 'n', 'inputDim', 'outputDim', 'axes'],
  ...[
    'returnSequences',
    'returnState',
    'stateful',
    'mergeMode',
    'layer',
    'cell',
    'cells',
    'depthMultiplier',
    'cropping',
    'sharedAxes',
    'height',
  ],
  ...[
    'width',
    'numTokens',
    'outputMode',
    'inputShape',
    'batchInputShape',
    'trainable',
    'dtype',
    'inputLength',
    'scale',
    'center',
    'factor',
  ],
  ...['unitForgetBias', 'interpolation', 'implementation', 'alphaInitializer', 'kernelRegularizer', '__proto__', 'constructor'],
];

const scalars = fc.constantFrom<SpecValue>(
  ...[1, 2, 3, 4, 5, 8, 0, -1, -2, 0.5, NaN, Infinity, null, undefined, true, false, '', '3', 'same', 'valid', 'causal', 'channelsFirst'],
  ...[
    'channelsLast',
    'relu',
    'softmax',
    'zeros',
    'identity',
    'orthogonal',
    'glorotUniform',
    'l2',
    'concat',
    'sum',
    'oneHot',
    'constructor',
  ],
);

const inner = fc.constantFrom<SpecValue>(
  layer('dense', { units: 3, name: 'inner' }),
  layer('lstm', { units: 2, name: 'inner' }),
  layer('gru', { units: 2, returnSequences: true, name: 'inner' }),
  layer('simpleRNNCell', { units: 2, name: 'inner' }),
  layer('conv2d', { filters: 2, kernelSize: 2, name: 'inner' }),
);

const values: fc.Arbitrary<SpecValue> = fc.oneof(
  { weight: 6, arbitrary: scalars },
  { weight: 3, arbitrary: fc.array(scalars, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.array(fc.array(scalars, { maxLength: 2 }), { maxLength: 2 }) },
  { weight: 1, arbitrary: fc.constant({ $tf: 'initializers.randomUniform', args: [{ minval: 0, maxval: 1 }] }) },
);

/** Layers stand only where layers are taken: elsewhere TensorFlow.js prints them whole, with the ids of its own counter. */
const wrapped = fc.record(
  { layer: inner, cell: fc.oneof(inner, fc.array(inner, { maxLength: 2 })), cells: fc.array(inner, { maxLength: 2 }) },
  { requiredKeys: [] },
);

/** Options enough for most factories, so that chance also reaches what lies behind the first check. */
const base = {
  name: 'it',
  units: 3,
  filters: 2,
  kernelSize: 2,
  rate: 0.5,
  n: 2,
  dims: [2, 1],
  targetShape: [-1],
  inputDim: 5,
  outputDim: 2,
  axes: 1,
  numTokens: 3,
};

const options = fc
  .tuple(fc.dictionary(fc.constantFrom(...keys), values, { maxKeys: 3 }), wrapped)
  .map(([some, layers]): SpecValue => ({ ...base, ...some, ...layers }));
const shape: fc.Arbitrary<ConcreteShape> = fc
  .tuple(fc.constantFrom(null, 2), fc.array(fc.constantFrom<number | null>(null, 1, 2, 5, 7, 8), { maxLength: 4 }))
  .map(([batch, rest]) => [batch, ...rest]);

describe('options by chance', () => {
  it('get the answer of TensorFlow.js itself, from every factory', function () {
    this.timeout(120_000);
    const inputs = fc.oneof({ weight: 4, arbitrary: fc.tuple(shape) }, { weight: 1, arbitrary: fc.tuple(shape, shape) });
    const answered = { made: 0, refused: 0, limits: 0 };
    fc.assert(
      fc.property(fc.constantFrom(...factoryNames().filter((name) => name !== 'input')), options, inputs, (factory, given, shapes) => {
        const real = realApply(layer(factory, given), shapes);
        const ours = applyLayer(layer(factory, given), shapes);
        if (isRefused(ours) && ours.limit) {
          // Nonsense that TensorFlow.js lets through, now and then: text or lists where sizes belong, an activation that
          // initialises; and weights of text or truth values.
          answered.limits++;
        } else if (isRefused(ours)) {
          assert.deepEqual(withoutCount(ours.error), withoutCount(real.error ?? ''));
          answered.refused++;
        } else {
          assert.equal(real.error, undefined);
          assert.deepEqual(withoutCount(comparable(ours)), withoutCount(normal(real.value)));
          answered.made++;
        }
      }),
      { seed: 20_15, numRuns: 1500 },
    );
    assert.ok(answered.made > 300 && answered.refused > 300 && answered.limits < 60, JSON.stringify(answered));
  });
});
