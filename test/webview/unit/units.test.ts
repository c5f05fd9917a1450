import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { findUnits } from '../../../webview/engine/units/find';

const still = new AbortController().signal;

/** A map of 6 channels, [2, 5, 4, 6]: 1 is dead, 4 a copy of 0, 5 has the values of 0 in other places. */
const maps = (): tf.Tensor =>
  tf.tidy(() => {
    const base = tf.randomNormal([2, 5, 4, 1], 0, 1, 'float32', 7);
    const other = tf.randomNormal([2, 5, 4, 1], 0, 1, 'float32', 8);
    return tf.concat([base, tf.zerosLike(base), other, tf.mul(other, 2), base, tf.reverse(base, [1, 2])], 3);
  });

describe('dead units and copies', () => {
  before(() => tf.setBackend('cpu'));

  it('are found over all inputs and positions, and nothing stays allocated', async () => {
    const output = maps();
    const before = tf.memory().numTensors;
    const report = await findUnits(output, false, still);
    assert.equal(tf.memory().numTensors, before);
    assert.deepEqual(report, { units: 6, inputs: 2, seen: 40, dead: [1], copies: [[0, 4]], cut: false });
    output.dispose();
  });

  it('are found on axis 1 where channels come first', async () => {
    const [output, first] = tf.tidy(() => {
      const last = maps();
      return [last, tf.transpose(last, [0, 3, 1, 2])] as const;
    });
    assert.deepEqual(await findUnits(first, true, still), await findUnits(output, false, still));
    tf.dispose([output, first]);
  });

  it('are what TensorFlow.js says of a real layer: the filters that were made zero and alike', async () => {
    const model = tf.sequential({ layers: [tf.layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu', inputShape: [9, 9, 3] })] });
    const [kernel, bias] = model.getWeights();
    assert.ok(kernel && bias);
    const values = kernel.arraySync() as number[][][][];
    for (const row of values) for (const cell of row) for (const channel of cell) [channel[2], channel[6]] = [0, channel[5] ?? 0];
    model.setWeights([tf.tensor(values), tf.tensor1d([0, 0, -1, 0, 0, 0, 0, 0])]);
    const output = model.predict(tf.randomUniform([3, 9, 9, 3], 0, 1, 'float32', 3)) as tf.Tensor;
    // What a person would do by hand, channel by channel.
    const truth = tf.unstack(output, 3).map((one) => [...one.dataSync()]);
    const dead = [...truth.keys()].filter((unit) => truth[unit]?.every((value) => value === 0));
    const report = await findUnits(output, false, still);
    assert.ok(dead.includes(2));
    assert.deepEqual(report.dead, dead);
    assert.ok(dead.includes(5) || report.copies.some((group) => group.includes(5) && group.includes(6)));
    assert.deepEqual([report.inputs, report.seen], [3, 3 * 7 * 7]);
    tf.dispose([output]);
    model.dispose();
  });

  it('counts only what is closer than a millionth of the layer\u2019s range', async () => {
    const near = (by: number): tf.Tensor =>
      tf.tidy(() => {
        const base = tf.linspace(0, 1, 64);
        return tf.stack([base, tf.add(base, tf.mul(by, tf.oneHot(tf.scalar(9, 'int32'), 64).cast('float32').flatten()))], 1);
      });
    const [same, other] = [near(2e-7), near(1e-4)];
    assert.deepEqual((await findUnits(same, false, still)).copies, [[0, 1]]);
    assert.deepEqual((await findUnits(other, false, still)).copies, []);
    tf.dispose([same, other]);
  });

  it('says nothing of a vector that one input gave, nor of values that are not numbers', async () => {
    const vector = tf.zeros([1, 12]);
    assert.deepEqual(await findUnits(vector, false, still), { units: 12, inputs: 1, seen: 1, dead: [], copies: [], cut: false });
    const strange = tf.fill([20, 2], Number.NaN);
    const report = await findUnits(strange, false, still);
    assert.deepEqual([report.dead, report.copies], [[], []]);
    tf.dispose([vector, strange]);
  });

  it('groups many copies, and bounds its work', async () => {
    const few = tf.tidy(() => tf.tile(tf.reshape(tf.linspace(-1, 1, 32), [32, 1]), [1, 5]));
    assert.deepEqual((await findUnits(few, false, still)).copies, [[0, 1, 2, 3, 4]]);
    const many = tf.tidy(() => tf.tile(tf.reshape(tf.linspace(-1, 1, 32), [32, 1]), [1, 400]));
    assert.equal((await findUnits(many, false, still)).cut, true);
    tf.dispose([few, many]);
  });

  it('stops when it is told to, and frees what it made', async () => {
    const output = maps();
    const before = tf.memory().numTensors;
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(findUnits(output, false, stop.signal));
    assert.equal(tf.memory().numTensors, before);
    output.dispose();
  });
});
