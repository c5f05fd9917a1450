import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { boxesOf } from '../../../webview/engine/histograms/boxes';
import { MOST_BINS, rebinned, Tally, type Distribution, type Values } from '../../../webview/engine/histograms/distribution';
import { outputDistributions, weightDistributions } from '../../../webview/engine/histograms/layer';
import { distributionOf } from '../../../webview/engine/histograms/read';

const never = new AbortController().signal;

const tallied = (parts: readonly Values[]): Distribution => {
  const tally = new Tally();
  for (const part of parts) tally.add(part);
  return tally.distribution();
};

/** The same, one value at a time, in float64, from the bins' edges alone. */
const assertTrue = (found: Distribution, values: readonly number[]): void => {
  const finite = values.filter(Number.isFinite);
  const { figures, width, low, counts } = found;
  assert.equal(figures.count, values.length);
  assert.equal(figures.nans, values.filter(Number.isNaN).length);
  assert.equal(figures.infinities, values.length - finite.length - figures.nans);
  assert.equal(figures.zeros, finite.filter((value) => value === 0).length);
  assert.ok(counts.length <= MOST_BINS);
  counts.forEach((count, k) => {
    const [from, to] = [low + k * width, low + (k + 1) * width];
    assert.equal(count, finite.filter((value) => value >= from && value < to).length, `bin ${k} from ${from} to ${to}`);
  });
  assert.equal(
    counts.reduce((total, count) => total + count, 0),
    finite.length,
  );
  if (finite.length === 0) return assert.ok([figures.min, figures.max, figures.mean, figures.std].every(Number.isNaN));
  const mean = finite.reduce((total, value) => total + value, 0) / finite.length;
  const std = Math.sqrt(finite.reduce((total, value) => total + (value - mean) ** 2, 0) / finite.length);
  // 0 and -0 are one value.
  assert.equal(figures.min + 0, finite.reduce((least, value) => Math.min(least, value), Infinity) + 0);
  assert.equal(figures.max + 0, finite.reduce((most, value) => Math.max(most, value), -Infinity) + 0);
  assert.ok(Math.abs(figures.mean - mean) <= 1e-9 * Math.max(1, Math.abs(mean), std), `mean ${figures.mean}, not ${mean}`);
  assert.ok(Math.abs(figures.std - std) <= 1e-7 * Math.max(1e-30, std, Math.abs(mean)), `std ${figures.std}, not ${std}`);
};

const floats = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }) },
    fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, 2 ** -30, -(2 ** 20)),
  ),
  { maxLength: 300 },
);

describe('a distribution', () => {
  it('counts every value once, in the bin that its edges say', () => {
    fc.assert(fc.property(floats, (values) => assertTrue(tallied([values]), values)));
  });

  it('is the same however the values were cut into parts', () => {
    fc.assert(
      fc.property(floats, fc.integer({ min: 1, max: 50 }), (values, length) => {
        const parts = Array.from({ length: Math.ceil(values.length / length) }, (_, k) => values.slice(k * length, (k + 1) * length));
        const [whole, cut] = [tallied([values]), tallied(parts)];
        assert.deepEqual([cut.width, cut.low + 0, cut.counts], [whole.width, whole.low + 0, whole.counts]);
        assertTrue(cut, values);
      }),
    );
  });

  it('has one bin for a constant, none for nothing, and keeps extremes apart', () => {
    assert.deepEqual(tallied([new Float32Array(9).fill(5)]).counts, [9]);
    assert.deepEqual(tallied([new Float32Array(9)]).counts, [9]);
    assert.deepEqual(tallied([[Number.NaN, Infinity]]).counts, []);
    assert.deepEqual(tallied([]).counts, []);
    assertTrue(tallied([[-3.4e38, 1e-45, 3.4e38]]), [-3.4e38, 1e-45, 3.4e38]);
  });

  it('loses no digits of its deviation to a large mean', () => {
    const values = Array.from({ length: 4000 }, (_, k) => 1e6 + (k % 2));
    const { figures } = tallied([values.slice(0, 1500), values.slice(1500)]);
    assert.ok(Math.abs(figures.std - 0.5) < 1e-9, String(figures.std));
  });

  it('can be told in wider bins, with no count lost', () => {
    const given = tallied([[-3, -1, 0, 0.5, 1, 2, 6.9]]);
    const wide = rebinned(given, given.width * 8);
    assertTrue(wide, [-3, -1, 0, 0.5, 1, 2, 6.9]);
    assert.equal(rebinned(given, given.width), given);
  });
});

describe('boxes of a tensor', () => {
  it('hold every value once, and no more than so many', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 60 }), (size, most) => {
        const seen = new Map<string, number>();
        for (const box of boxesOf({ begin: size.map(() => 1), size }, most)) {
          assert.ok(box.size.reduce((total, one) => total * one, 1) <= most);
          const all = box.size.reduce<number[][]>(
            (places, length, axis) => places.flatMap((place) => Array.from({ length }, (_, k) => [...place, (box.begin[axis] ?? 0) + k])),
            [[]],
          );
          for (const place of all) seen.set(place.join(), (seen.get(place.join()) ?? 0) + 1);
        }
        assert.equal(
          seen.size,
          size.reduce((total, one) => total * one, 1),
        );
        assert.ok([...seen.values()].every((times) => times === 1));
      }),
    );
  });
});

describe('histograms of a layer', () => {
  before(() => tf.setBackend('cpu'));

  it('are those of its outputs and of each of its weights, and leave no tensor behind', async () => {
    const layer = tf.layers.conv2d({ filters: 3, kernelSize: 3, kernelInitializer: 'heNormal', inputShape: [8, 8, 2] });
    const model = tf.sequential({ layers: [layer] });
    const output = tf.tidy(() => model.predict(tf.randomNormal([4, 8, 8, 2], 0, 1, 'float32', 1)) as tf.Tensor);
    const before = tf.memory().numTensors;
    const [found] = await outputDistributions([output], never);
    assert.equal(found?.name, 'output');
    assert.deepEqual(found.shape, [4, 6, 6, 3]);
    assertTrue(found.distribution, [...output.dataSync<'float32'>()]);
    const weights = await weightDistributions(layer, never);
    assert.deepEqual(
      weights.map(({ name, shape }) => [name, shape]),
      [
        [`${layer.name}/kernel`, [3, 3, 2, 3]],
        [`${layer.name}/bias`, [3]],
      ],
    );
    weights.forEach(({ distribution }, k) => assertTrue(distribution, [...(layer.weights[k]?.read().dataSync<'float32'>() ?? [])]));
    assert.equal(tf.memory().numTensors, before);
    output.dispose();
    model.dispose();
  });

  it('are read in pieces of a few megabytes, and can be stopped between them', async () => {
    const tensor = tf.randomUniform([3, 700, 800], -1, 1, 'float32', 3);
    const sizes: number[] = [];
    const found = await distributionOf(tensor, never, undefined, (values) => sizes.push(values.length));
    assert.ok(sizes.length > 1 && sizes.every((size) => size <= 2 ** 20));
    assertTrue(found, [...tensor.dataSync<'float32'>()]);
    const before = tf.memory().numTensors;
    const stopper = new AbortController();
    await assert.rejects(
      distributionOf(tensor, stopper.signal, undefined, () => stopper.abort()),
      { name: 'AbortError' },
    );
    assert.equal(tf.memory().numTensors, before);
    tensor.dispose();
  });
});
