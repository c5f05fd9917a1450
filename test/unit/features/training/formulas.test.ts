import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { lossFunction, LOSS_FUNCTIONS, LOSS_NAMES, namedLoss } from '../../../../src/features/training/losses';
import { namedOptimizer, optimizerOf, OPTIMIZER_NAMES, type Optimizer } from '../../../../src/features/training/optimizers';
import { evaluateFormula, runRule, type Names } from '../../../support/formula';

tf.env().set('IS_TEST', true);

const near = (actual: number, expected: number, what: string, tolerance = 2e-5): void =>
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${what}: ${actual}, TensorFlow.js says ${expected}`,
  );

/** The loss that a model of this output reports for one example, as `compile` has it. */
function realLoss(loss: string | ((y: tf.Tensor, p: tf.Tensor) => tf.Tensor), y: readonly number[], p: readonly number[]): number {
  return tf.tidy(() => {
    const model = tf.sequential({ layers: [tf.layers.activation({ activation: 'linear', inputShape: [p.length] })] });
    model.compile({ optimizer: 'sgd', loss });
    const value = model.evaluate(tf.tensor2d([[...p]]), tf.tensor2d([[...y]])) as tf.Scalar;
    return value.dataSync()[0] ?? NaN;
  });
}

/** Labels and predictions that suit each loss, and some that do not. */
const EXAMPLES: Readonly<Record<string, readonly (readonly [y: readonly number[], p: readonly number[]])[]>> = {
  oneHot: [
    [
      [0, 1, 0],
      [0.2, 0.7, 0.1],
    ],
    [
      [1, 0, 0],
      [0.5, 1.5, 0.25],
    ],
    [
      [0, 0, 1],
      [3.2, 5.1, 0.7],
    ],
  ],
  any: [
    [
      [0.5, -1, 2],
      [0.25, 1, 1.5],
    ],
    [
      [1, -1, 1],
      [-0.3, 0.4, 2],
    ],
    [
      [0, 3, -2],
      [4, -1, 0.5],
    ],
  ],
  zeroOne: [
    [
      [0, 1, 1],
      [0.2, 0.7, 0.9],
    ],
    [
      [1, 0, 0],
      [0.01, 0.5, 0.99],
    ],
  ],
  positive: [
    [
      [0.2, 0.3, 0.5],
      [0.1, 0.6, 0.3],
    ],
    [
      [0.9, 0.05, 0.05],
      [0.2, 0.2, 0.6],
    ],
  ],
  number: [
    [[1], [0.2, 0.7, 0.1]],
    [[2], [0.3, 0.3, 0.9]],
  ],
};

const KIND: Readonly<Record<string, string>> = {
  categoricalCrossentropy: 'oneHot',
  softmaxCrossEntropy: 'oneHot',
  binaryCrossentropy: 'zeroOne',
  logLoss: 'zeroOne',
  hingeLoss: 'zeroOne',
  kullbackLeiblerDivergence: 'positive',
  poisson: 'positive',
  sparseCategoricalCrossentropy: 'number',
};

const examplesFor = (name: string): readonly (readonly [readonly number[], readonly number[]])[] => {
  const kind = KIND[name] ?? 'any';
  return EXAMPLES[kind] ?? [];
};

describe('formulas of losses', () => {
  for (const name of LOSS_NAMES)
    it(`${name} is what a model that is compiled with it computes`, () => {
      const formula = namedLoss(name)?.formula ?? '';
      for (const [y, p] of examplesFor(name)) {
        const label = name === 'sparseCategoricalCrossentropy' ? (y[0] ?? 0) : y;
        // The real one normalises what is clipped already; these examples need no clipping.
        near(Number(evaluateFormula(formula, { y: label, p })), realLoss(name, y, p), `${name} of ${JSON.stringify([y, p])}`);
      }
    });

  for (const name of LOSS_FUNCTIONS)
    it(`tf.losses.${name} is what a model that is compiled with it computes`, () => {
      const formula = lossFunction(`losses.${name}`)?.formula ?? '';
      const real = (tf.losses as unknown as Record<string, (y: tf.Tensor, p: tf.Tensor) => tf.Tensor>)[name];
      assert.ok(real, name);
      for (const [y, p] of examplesFor(name))
        near(Number(evaluateFormula(formula, { y, p })), realLoss(real, y, p), `${name} of ${JSON.stringify([y, p])}`);
    });

  it('are all that TensorFlow.js takes by name, and no others', () => {
    for (const name of LOSS_NAMES) for (const [y, p] of examplesFor(name)) assert.doesNotThrow(() => realLoss(name, y, p), name);
    for (const name of ['mse', 'huberLoss', 'softmaxCrossEntropy', 'crossentropy', 'toString']) {
      assert.equal(namedLoss(name), undefined, name);
      if (name !== 'toString') assert.throws(() => realLoss(name, [1], [0.5]), new RegExp(`Unknown loss ${name}`));
    }
  });

  it('follow tf.metrics under its names', () => {
    assert.equal(lossFunction('metrics.mse'), namedLoss('meanSquaredError'));
    assert.equal(lossFunction('metrics.categoricalCrossentropy'), namedLoss('categoricalCrossentropy'));
    assert.equal(lossFunction('metrics.precision'), undefined);
  });

  it('tell categoricalHinge from the sum over all wrong classes', () => {
    const [y, p] = [
      [0, 0, 1],
      [3.2, 5.1, -1.7],
    ];
    const real = realLoss('categoricalHinge', y, p);
    near(real, 7.8, 'TensorFlow.js');
    near(Number(evaluateFormula(namedLoss('categoricalHinge')?.formula ?? '', { y, p })), real, 'the formula');
    const sum = p.slice(0, 2).reduce((all, score) => all + Math.max(0, score - -1.7 + 1), 0);
    near(sum, 13.7, 'the multi-class hinge');
    assert.match(namedLoss('categoricalHinge')?.note ?? '', /not the sum over all wrong ones/);
    assert.equal(
      namedLoss('categoricalHinge')?.example,
      `scores ${p.join(', ')}, the third is right: ${real.toFixed(1)}; the sum would be ${sum.toFixed(1)}`,
    );
  });
});

/** Weights after so many steps with these gradients: w starts at [1, -2]. */
function realSteps(optimizer: tf.Optimizer, gradients: readonly (readonly number[])[]): readonly number[] {
  const w = tf.variable(tf.tensor1d([1, -2]));
  for (const g of gradients) {
    const gradient = tf.tensor1d([...g]);
    optimizer.applyGradients({ [w.name]: gradient });
    gradient.dispose();
  }
  const values = [...w.dataSync()];
  w.dispose();
  return values;
}

const GRADIENTS = [
  [0.5, -1],
  [0.25, 2],
  [-1, 0.125],
  [0.75, 0.5],
];

function ruleSteps({ rule, start }: Optimizer): readonly number[] {
  const [, initial] = /^s starts at (.+)$/.exec(start ?? '') ?? [];
  const zero = [0, 0];
  let names: Names = {
    w: [1, -2],
    m: zero,
    v: zero,
    u: zero,
    a: zero,
    d: zero,
    s: initial === undefined ? zero : [Number(initial), Number(initial)],
  };
  GRADIENTS.forEach((g, i) => {
    names = runRule(rule, { ...names, g, t: i + 1 });
  });
  return names['w'] as readonly number[];
}

describe('update rules of optimizers', () => {
  const compiled = (optimizer: string): tf.Optimizer => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ optimizer, loss: 'meanSquaredError' });
    return model.optimizer;
  };

  for (const name of OPTIMIZER_NAMES)
    it(`'${name}' moves weights as the model's own optimizer does`, () => {
      const told = namedOptimizer(name);
      assert.ok(told);
      const real = compiled(name);
      ruleSteps(told).forEach((value, i) => near(value, realSteps(compiled(name), GRADIENTS)[i] ?? NaN, `w[${i}]`));
      const config = real.getConfig();
      for (const text of told.defaults) {
        const [parameter = '', value] = text.split(' ');
        near(Number(config[parameter]), Number(value), `${name}'s ${parameter}`, 1e-9);
      }
    });

  const made: readonly (readonly [string, () => tf.Optimizer, readonly (number | boolean | null)[]])[] = [
    ['sgd', () => tf.train.sgd(0.1), [0.1]],
    ['momentum', () => tf.train.momentum(0.1, 0.9), [0.1, 0.9]],
    ['momentum', () => tf.train.momentum(0.1, 0.5, true), [0.1, 0.5, true]],
    ['adam', () => tf.train.adam(), []],
    ['adam', () => tf.train.adam(0.05, 0.8, 0.99), [0.05, 0.8, 0.99]],
    ['adamax', () => tf.train.adamax(0.05, 0.9, 0.99, 1e-7, 0.5), [0.05, 0.9, 0.99, 1e-7, 0.5]],
    ['adagrad', () => tf.train.adagrad(0.1), [0.1]],
    ['adagrad', () => tf.train.adagrad(0.1, 0.5), [0.1, 0.5]],
    ['adadelta', () => tf.train.adadelta(), []],
    ['adadelta', () => tf.train.adadelta(1, 0.9, 0.01), [1, 0.9, 0.01]],
    ['rmsprop', () => tf.train.rmsprop(0.01), [0.01]],
    ['rmsprop', () => tf.train.rmsprop(0.01, 0.8, 0.5), [0.01, 0.8, 0.5]],
    ['rmsprop', () => tf.train.rmsprop(0.01, 0.8, 0.5, 1e-7, true), [0.01, 0.8, 0.5, 1e-7, true]],
  ];
  for (const [kind, create, args] of made)
    it(`tf.train.${kind}(${args.join(', ')}) moves weights as told`, () => {
      const told = optimizerOf(kind, args);
      assert.ok(told);
      const real = realSteps(create(), GRADIENTS);
      ruleSteps(told).forEach((value, i) => near(value, real[i] ?? NaN, `w[${i}] by ${told.rule.join('; ')}`, 1e-4));
    });

  it('are none for names that TensorFlow.js refuses', () => {
    for (const name of ['momentum', 'nadam', 'rmsProp']) {
      assert.equal(namedOptimizer(name), undefined);
      assert.throws(() => compiled(name), new RegExp(`Unknown Optimizer ${name}`));
    }
  });

  it('show names where numbers are not known', () => {
    const told = optimizerOf('adam', [
      { $unknown: 'rate', reason: 'parameter' },
      { $unknown: 'b', reason: 'parameter' },
    ]);
    assert.equal(told?.rule[0], 'm ← b*m + (1 - b)*g');
    assert.match(told?.rule[2] ?? '', /^w ← w - rate\*m/);
  });
});
