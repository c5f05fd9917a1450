import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { ACTIVATIONS, activationFormula } from '../../../src/features/activations';
import { hoverAt } from '../../../src/features/hover';
import { fillingOf } from '../../../src/features/initializers';
import { weightShape } from '../../../src/features/weightShapes';
import type { PlainObject } from '../../../src/model/plain';
import { evaluateFormula } from '../../support/formula';
import { HEAD, readSource } from '../../support/readSource';

tf.env().set('IS_TEST', true);

describe('formulas of activations', () => {
  const x = [-3, -1, -0.5, 0.25, 1.5, 7];
  for (const name of ACTIVATIONS)
    it(`${name} is what TensorFlow.js computes`, () => {
      const layer = tf.layers.activation({ activation: name as 'relu', inputShape: [x.length] });
      const real = tf.tidy(() => [...(layer.apply(tf.tensor2d([x])) as tf.Tensor).dataSync()]);
      const told = evaluateFormula(activationFormula(name) ?? '', { x });
      assert.ok(Array.isArray(told));
      told.forEach((value, i) =>
        assert.ok(Math.abs(Number(value) - (real[i] ?? NaN)) < 1e-5, `${name}(${x[i]}): ${value}, not ${real[i]}`),
      );
    });

  it('are none for other names', () => {
    for (const name of ['geluNew', 'leakyRelu', 'toString']) assert.equal(activationFormula(name), undefined);
  });
});

const deviation = (values: ArrayLike<number>): number => {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
};

describe('initializers', () => {
  const made: Readonly<Record<string, () => ReturnType<typeof tf.initializers.heNormal>>> = {
    glorotNormal: () => tf.initializers.glorotNormal({ seed: 1 }),
    glorotUniform: () => tf.initializers.glorotUniform({ seed: 1 }),
    heNormal: () => tf.initializers.heNormal({ seed: 1 }),
    heUniform: () => tf.initializers.heUniform({ seed: 1 }),
    leCunNormal: () => tf.initializers.leCunNormal({ seed: 1 }),
    leCunUniform: () => tf.initializers.leCunUniform({ seed: 1 }),
    fanOut: () => tf.initializers.varianceScaling({ scale: 3, mode: 'fanOut', distribution: 'normal', seed: 1 }),
    randomNormal: () => tf.initializers.randomNormal({ seed: 1 }),
    randomUniform: () => tf.initializers.randomUniform({ minval: -0.1, maxval: 0.3, seed: 1 }),
    truncatedNormal: () => tf.initializers.truncatedNormal({ stddev: 0.2, seed: 1 }),
  };
  for (const [name, make] of Object.entries(made))
    it(`${name} spreads as told`, () => {
      const shape = [3, 3, 24, 48];
      const initializer = make();
      const real = tf.tidy(() => initializer.apply(shape, 'float32').dataSync());
      const told = fillingOf({ className: initializer.getClassName(), config: initializer.getConfig() as PlainObject }, shape);
      assert.ok(told?.deviation !== undefined, name);
      // 10,368 samples: the deviation of a sample's deviation is under 0.7 %.
      assert.ok(Math.abs(deviation(real) / told.deviation - 1) < 0.03, `${told.text}: ${told.deviation}, drawn ${deviation(real)}`);
    });

  /** Layers with each option that fills a kernel, and what they are applied to. */
  const layers: readonly (readonly [
    factory: keyof typeof tf.layers,
    options: object,
    input: readonly number[],
    option: string,
    weight: RegExp,
  ])[] = [
    ['dense', { units: 5 }, [7], 'kernelInitializer', /kernel/],
    ['conv1d', { filters: 4, kernelSize: 3 }, [9, 2], 'kernelInitializer', /kernel/],
    ['conv2d', { filters: 4, kernelSize: [3, 2] }, [9, 9, 2], 'kernelInitializer', /kernel/],
    ['conv2d', { filters: 4, kernelSize: 3, dataFormat: 'channelsFirst' }, [2, 9, 9], 'kernelInitializer', /kernel/],
    ['conv3d', { filters: 4, kernelSize: 2 }, [5, 5, 5, 3], 'kernelInitializer', /kernel/],
    ['conv2dTranspose', { filters: 4, kernelSize: 3 }, [9, 9, 2], 'kernelInitializer', /kernel/],
    ['depthwiseConv2d', { kernelSize: 3, depthMultiplier: 2 }, [9, 9, 3], 'depthwiseInitializer', /depthwise/],
    ['simpleRNN', { units: 3 }, [4, 2], 'kernelInitializer', /(?<!recurrent_)kernel/],
    ['gru', { units: 3 }, [4, 2], 'recurrentInitializer', /recurrent_kernel/],
    ['lstm', { units: 3 }, [4, 2], 'kernelInitializer', /(?<!recurrent_)kernel/],
    ['embedding', { inputDim: 9, outputDim: 4 }, [5], 'embeddingsInitializer', /embeddings/],
  ];
  for (const [factory, options, input, option, weight] of layers)
    it(`of ${factory} fill a weight of the shape that ${option} is told for`, () => {
      const make = tf.layers[factory] as (args: object) => tf.layers.Layer;
      const layer = make({ ...options, inputShape: input });
      const model = tf.sequential({ layers: [layer] });
      const real = model.layers[0]?.weights.find(({ name }) => weight.test(name))?.shape;
      const config = layer.getConfig() as PlainObject;
      assert.deepEqual(weightShape(layer.getClassName(), option, config, [null, ...input]), real);
      model.dispose();
    });
});

describe('hover of options about weights', () => {
  const source = `${HEAD}const model = tf.sequential({ layers: [
  tf.layers.conv2d({ filters: 96, kernelSize: 11, strides: 4, inputShape: [227, 227, 3], activation: 'relu',
    kernelInitializer: 'heNormal', kernelRegularizer: tf.regularizers.l2({ l2: 0.0005 }), biasInitializer: 'zeros' }),
  tf.layers.conv2d({ filters: 8, kernelSize: 3, kernelInitializer: tf.initializers.glorotUniform({}) }),
  tf.layers.flatten(),
  tf.layers.dense({ units: 4, activation: 'softmax', biasRegularizer: 'l1l2' }),
] });\n`;
  const reading = readSource(source);
  const linesAt = (word: string): readonly string[] =>
    hoverAt(reading, source, source.indexOf(word) + 1)
      ?.markdown.split('\n')
      .slice(1) ?? [];

  it('tells the distribution with the layer’s own fans', () => {
    assert.deepEqual(linesAt("kernelInitializer: 'heNormal'").slice(0, 2), [
      'begins  normal, σ = √(2/363) = 0.07423, cut at ±2σ; deviation 0.06529',
      '        kernel 11×11×3×96: fan in 363, fan out 11616',
    ]);
    assert.equal(linesAt('kernelInitializer: tf.init')[0], 'begins  uniform within ±√(3/((864 + 72)/2)) = 0.08006; deviation 0.04623');
    assert.equal(linesAt('biasInitializer')[0], 'begins  all 0');
  });

  it('tells penalties and activations as formulas', () => {
    assert.equal(linesAt('kernelRegularizer')[0], 'penalty 0.0005*Σw²   added to the loss while training');
    assert.equal(linesAt('biasRegularizer')[0], 'penalty 0.01*Σ|w| + 0.01*Σw²   added to the loss while training');
    assert.equal(linesAt("activation: 'relu'")[0], 'formula relu(x) = max(0, x)');
    assert.equal(linesAt("activation: 'softmax'")[0], 'formula softmax(x) = exp(x)/Σexp(x)');
  });
});
