import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { hoverAt } from '../../../../src/features/hover';
import { penaltyFormula, whyIgnored } from '../../../../src/features/training/penalties';
import { evaluateFormula } from '../../../support/formula';
import { HEAD, readSource } from '../../../support/readSource';

tf.env().set('IS_TEST', true);

const NET = `const model = tf.sequential({ layers: [
  tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 1], name: 'conv1', kernelRegularizer: tf.regularizers.l2({ l2: 0.001 }) }),
  tf.layers.conv2d({ filters: 4, kernelSize: 3, name: 'conv2', kernelRegularizer: tf.regularizers.l2({ l2: 0.001 }) }),
  tf.layers.flatten(),
  tf.layers.dense({ units: 10, name: 'out', activation: 'softmax', biasRegularizer: 'l1l2' }),
] });\n`;

const at = (program: string, word: string, nth = 0): string => {
  const source = HEAD + program;
  let from = -1;
  for (let i = 0; i <= nth; i++) from = source.indexOf(word, from + 1);
  return hoverAt(readSource(source), source, from + 1)?.markdown ?? '';
};

const lines = (markdown: string): readonly string[] => markdown.split('\n').filter((line) => !line.startsWith('```'));

describe('hover of compile', () => {
  const program = `${NET}model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });\n`;

  it('writes out the loss, each layer’s penalty, the step and the metric', () => {
    assert.deepEqual(lines(at(program, 'compile')), [
      'compile model   categoricalCrossentropy, sgd',
      'loss    L = -Σ(y*log(p/Σp))   mean over the batch',
      '          + 0.001*Σw²   conv1 (line 3), conv2 (line 4)',
      '          + 0.01*Σ|w| + 0.01*Σw²   out bias (line 6)',
      '        y is one-hot; p/Σp is kept in 1e-7 … 1 - 1e-7',
      'step    w ← w - 0.01*g   (default learningRate 0.01)',
      'metrics accuracy = categoricalAccuracy: argmax(y) = argmax(p)',
    ]);
  });

  it('tells on an option only what the option is about', () => {
    assert.deepEqual(lines(at(program, 'optimizer:')), [
      'compile model   categoricalCrossentropy, sgd',
      'step    w ← w - 0.01*g   (default learningRate 0.01)',
    ]);
    assert.equal(lines(at(program, 'loss:')).at(-2), '          + 0.01*Σ|w| + 0.01*Σw²   out bias (line 6)');
    assert.equal(lines(at(program, 'metrics:')).length, 2);
  });

  it('says in TensorFlow.js’ words what it throws', () => {
    const wrong = `${NET}model.compile({ optimizer: 'momentum', loss: 'mse' });\n`;
    const markdown = at(wrong, 'compile');
    assert.match(markdown, /TensorFlow.js throws: Unknown loss mse/);
    assert.match(markdown, /TensorFlow.js throws: Unknown Optimizer momentum/);
  });

  it('says what is unknown, and why', () => {
    const open = `export function create(rate: number, loss: string) {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  model.compile({ optimizer: tf.train.sgd(rate), loss });
}`;
    const markdown = at(open, 'compile');
    assert.match(markdown, /^step {4}w ← w - rate\*g$/m);
    assert.match(markdown, /^loss is unknown: parameter of create, called from no file of this project$/m);
  });

  it('has one line for each output’s loss', () => {
    const heads = `const x = tf.input({ shape: [4] });
const a = tf.layers.dense({ units: 1, name: 'a' }).apply(x) as tf.SymbolicTensor;
const b = tf.layers.dense({ units: 2, name: 'b' }).apply(x) as tf.SymbolicTensor;
const model = tf.model({ inputs: x, outputs: [a, b] });
model.compile({ optimizer: tf.train.adam(0.01), loss: { a: 'meanSquaredError', b: 'hinge' } });\n`;
    assert.deepEqual(lines(at(heads, 'compile')).slice(0, 3), [
      'compile model   2 losses, tf.train.adam(0.01)',
      'loss    L = mean((y - p)²)   of a',
      '          + mean(max(0, 1 - y*p))   of b',
    ]);
  });

  it('names regularizers that TensorFlow.js leaves out', () => {
    const lstm = `const model = tf.sequential({ layers: [
  tf.layers.lstm({ units: 2, inputShape: [3, 2], name: 'memory', kernelRegularizer: 'l1l2' }),
] });
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });\n`;
    const markdown = at(lstm, 'compile');
    assert.doesNotMatch(markdown, /Σ\|w\|/);
    assert.match(markdown, /Not in the loss: memory \(line 3\); TensorFlow\\.js does not add the regularizers of recurrent layers/);
  });

  it('escapes what comes from the source', () => {
    const wild = `${NET}model.compile({ optimizer: 'sgd', loss: '[click](command:x) \`\`\` <b>' });\n`;
    const markdown = at(wild, 'compile');
    assert.doesNotMatch(markdown.replace(/^(`{3,})layerscope-hover\n[\s\S]*?\n\1$/m, ''), /(?<!\\)[[<`]/);
  });
});

describe('penalties in the loss', () => {
  /** What the real model adds to its loss, and the same by the texts of the hover. */
  const check = (model: tf.Sequential, options: readonly (readonly [layer: number, option: string, weight: RegExp])[]): void => {
    model.build();
    const inner = (model as unknown as { model: { calculateLosses(): tf.Scalar[] } }).model;
    const real = tf.tidy(() => inner.calculateLosses().reduce((sum, one) => sum + (one.dataSync()[0] ?? NaN), 0));
    let told = 0;
    for (const [index, option, pattern] of options) {
      const layer = model.layers[index];
      assert.ok(layer);
      if (whyIgnored({ className: layer.getClassName(), option }) !== undefined) continue;
      const config = layer.getConfig() as Readonly<Record<string, never>>;
      const at = layer.weights.findIndex(({ name }) => pattern.test(name));
      const w = [...(layer.getWeights()[at]?.dataSync() ?? [])];
      const formula = penaltyFormula(config[option]) ?? '';
      told += formula === '' ? 0 : Number(evaluateFormula(formula, { w }));
    }
    assert.ok(Math.abs(real - told) < 1e-4 * Math.max(1, real), `told ${told}, TensorFlow.js adds ${real}`);
  };
  const { l1, l2, l1l2 } = tf.regularizers;
  const ones = tf.initializers.randomNormal({ mean: 1, seed: 3 });

  it('are those of dense, convolution, depthwise and normalisation layers', () => {
    check(
      tf.sequential({
        layers: [
          tf.layers.conv2d({
            filters: 2,
            kernelSize: 3,
            inputShape: [6, 6, 1],
            kernelRegularizer: l2({ l2: 0.3 }),
            biasRegularizer: l1({ l1: 0.2 }),
            biasInitializer: ones,
          }),
          tf.layers.separableConv2d({
            filters: 2,
            kernelSize: 1,
            depthwiseRegularizer: l1({ l1: 0.4 }),
            pointwiseRegularizer: l1l2({ l1: 0.1, l2: 0.2 }),
          }),
          tf.layers.batchNormalization({ gammaRegularizer: 'l1l2', betaRegularizer: l2({ l2: 1 }) }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 3, kernelRegularizer: l1l2(), trainable: false }),
        ],
      }),
      [
        [0, 'kernelRegularizer', /kernel/],
        [0, 'biasRegularizer', /bias/],
        [1, 'depthwiseRegularizer', /depthwise/],
        [1, 'pointwiseRegularizer', /pointwise/],
        [2, 'gammaRegularizer', /gamma/],
        [2, 'betaRegularizer', /beta/],
        [4, 'kernelRegularizer', /kernel/],
      ],
    );
  });

  it('are none of recurrent layers', () => {
    for (const layer of [tf.layers.lstm, tf.layers.gru, tf.layers.simpleRNN])
      check(
        tf.sequential({
          layers: [layer({ units: 2, inputShape: [3, 2], kernelRegularizer: 'l1l2', recurrentRegularizer: l2({ l2: 1 }) })],
        }),
        [
          [0, 'kernelRegularizer', /(?<!recurrent_)kernel/],
          [0, 'recurrentRegularizer', /recurrent_kernel/],
        ],
      );
  });

  it('are read from calls as TensorFlow.js reads them', () => {
    const call = (name: string, ...args: readonly { readonly [key: string]: number }[]) =>
      penaltyFormula({ $tf: `regularizers.${name}`, args });
    assert.equal(call('l2'), '0.01*Σw²');
    assert.equal(call('l1', { l1: 0.5 }), '0.5*Σ|w|');
    assert.equal(call('l1l2', { l1: 0.5 }), '0.5*Σ|w| + 0.01*Σw²');
    assert.equal(call('l2', { l2: 0 }), '');
    assert.equal(penaltyFormula('l2'), undefined);
    assert.deepEqual(l1l2({ l1: 0.5 } as never).getConfig(), { l1: 0.5, l2: 0.01 });
  });
});

