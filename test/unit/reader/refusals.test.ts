import assert from 'node:assert/strict';
import { HEAD, readSource } from '../../support/readSource';

const messages = (source: string): readonly string[] => readSource(HEAD + source).problems.map(({ message }) => message);

describe('what is refused, and what is not', () => {
  it('a helper that nobody calls is not blamed for what a caller would give', () => {
    assert.deepEqual(messages('export const make = (options = {}) => tf.layers.conv2d(options);'), []);
    assert.deepEqual(messages('export function make({ ...rest } = {}) { return tf.layers.dense(rest); }'), []);
    const table = `const make = (kind, options) => ({ dense: () => tf.layers.dense(options), flatten: () => tf.layers.flatten(options) })[kind]();
      make('flatten', {});`;
    assert.deepEqual(messages(table), []);
    assert.equal(messages('export const make = () => tf.layers.dense({});').length, 1);
  });

  it('a model with several inputs in a Sequential, in the words of TensorFlow.js', () => {
    const source = `const [a, b] = [tf.input({ shape: [2] }), tf.input({ shape: [2] })];
      const two = tf.model({ inputs: [a, b], outputs: tf.layers.add().apply([a, b]) });
      tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2] })] }).add(two);`;
    assert.deepEqual(messages(source), [
      'All layers in a Sequential model should have a single input tensor. For multi-input layers, use the functional API.',
    ]);
  });

  it('the one output of a layer that was applied twice is not known', () => {
    const source = `const [a, b] = [tf.input({ shape: [2] }), tf.input({ shape: [3] })];
      const shared = tf.layers.activation({ activation: 'relu' });
      shared.apply(a);
      shared.apply(b);
      tf.layers.dense({ units: 2 }).apply(shared.output);`;
    const site = readSource(HEAD + source).sites.find(({ factory }) => factory === 'dense');
    assert.match(site?.unknown ?? '', /2 inbound nodes/);
  });

  it('a wrapper around a layer whose options are not known is not known either', () => {
    const reading = readSource(`${HEAD}tf.layers.rnn({ cell: tf.layers.lstmCell(window.options) }).apply(tf.input({ shape: [3, 2] }));`);
    assert.deepEqual(reading.problems, []);
    assert.match(reading.sites.find(({ factory }) => factory === 'rnn')?.unknown ?? '', /options/);
  });

  it('a wrapper with nothing in it can be made', () => {
    assert.deepEqual(messages('tf.layers.timeDistributed({});'), []);
  });

  it('a model that may never be built so is not blamed', () => {
    const named =
      "tf.sequential({ layers: [tf.layers.dense({ units: 2, name: 'a', inputShape: [2] }), tf.layers.dense({ units: 2, name: 'a' })] })";
    assert.equal(messages(`${named};`).length, 1);
    assert.deepEqual(messages(`if (window.isNew) { ${named}; }`), []);
    assert.deepEqual(messages('export const model = tf.sequential();'), [], 'its layers may come later');
  });
});
