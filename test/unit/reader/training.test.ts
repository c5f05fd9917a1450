import assert from 'node:assert/strict';
import type { Reading } from '../../../src/model/reading';
import type { TrainingCall } from '../../../src/model/training';
import { HEAD, readSource } from '../../support/readSource';

const read = (source: string, others: { readonly [path: string]: string } = {}): Reading =>
  readSource({ ...others, '/main.ts': HEAD + source });

const only = (reading: Reading): TrainingCall => {
  const [call, ...more] = reading.trainings;
  assert.ok(call, 'a call was expected');
  assert.equal(more.length, 0, 'one call was expected');
  return call;
};

const MODEL = `const model = tf.sequential({ layers: [
  tf.layers.dense({ units: 8, inputShape: [4], name: 'one', kernelRegularizer: tf.regularizers.l2({ l2: 0.001 }) }),
  tf.layers.dense({ units: 3, name: 'two', biasRegularizer: 'l1l2' }),
] });\n`;

describe('calls that prepare or start training', () => {
  it('records what compile was given, where it stands, and which model it is about', () => {
    const source = `${MODEL}model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['accuracy'] });\n`;
    const reading = read(source);
    const call = only(reading);
    const text = HEAD + source;
    assert.equal(call.method, 'compile');
    assert.equal(text.slice(call.name.start, call.name.end), 'compile');
    assert.ok(text.slice(call.call.start, call.call.end).startsWith('model.compile({'));
    assert.deepEqual(
      call.options.map(({ key, value }) => [key, text.slice(value.start, value.end)]),
      [
        ['optimizer', "'sgd'"],
        ['loss', "'meanSquaredError'"],
        ['metrics', "['accuracy']"],
      ],
    );
    const [made] = call.cases;
    assert.deepEqual(made?.given, { optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['accuracy'] });
    assert.equal(made?.model?.id, reading.models[0]?.id);
    assert.deepEqual(made?.model?.outputShapes, [[null, 3]]);
  });

  it('lists the regularizers of the layers with their lines', () => {
    const reading = read(`${MODEL}model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });\n`);
    assert.deepEqual(
      only(reading).cases[0]?.model?.penalties.map(({ layer, option, regularizer, times, at }) => [
        layer,
        option,
        regularizer,
        times,
        at?.line,
      ]),
      [
        ['one', 'kernelRegularizer', { $tf: 'regularizers.l2', args: [{ l2: 0.001 }] }, 1, 3],
        ['two', 'biasRegularizer', 'l1l2', 1, 4],
      ],
    );
  });

  it('counts a shared layer as often as it is applied', () => {
    const reading = read(`const x = tf.input({ shape: [3] });
const d = tf.layers.dense({ units: 3, kernelRegularizer: 'l1l2' });
const model = tf.model({ inputs: x, outputs: d.apply(d.apply(x) as tf.SymbolicTensor) as tf.SymbolicTensor });
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });`);
    assert.deepEqual(
      only(reading).cases[0]?.model?.penalties.map(({ times }) => times),
      [2],
    );
  });

  it('knows optimizers and losses that TensorFlow.js makes or has, and says what is a function of the source', () => {
    const reading = read(`${MODEL}const rate = 0.05;
const optimizer = tf.train.momentum(rate, 0.9);
model.compile({ optimizer, loss: tf.losses.huberLoss });
model.compile({ optimizer: tf.train.adam(), loss: (y, p) => y });`);
    assert.deepEqual(reading.trainings[0]?.cases[0]?.given, {
      optimizer: { $tf: 'train.momentum', args: [0.05, 0.9] },
      loss: { $tf: 'losses.huberLoss' },
    });
    assert.deepEqual(reading.trainings[1]?.cases[0]?.given, {
      optimizer: { $tf: 'train.adam', args: [] },
      loss: { $unknown: 'loss', reason: 'it is a function of the source' },
    });
  });

  it('says what is not known, with its reason', () => {
    const reading = read(`export function create(rate: number, loss: string) {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  model.compile({ optimizer: tf.train.sgd(rate), loss });
}`);
    const reason = 'parameter of create, called from no file of this project';
    assert.deepEqual(only(reading).cases[0]?.given, {
      optimizer: { $tf: 'train.sgd', args: [{ $unknown: 'rate', reason }] },
      loss: { $unknown: 'loss', reason },
    });
  });

  it('tells the sides of a condition apart', () => {
    const reading = read(`export function create(binary: boolean) {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  model.compile({ optimizer: 'sgd', loss: binary ? 'binaryCrossentropy' : 'meanSquaredError' });
}`);
    assert.deepEqual(
      only(reading).cases.map(({ given, when }) => [given['loss'], when]),
      [
        ['binaryCrossentropy', 'binary'],
        ['meanSquaredError', '!binary'],
      ],
    );
  });

  it('reads a model that is not known as far as the call tells, and calls that only look like it not at all', () => {
    const reading = read(`export function prepare(model: tf.LayersModel) {
  model.compile({ optimizer: 'adam', loss: 'hinge' });
}
export function other(ajv: any, tree: any) {
  ajv.compile({ type: 'object' });
  tree.fit(tf.zeros([2]), tf.zeros([2]));
}`);
    const call = only(reading);
    assert.deepEqual(call.cases, [{ given: { optimizer: 'adam', loss: 'hinge' } }]);
  });

  it('records fit with the number of examples', () => {
    const reading = read(`${MODEL}async function train() {
  const x = tf.zeros([1000, 4]);
  await model.fit(x, tf.zeros([1000, 3]), { batchSize: 64, epochs: 5, validationSplit: 0.2 });
}
train();`);
    const call = only(reading);
    assert.equal(call.method, 'fit');
    assert.equal(call.cases[0]?.examples, 1000);
    assert.deepEqual(call.cases[0]?.given, { batchSize: 64, epochs: 5, validationSplit: 0.2 });
    assert.deepEqual(
      call.options.map(({ key }) => key),
      ['batchSize', 'epochs', 'validationSplit'],
    );
  });

  it('finds the model of another file', () => {
    const reading = read(
      `import { create } from './net';\nconst model = create();\nmodel.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });\n`,
      {
        '/net.ts': `${HEAD}export function create() {
  return tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4], kernelRegularizer: 'l1l2' })] });
}`,
      },
    );
    const [made] = only(reading).cases;
    assert.equal(made?.model?.title, 'create');
    assert.equal(made?.model?.penalties[0]?.at?.path, '/net.ts');
    assert.equal(made?.model?.penalties[0]?.at?.line, 3);
    assert.deepEqual(made?.model?.outputShapes, [[null, 3]]);
  });

  it('keeps nothing of a side that throws', () => {
    const reading = read(`${MODEL}export function prepare(strict: boolean) {
  if (strict) {
    model.compile({ optimizer: 'sgd', loss: 'hinge' });
    throw new Error('no');
  }
}`);
    assert.deepEqual(reading.trainings, []);
  });
});