describe('hover of fit', () => {
  const fit = (call: string): readonly string[] =>
    lines(
      at(
        `${NET}async function train() {\n  const x = tf.zeros([1000, 8, 8, 1]);\n  const y = tf.zeros([1000, 10]);\n  await ${call};\n}\ntrain();\n`,
        'fit',
      ),
    );

  it('tells the steps of an epoch', () => {
    assert.deepEqual(fit('model.fit(x, y, { batchSize: 64, epochs: 5, validationSplit: 0.2 })'), [
      'fit model   1,000 examples',
      'split   ⌊1000*(1 - 0.2)⌋ = 800 to learn from, the last 200 to validate',
      'steps   ⌈800/64⌉ = 13 an epoch; 13*5 = 65 in 5 epochs',
      'batch   64 examples, the last of an epoch 32',
    ]);
    assert.deepEqual(fit('model.fit(x, y)').slice(1), [
      'steps   ⌈1000/32⌉ = 32 an epoch',
      'batch   32 examples (the default), the last of an epoch 8',
    ]);
  });

  it('are the steps that TensorFlow.js makes', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const sizes: number[] = [];
    await model.fit(tf.zeros([103, 2]), tf.zeros([103, 1]), {
      batchSize: 16,
      epochs: 2,
      validationSplit: 0.1,
      verbose: 0,
      callbacks: { onBatchEnd: (_batch, logs) => void sizes.push(logs?.['size'] ?? NaN) },
    });
    assert.equal(sizes.length, Math.ceil(Math.floor(103 * 0.9) / 16) * 2);
    const source = `const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
model.fit(tf.zeros([103, 2]), tf.zeros([103, 1]), { batchSize: 16, epochs: 2, validationSplit: 0.1 });\n`;
    assert.deepEqual(lines(at(source, 'fit')).slice(2), [
      `steps   ⌈92/16⌉ = ${sizes.length / 2} an epoch; ${sizes.length / 2}*2 = ${sizes.length} in 2 epochs`,
      `batch   16 examples, the last of an epoch ${sizes.at(-1)}`,
    ]);
  });

  it('says what is unknown', () => {
    const open = `export async function train(model: tf.LayersModel, x: tf.Tensor, y: tf.Tensor, epochs: number) {
  await model.fit(x, y, { epochs, batchSize: 8 });
}`;
    assert.match(at(open, 'fit'), /^steps {3}⌈examples\/8⌉ an epoch, epochs epochs$/m);
    assert.match(at(open, 'fit'), /^epochs is unknown: parameter of train/m);
  });
});
