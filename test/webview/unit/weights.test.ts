import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { inverseNormal } from '../../../webview/engine/weights/distributions';
import { fansOf, type Declared } from '../../../webview/engine/weights/initializers';
import { streamOf } from '../../../webview/engine/weights/random';
import { freshValues } from '../../../webview/engine/weights/values';

const SIZE = 200_000;

const uniform = (seed: number, ...names: string[]): number[] => {
  const stream = streamOf(seed, ...names);
  return Array.from({ length: SIZE }, (_, k) => stream.at(k));
};

const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (const value of Array.from(values)) sum += value;
  return sum / values.length;
};
const moment = (values: ArrayLike<number>, power: number): number => {
  const center = mean(values);
  return mean(Array.from(values, (value) => (value - center) ** power));
};
const correlation = (a: readonly number[], b: readonly number[]): number => {
  const [ma, mb] = [mean(a), mean(b)];
  return mean(a.map((value, k) => (value - ma) * (b[k]! - mb))) / Math.sqrt(moment(a, 2) * moment(b, 2));
};

describe('counter-based random numbers', () => {
  // Bounds are four to five standard errors of SIZE numbers: chance alone breaks none of them, and the numbers are the same in each run.
  it('are uniform', () => {
    const sorted = uniform(42, 'conv1', '0:kernel').sort((a, b) => a - b);
    const farthest = sorted.reduce((most, value, k) => Math.max(most, Math.abs(value - (k + 0.5) / SIZE)), 0);
    assert.ok(farthest < 2 / Math.sqrt(SIZE), `Kolmogorov-Smirnov distance ${farthest}`);
    assert.ok(sorted[0]! > 0 && sorted.at(-1)! < 1);
  });

  it('do not follow one another, nor the numbers of other seeds, layers or weights', () => {
    const values = uniform(42, 'conv1', '0:kernel');
    const bound = 5 / Math.sqrt(SIZE);
    for (const lag of [1, 2, 3, 64, 4096]) assert.ok(Math.abs(correlation(values.slice(lag), values.slice(0, -lag))) < bound, `lag ${lag}`);
    for (const other of [uniform(43, 'conv1', '0:kernel'), uniform(42, 'conv2', '0:kernel'), uniform(42, 'conv1', '1:kernel')])
      assert.ok(Math.abs(correlation(values, other)) < bound);
  });

  it('can be had in any order, and stay what they are', () => {
    const stream = streamOf(42, 'c1', '0:kernel');
    assert.deepEqual([stream.at(2), stream.at(0)], [streamOf(42, 'c1', '0:kernel').at(2), streamOf(42, 'c1', '0:kernel').at(0)]);
    assert.notEqual(streamOf(1, 'ab', 'c').at(0), streamOf(1, 'a', 'bc').at(0));
    // Pictures that people remember by their seed must not change under them.
    assert.deepEqual(
      [0, 1, 2].map((k) => stream.at(k).toFixed(9)),
      ['0.717801077', '0.077678817', '0.044212309'],
    );
  });

  it('become normal by the inverse of the normal distribution function', () => {
    for (const [p, z] of [
      [0.5, 0],
      [0.8413447460685429, 1],
      [0.9772498680518208, 2],
      [0.0013498980316300933, -3],
      [0.00000028665157187919333, -5],
    ] as const)
      assert.ok(Math.abs(inverseNormal(p) - z) < 1e-7, `${p}: ${inverseNormal(p)}`);
  });
});

const fresh = async (initializer: unknown, shape: readonly number[]): Promise<Float32Array> => {
  const values = await freshValues({ seed: 42, path: 'layer', weight: '0:kernel' }, initializer as Declared, shape, () =>
    Promise.resolve(),
  );
  assert.ok(values);
  return values;
};

type Made = ReturnType<typeof tf.initializers.zeros>;

/** TensorFlow.js' own values for the same initializer and shape. */
const theirs = (initializer: Made, shape: number[]): Float32Array => tf.tidy(() => initializer.apply(shape).dataSync<'float32'>());

