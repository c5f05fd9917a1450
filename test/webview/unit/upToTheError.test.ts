import assert from 'node:assert/strict';
import { modelAt } from '../../../src/features/modelAt';
import { compile } from '../../../webview/engine/build/compile';
import { HEAD, readSource } from '../../support/readSource';

/** What becomes of each layer of the model that the caret means, where it stands on the first layer: its name, and why it does not run. */
const fates = (
  source: string,
): { readonly layers: readonly (readonly [string, string | undefined])[]; readonly stop: string | undefined } => {
  const text = HEAD + source;
  const caret = text.indexOf("'a'");
  const meant = modelAt(readSource(text), caret, { start: caret, end: caret });
  assert.ok('model' in meant, JSON.stringify(meant));
  const { steps } = compile(meant.model.graph);
  return {
    layers: steps.map((step) => [step.layer.name, step.stop ?? (step.unreached ? 'not reached' : undefined)]),
    stop: meant.model.graph.stop,
  };
};

describe('a model with a mistake in its source', () => {
  it('is shown up to the layer that fails, with TensorFlow.js’ own words there', () => {
    const { layers, stop } = fates(`export function create() {
      const input = tf.input({ name: 'in', shape: [8, 8, 4] });
      const a = tf.layers.conv2d({ name: 'a', filters: 4, kernelSize: 3 }).apply(input) as tf.SymbolicTensor;
      const b = tf.layers.conv2d({ name: 'b', filters: 4, kernelSize: 5 }).apply(input) as tf.SymbolicTensor;
      const sum = tf.layers.add({ name: 'sum' }).apply([a, b]) as tf.SymbolicTensor;
      return tf.model({ inputs: input, outputs: sum });
    }`);
    assert.deepEqual(layers, [
      ['in', undefined],
      ['a', undefined],
      ['b', undefined],
      ['sum', 'Operands could not be broadcast together with shapes [6,6,4] [4,4,4]'],
    ]);
    assert.match(stop ?? '', /add at line 6 fails/);
  });

  it('is shown up to a layer that TensorFlow.js does not have', () => {
    const { layers, stop } = fates(`export function create() {
      const input = tf.input({ name: 'in', shape: [8] });
      const a = tf.layers.dense({ name: 'a', units: 4 }).apply(input) as tf.SymbolicTensor;
      const b = tf.layers.nothing({}).apply(a) as tf.SymbolicTensor;
      return tf.model({ inputs: input, outputs: tf.layers.dense({ name: 'd', units: 2 }).apply(b) as tf.SymbolicTensor });
    }`);
    assert.deepEqual(layers, [
      ['in', undefined],
      ['a', undefined],
    ]);
    assert.match(stop ?? '', /TensorFlow\.js has no tf\.layers\.nothing/);
  });

  it('stacks go on to the layer that is refused; what lies behind an unknown one is not reached', () => {
    const stack = (middle: string): ReturnType<typeof fates> =>
      fates(`export const create = () => tf.sequential({ layers: [
        tf.layers.dense({ name: 'a', inputShape: [8], units: 4 }), ${middle}, tf.layers.dense({ name: 'd', units: 3 }) ] });`);
    assert.deepEqual(stack(`tf.layers.conv2d({ name: 'c', filters: 2, kernelSize: 3 })`).layers.slice(1), [
      ['a', undefined],
      ['c', 'Input 0 is incompatible with layer c: expected ndim=4, found ndim=2'],
      ['d', 'not reached'],
    ]);
    const unknown = stack('tf.layers.nothing({})');
    assert.deepEqual(unknown.layers.slice(1), [
      ['a', undefined],
      ['d', 'not reached'],
    ]);
    assert.match(unknown.stop ?? '', /a layer of it is not known/);
  });
});
