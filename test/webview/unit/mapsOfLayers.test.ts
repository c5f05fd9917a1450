import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { compile } from '../../../webview/engine/build/compile';
import { kernelOf, choiceFor, filterLayout, viewsOf } from '../../../webview/engine/filters/kernels';
import { orderOf } from '../../../webview/engine/maps/ranks';
import { winnersOf } from '../../../webview/engine/maps/winners';
import { chain, input, layer } from '../support/graphs';

describe('the order of many maps', () => {
  before(() => tf.setBackend('cpu'));

  it('is found in parts, with equal maps in their own order, and leaves nothing behind', () => {
    const count = 70;
    // Every figure comes twice.
    const values = Float32Array.from({ length: count }, (_, map) => ((map * 17) % (count / 2)) / count);
    const maps = tf.tensor(values, [1, 1, 1, count]);
    const before = tf.memory().numTensors;
    const order = orderOf(maps, false, 'strength', 0, 1000);
    const found = [...(order?.dataSync() ?? [])];
    const expected = Array.from(values, (_, map) => map).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
    assert.deepEqual(found, expected);
    assert.equal(tf.memory().numTensors, before + 1);
    tf.dispose([maps, ...(order ? [order] : [])]);
  });
});

describe('the winners of a max pooling', () => {
  before(() => tf.setBackend('cpu'));

  const cases = [
    { factory: 'maxPooling1d', className: 'MaxPooling1D', shape: [9, 3], options: { poolSize: 3, strides: 2, padding: 'same' } },
    { factory: 'maxPooling2d', className: 'MaxPooling2D', shape: [7, 6, 2], options: { poolSize: [2, 3], strides: [2, 1] } },
    { factory: 'maxPooling3d', className: 'MaxPooling3D', shape: [4, 5, 6, 2], options: { poolSize: 2, strides: 2 } },
    {
      factory: 'maxPooling3d',
      className: 'MaxPooling3D',
      shape: [5, 5, 4, 1],
      options: { poolSize: [2, 3, 2], strides: 1, padding: 'same' },
    },
  ] as const;
  for (const { factory, className, shape, options } of cases) {
    it(`of ${factory} ${JSON.stringify(options)} are the first largest of each window`, () => {
      const program = compile(chain('pool', [input(...shape), layer('pool', factory, options, { className })]));
      const step = program.steps.at(-1) ?? assert.fail('no step');
      const x = tf.randomUniform([1, ...shape], -1, 1, 'float32', 3);
      const before = tf.memory().numTensors;
      const output = step.runs?.apply(x) as tf.Tensor;
      const made = winnersOf(step, x, output);
      const expected = winnersByHand([...x.dataSync()], shape, output.shape.slice(1), options);
      assert.deepEqual([...made.dataSync()], expected);
      tf.dispose([output, made]);
      assert.equal(tf.memory().numTensors, before);
      x.dispose();
    });
  }
});

const listOf = (option: number | readonly number[], count: number): number[] =>
  typeof option === 'number' ? Array.from({ length: count }, () => option) : [...option];

/** Every place of a box, the last axis fastest. */
const placesIn = (sizes: readonly number[]): number[][] =>
  sizes.reduce<number[][]>((places, size) => places.flatMap((place) => Array.from({ length: size }, (_, k) => [...place, k])), [[]]);

/** Goes through all windows, one by one. Sizes without the batch, channels last. */
const winnersByHand = (
  values: readonly number[],
  shape: readonly number[],
  given: readonly number[],
  options: { readonly poolSize: number | readonly number[]; readonly strides: number | readonly number[]; readonly padding?: string },
): number[] => {
  const axes = shape.length - 1;
  const [pool, strides] = [listOf(options.poolSize, axes), listOf(options.strides, axes)];
  const begin = pool.map((size, k) => {
    const beyond = Math.max(0, ((given[k] ?? 0) - 1) * (strides[k] ?? 1) + size - (shape[k] ?? 0));
    return options.padding === 'same' ? -Math.floor(beyond / 2) : 0;
  });
  const flat = (place: readonly number[]): number => place.reduce((index, at, k) => index * (shape[k] ?? 1) + at, 0);
  const wins = values.map(() => 0);
  for (const out of placesIn(given)) {
    let [best, at] = [-Infinity, -1];
    for (const offset of placesIn(pool)) {
      const place = [...offset.map((step, k) => (out[k] ?? 0) * (strides[k] ?? 1) + (begin[k] ?? 0) + step), out[axes] ?? 0];
      const isInside = place.every((one, k) => one >= 0 && one < (shape[k] ?? 0));
      const value = isInside ? (values[flat(place)] ?? NaN) : -Infinity;
      if (value > best) [best, at] = [value, flat(place)];
    }
    wins[at] = (wins[at] ?? 0) + 1;
  }
  return wins;
};

describe('filters of volumes', () => {
  it('have their frames one below the other, of one input channel or by their norm', () => {
    const [d, h, w, inputs, filters] = [2, 3, 4, 5, 6] as const;
    const kernel = kernelOf('Conv3D', [{ name: 'conv/kernel', shape: [d, h, w, inputs, filters] }]) ?? assert.fail('no kernel');
    assert.deepEqual([kernel.count, kernel.frames, kernel.height, kernel.width], [filters, d, d * h, w]);
    assert.deepEqual(viewsOf(kernel), ['norm', 'channel']);
    const channel = filterLayout(kernel, choiceFor(kernel, { view: 'channel', channel: 3 }));
    const at = (frame: number, row: number, column: number, channelOf: number, filter: number): number =>
      (((frame * h + row) * w + column) * inputs + channelOf) * filters + filter;
    const place = (map: number, row: number, column: number): number =>
      channel.offset + map * channel.mapStride + row * channel.rowStride + column * channel.columnStride;
    assert.equal(place(4, h + 2, 1), at(1, 2, 1, 3, 4));
    const norm = filterLayout(kernel, choiceFor(kernel, { view: 'norm', channel: 0 }));
    assert.deepEqual([norm.height, norm.rowStride, norm.columnStride, norm.mapStride], [d * h, w * filters, filters, 1]);
    const back = kernelOf('Conv3DTranspose', [{ name: 'kernel', shape: [d, h, w, filters, inputs] }]) ?? assert.fail('no kernel');
    assert.deepEqual([back.count, back.inputs, back.strides.filter, back.strides.input], [filters, inputs, inputs, 1]);
  });
});
