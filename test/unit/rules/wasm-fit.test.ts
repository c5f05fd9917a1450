import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { fitOnes, trained } from './fit';
import { problemsIn, ruleTest } from './ruleTest';

const net = trained('conv2d({ filters: 2, kernelSize: 3, inputShape: [5, 5, 1] })');
/** The test chooses the backend: the program's own call is read, not run. */
const choosing = (backend: string): string => `export const start = () => tf.setBackend('${backend}');\n${net}`;

const on = async (backend: string, use: () => unknown): Promise<void> => {
  const before = 'cpu';
  // Where it is registered TensorFlow.js prefers it, which other tests must not see.
  if (backend === 'wasm') await import('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend(backend);
  const { registeredVariables } = tf.engine();
  const others = new Set(Object.values(registeredVariables));
  // Its own count of tensors, on in tests, would throw first.
  tf.env().set('IS_TEST', false);
  try {
    await use();
  } finally {
    tf.env().set('IS_TEST', true);
    // Before their backend goes, or whoever disposes of all variables later finds them without it.
    for (const variable of Object.values(registeredVariables)) if (!others.has(variable)) variable.dispose();
    await tf.setBackend(before);
    if (backend === 'wasm') tf.removeBackend('wasm');
  }
};

ruleTest('wasm-fit', [
  {
    name: 'a convolution',
    wrong: choosing('wasm'),
    at: 'conv2d',
    severity: 'error',
    says: /Conv2DBackpropFilter/,
    harm: (create) => on('wasm', () => assert.rejects(() => fitOnes(create()), /Conv2DBackpropFilter/)),
    twin: choosing('cpu'),
    well: (create) => on('cpu', () => fitOnes(create())),
  },
]);

describe('wasm-fit', () => {
  it('says nothing where the backend is not known, or is no backend of this file', () => {
    assert.deepEqual(problemsIn(`export const start = (name: string) => tf.setBackend(name);\n${choosing('wasm')}`), []);
    assert.deepEqual(problemsIn(`// tf.setBackend('wasm') is slower here\n${net}`), []);
    assert.deepEqual(problemsIn(net), []);
  });

  it('says nothing of a dense layer, which wasm trains', () => {
    assert.deepEqual(problemsIn(`tf.setBackend('wasm');\n${trained('dense({ units: 2, inputShape: [5] })')}`), []);
  });
});
