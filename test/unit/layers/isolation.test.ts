import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { applyLayer } from '../../../src/layers/apply';
import { replayModel } from '../../../src/layers/replay';
import { isRefused } from '../../../src/layers/spec';
import { layer } from './cases';
import { refusedModels } from './models';
import { sequential, vgg16 } from './nets';

const useAll = (): void => {
  assert.ok(!isRefused(replayModel(vgg16())));
  assert.ok(!isRefused(applyLayer(layer('lstm', { units: 3, stateful: true }), [[2, 5, 4]])));
  for (const spec of Object.values(refusedModels)) assert.ok(isRefused(replayModel(spec)));
};

describe('replaying leaves TensorFlow.js as it was', () => {
  it('real layers made afterwards have real weights and states', () => {
    useAll();
    const dense = tf.layers.dense({ units: 3, kernelInitializer: 'ones' });
    dense.apply(tf.input({ shape: [2] }));
    assert.deepEqual(dense.getWeights()[0]!.arraySync(), [
      [1, 1, 1],
      [1, 1, 1],
    ]);
    const lstm = tf.layers.lstm({ units: 3, stateful: true });
    lstm.apply(tf.input({ batchShape: [2, 5, 4] }));
    assert.deepEqual(((lstm as unknown as { states: tf.Tensor[] }).states[0] as tf.Tensor).shape, [2, 3]);
    tf.disposeVariables();
  });

  it('the functions that are replaced meanwhile are the same again', () => {
    const grab = () => {
      const { addWeight } = tf.layers.Layer.prototype as unknown as { addWeight: unknown };
      const { resetStates } = tf.RNN.prototype as unknown as { resetStates: unknown };
      const conv = tf.layers.convLstm2d({ filters: 1, kernelSize: 1, name: 'probe' }) as unknown as { resetStates: unknown };
      return [addWeight, resetStates, conv.resetStates, console.warn, Map.prototype.has];
    };
    const before = grab();
    useAll();
    grab().forEach((now, index) => assert.equal(now, before[index]));
    assert.ok(!('LayerscopeProbe' in {}));
  });

  it('automatic names count on where the program was, however much was replayed in between', () => {
    const count = () => Number(/\d+$/.exec(tf.layers.dense({ units: 1 }).name)![0]);
    const first = count();
    useAll();
    assert.equal(count(), first + 1);
  });

  it('names that were replayed are still free', () => {
    useAll();
    assert.ok(!isRefused(replayModel(sequential([layer('dense', { units: 2, inputShape: [3], name: 'unheard' })]))));
    assert.equal((tf.input({ shape: [1], name: 'unheard' }) as tf.SymbolicTensor).name, 'unheard');
  });

  it('makes no tensor', () => {
    const before = tf.memory();
    useAll();
    const { numTensors, numBytes } = tf.memory();
    assert.deepEqual({ numTensors, numBytes }, { numTensors: before.numTensors, numBytes: before.numBytes });
  });

  it('gives the same answer however often it is asked, in any order', () => {
    const ask = () => [
      replayModel(vgg16()),
      applyLayer(layer('dense', { units: 3 }), [[null, 4]]),
      ...Object.values(refusedModels).map((spec) => replayModel(spec)),
    ];
    const first = JSON.stringify(ask());
    for (let round = 0; round < 40; round++) replayModel(sequential([layer('dense', { units: 1 + round, inputShape: [3] })]));
    assert.equal(JSON.stringify(ask()), first);
  });
});
