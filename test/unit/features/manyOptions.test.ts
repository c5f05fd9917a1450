import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { hoverAt } from '../../../src/features/hover';
import { HEAD, readSource } from '../../support/readSource';

tf.env().set('IS_TEST', true);

const lines = (source: string, word: string): readonly string[] =>
  (hoverAt(readSource(HEAD + source), HEAD + source, (HEAD + source).indexOf(word) + 1)?.markdown ?? '').split('\n').slice(1);

const HELPER = `
function block(x: tf.SymbolicTensor, filters: number): tf.SymbolicTensor {
  const y = tf.layers.conv2d({ filters, kernelSize: 3, strides: 2, padding: 'same', kernelInitializer: 'heNormal', useBias: true }).apply(x) as tf.SymbolicTensor;
  return tf.layers.batchNormalization({ momentum: 0.99, scale: true }).apply(y) as tf.SymbolicTensor;
}
const x = tf.input({ shape: [64, 64, 3] });
export const model = tf.model({ inputs: x, outputs: block(block(x, 8), 16) });
`;

/** What TensorFlow.js makes of both calls with another option. */
const real = (options: object): readonly number[] => {
  const conv = (x: tf.SymbolicTensor, filters: number): tf.SymbolicTensor =>
    tf.layers.conv2d({ filters, kernelSize: 3, strides: 2, padding: 'same', ...options }).apply(x) as tf.SymbolicTensor;
  const first = conv(tf.input({ shape: [64, 64, 3] }), 8);
  // The neighbour of one option, all else as it is: the second layer is still given what it is given now.
  return [first.shape[1]!, conv(tf.input({ shape: [32, 32, 8] }), 16).shape[1]!];
};

describe('what the neighbours of an option would give on a line that made layers of several shapes', () => {
  it('is, of strides and kernels, the size of each', () => {
    const [one, two, three] = [1, 2, 3].map((strides) => real({ strides }).join(', '));
    assert.equal(lines(HELPER, 'strides:')[0], `stride  1 → ${one}; 2 → ${two}; 3 → ${three}`);
    const [small, now, large] = [1, 3, 5].map((kernelSize) => real({ kernelSize }).join(', '));
    assert.equal(lines(HELPER, 'kernelSize:')[0], `kernel  1 → ${small} (rows unread); 3 → ${now}; 5 → ${large}`);
  });

  it('is, of padding, the sizes with each', () => {
    const [valid, same] = ['valid', 'same'].map((padding) => real({ padding }).join(', '));
    assert.equal(lines(HELPER, 'padding:')[0], `padding valid → ${valid} (rows unread); same → ${same}`);
  });

  it('is, of filters, what each adds, and of useBias, what all come to', () => {
    assert.equal(lines(HELPER, 'filters,')[0], 'filter  each 3*3*3 + 1 = 28 · 3*3*8 + 1 = 73 params');
    const all = (useBias: boolean): string => {
      const first = tf.layers.conv2d({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', useBias, inputShape: [64, 64, 3] });
      const second = tf.layers.conv2d({ filters: 16, kernelSize: 3, useBias });
      tf.sequential({ layers: [first, second] });
      return (first.countParams() + second.countParams()).toLocaleString('en-US');
    };
    assert.equal(lines(HELPER, 'useBias:')[0], `useBias true → ${all(true)}, false → ${all(false)} params in all`);
  });

  it('is, of an initializer, its rule and from where to where it spreads', () => {
    assert.match(
      lines(HELPER, 'kernelInitializer:')[0] ?? '',
      /^begins {2}normal, σ = √\(2\/in\), cut at ±2σ; deviation 0\.1466 … 0\.2394$/,
    );
  });

  it('is, of what does not go by sizes, the same for all', () => {
    assert.match(lines(HELPER, 'momentum:')[0] ?? '', /^memory {2}μ ← 0\.99\*μ \+ 0\.01\*/);
  });

  it('is nothing where each call says another number', () => {
    const source = HELPER.replace('strides: 2', 'strides: filters / 8');
    assert.match(lines(source, 'strides:')[0] ?? '', /^Conv2D {3}2 layers/);
  });
});