describe('fresh weights', () => {
  const shape = [3, 3, 32, 64];
  const { glorotNormal, glorotUniform, heNormal, heUniform, leCunNormal, leCunUniform } = tf.initializers;
  const { randomNormal, randomUniform, truncatedNormal, varianceScaling } = tf.initializers;
  const random: Readonly<Record<string, Made>> = {
    glorotNormal: glorotNormal({}),
    glorotUniform: glorotUniform({}),
    heNormal: heNormal({}),
    heUniform: heUniform({}),
    leCunNormal: leCunNormal({}),
    leCunUniform: leCunUniform({}),
    randomNormal: randomNormal({ mean: 1, stddev: 0.3 }),
    randomUniform: randomUniform({ minval: -2, maxval: 5 }),
    truncatedNormal: truncatedNormal({ mean: -1, stddev: 2 }),
    varianceScaling: varianceScaling({ scale: 3, mode: 'fanOut', distribution: 'uniform' }),
  };

  for (const [name, initializer] of Object.entries(random)) {
    it(`have the distribution of TensorFlow.js' ${name}`, async () => {
      const [mine, others] = [await fresh(initializer, shape), theirs(initializer, shape)];
      const std = Math.sqrt(moment(others, 2));
      assert.ok(Math.abs(mean(mine) - mean(others)) < 0.05 * std, `mean ${mean(mine)}, not ${mean(others)}`);
      assert.ok(Math.abs(Math.sqrt(moment(mine, 2)) / std - 1) < 0.02, `std ${Math.sqrt(moment(mine, 2))}, not ${std}`);
      // The fourth moment tells uniform, normal and truncated normal apart: 1.8, 3 and 2.4.
      const [kurtosis, expected] = [moment(mine, 4) / moment(mine, 2) ** 2, moment(others, 4) / moment(others, 2) ** 2];
      assert.ok(Math.abs(kurtosis - expected) < 0.15, `kurtosis ${kurtosis}, not ${expected}`);
      const center = mean(others);
      const cut = (values: Float32Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value - center)), 0) / std;
      if (name !== 'randomNormal') assert.ok(Math.abs(cut(mine) / cut(others) - 1) < 0.02, 'cut off at the same distance');
    });
  }

  for (const [name, initializer, size] of [
    ['zeros', tf.initializers.zeros(), [4, 5]],
    ['ones', tf.initializers.ones(), [4]],
    ['constant', tf.initializers.constant({ value: 0.25 }), [2, 3]],
    ['identity', tf.initializers.identity({ gain: 2 }), [4, 4]],
  ] as const)
    it(`equal TensorFlow.js' ${name}`, async () =>
      assert.deepEqual([...(await fresh(initializer, size))], [...theirs(initializer, [...size])]));

  it('are orthogonal where that is declared, higher than wide or wider than high', async () => {
    for (const [rows, columns] of [
      [12, 5],
      [5, 12],
      [8, 8],
    ] as const) {
      const values = await fresh(tf.initializers.orthogonal({ gain: 3 }), [rows, columns]);
      const product = tf.tidy(() => {
        const matrix = tf.tensor2d(values, [rows, columns]);
        return (
          rows >= columns ? tf.matMul(matrix, matrix, true, false) : tf.matMul(matrix, matrix, false, true)
        ).arraySync() as number[][];
      });
      product.forEach((line, i) =>
        line.forEach((value, k) => assert.ok(Math.abs(value - (i === k ? 9 : 0)) < 1e-4, `${rows}×${columns} at ${i}, ${k}: ${value}`)),
      );
    }
  });

  it('leave to TensorFlow.js what is not of its public list', async () => {
    const odd = { getClassName: () => 'CustomInit', getConfig: () => ({}) };
    assert.equal(await freshValues({ seed: 1, path: 'a', weight: 'b' }, odd, [2], () => Promise.resolve()), undefined);
  });

  it('count inputs and outputs as TensorFlow.js does', () => {
    assert.deepEqual(fansOf([400, 120]), [400, 120]);
    assert.deepEqual(fansOf([5, 5, 6, 16]), [150, 400]);
    assert.deepEqual(fansOf([16]), [4, 4]);
  });
});
