import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { defaultOf, optionChanges, settledOptions, showChange } from '../../../../src/features/compare/options';
import type { PlainObject } from '../../../../src/model/plain';

/** As little as each factory takes. */
const LEAST: Readonly<Record<string, () => tf.layers.Layer>> = {
  Dense: () => tf.layers.dense({ units: 3 }),
  Conv1D: () => tf.layers.conv1d({ filters: 3, kernelSize: 2 }),
  Conv2D: () => tf.layers.conv2d({ filters: 3, kernelSize: 2 }),
  Conv3D: () => tf.layers.conv3d({ filters: 3, kernelSize: 2 }),
  Conv2DTranspose: () => tf.layers.conv2dTranspose({ filters: 3, kernelSize: 2 }),
  Conv3DTranspose: () => tf.layers.conv3dTranspose({ filters: 3, kernelSize: 2 }),
  SeparableConv2D: () => tf.layers.separableConv2d({ filters: 3, kernelSize: 2 }),
  DepthwiseConv2D: () => tf.layers.depthwiseConv2d({ kernelSize: 2 }),
  MaxPooling1D: () => tf.layers.maxPooling1d({}),
  MaxPooling2D: () => tf.layers.maxPooling2d({}),
  AveragePooling2D: () => tf.layers.averagePooling2d({}),
  MaxPooling3D: () => tf.layers.maxPooling3d({}),
  ZeroPadding2D: () => tf.layers.zeroPadding2d({}),
  BatchNormalization: () => tf.layers.batchNormalization({}),
  SimpleRNN: () => tf.layers.simpleRNN({ units: 3 }),
  LSTM: () => tf.layers.lstm({ units: 3 }),
  GRU: () => tf.layers.gru({ units: 3 }),
};

/** `VarianceScaling` with these numbers has a name of its own. */
const INITIALIZERS: Readonly<Record<string, string>> = {
  '{"scale":1,"mode":"fanAvg","distribution":"normal","seed":null}': 'glorotNormal',
  '{"scale":1,"mode":"fanAvg","distribution":"uniform","seed":null}': 'glorotUniform',
};

/** As a source would write it: one number for equal ones, names instead of class instances. */
function written(value: unknown): unknown {
  if (Array.isArray(value)) return value.every((entry) => JSON.stringify(entry) === JSON.stringify(value[0])) ? written(value[0]) : value;
  if (typeof value !== 'object' || value === null) return value;
  const { className, config } = value as { className?: string; config?: object };
  if (className === 'VarianceScaling') return INITIALIZERS[JSON.stringify(config)];
  return className === undefined ? value : className[0]!.toLowerCase() + className.slice(1);
}

describe('options of two layers', () => {
  for (const [className, make] of Object.entries(LEAST)) {
    it(`of ${className}: what is taken for one that is not given is what TensorFlow.js takes`, () => {
      const config = make().getConfig();
      const asked = Object.keys(config).filter((key) => defaultOf(className, key) !== undefined);
      assert.ok(asked.length > 0);
      for (const key of asked) assert.deepEqual(defaultOf(className, key), written(config[key]), key);
      const pool = settledOptions(className, {});
      if (/Pooling/.test(className)) assert.deepEqual(pool, { poolSize: written(config['poolSize']), strides: written(config['strides']) });
    });
  }

  it('are the same however they are written', () => {
    const one = { filters: 8, kernelSize: [3, 3], strides: 1, activation: 'linear', name: 'a', inputShape: [4, 4, 1] };
    assert.deepEqual(settledOptions('Conv2D', one), { filters: 8, kernelSize: 3 });
    assert.deepEqual(settledOptions('MaxPooling2D', { poolSize: [3, 3], strides: [2, 2] }), { poolSize: 3, strides: 2 });
    assert.deepEqual(settledOptions('Conv2D', { filters: 8, kernelSize: [3, 5] }), { filters: 8, kernelSize: [3, 5] });
  });

  const said = (left: PlainObject, right: PlainObject, sharesNames = false): string[] =>
    optionChanges(left, right, sharesNames).map((change) => showChange(change, ['Conv2D', 'Conv2D']));

  it('are told where they differ, with the default where one side has none, training last', () => {
    const left = { filters: 8, kernelInitializer: 'heNormal', strides: 2 };
    assert.deepEqual(said(left, { filters: 16, activation: 'relu' }), [
      'activation linear → relu',
      'filters 8 → 16',
      'strides 2 → 1',
      'kernelInitializer heNormal → glorotNormal',
    ]);
    assert.deepEqual(said({ kernelSize: [3, 5] }, { kernelSize: 3, custom: { $tf: 'initializers.heNormal' } }), [
      'custom not set → heNormal',
      'kernelSize [3, 5] → 3',
    ]);
  });

  it('that are open differ unless both are of one program', () => {
    const open = { units: { $unknown: 'n', reason: 'parameter' } };
    assert.deepEqual(said(open, open), ['units n → n']);
    assert.deepEqual(optionChanges(open, open, true), []);
    assert.equal(optionChanges(open, { units: 4 }, true)[0]?.isOpen, true);
  });

  it('are data: they stay short and on one line', () => {
    const long = said({ a: 'x'.repeat(500), b: 'line\nbreak' }, {});
    assert.ok(long.every((text) => text.length < 100 && !text.includes('\n')));
  });
});
