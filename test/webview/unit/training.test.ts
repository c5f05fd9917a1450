import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { ModelGraph } from '../../../src/model/graph';
import { compile } from '../../../webview/engine/build/compile';
import type { StepOutcome } from '../../../webview/engine/run/execute';
import { fillSlots } from '../../../webview/engine/weights/fill';
import { executeAll } from '../support/execution';
import { chain, input, layer } from '../support/graphs';

const nothing = (): Promise<void> => Promise.resolve();

interface Outcome {
  readonly values: ReadonlyMap<string, Float32Array>;
  readonly stops: ReadonlyMap<string, string | undefined>;
  readonly weights: readonly Float32Array[];
}

const variance = { $tf: 'initializers.randomUniform', args: [{ minval: 0.3, maxval: 2 }] };
const around = { $tf: 'initializers.randomUniform', args: [{ minval: -1, maxval: 1 }] };
const said = { movingMeanInitializer: around, movingVarianceInitializer: variance, gammaInitializer: variance, betaInitializer: around };

/** A graph's layers' values in either mode, and its weights afterwards, which `look` sees while they are alive. */
const ran = async (
  graph: ModelGraph,
  feed: tf.Tensor,
  training: boolean,
  look: (weights: tf.Tensor[]) => void = () => undefined,
): Promise<Outcome> => {
  const program = compile(graph);
  await fillSlots(program.slots, undefined, 42, nothing);
  const outcomes: StepOutcome[] = [];
  const work = { program, feeds: [feed.clone()], keep: () => true, finished: nothing, training };
  const kept = await executeAll({ ...work, ran: (one) => outcomes.push(one), signal: new AbortController().signal });
  const values = new Map(
    outcomes.flatMap(({ step, outputs: [first] }) => (first ? [[step.layer.name, first.dataSync<'float32'>().slice()] as const] : [])),
  );
  const stops = new Map(outcomes.map(({ step, stop }) => [step.layer.name, stop]));
  const weights = program.slots.map((slot) => slot.read());
  look(weights);
  const copies = weights.map((weight) => weight.dataSync<'float32'>().slice());
  kept.dispose();
  for (const slot of program.slots) slot.dispose();
  return { values, stops, weights: copies };
};

const net = chain('net', [
  input(6, 6, 2),
  layer('conv', 'conv2d', { filters: 4, kernelSize: 3, kernelInitializer: 'heNormal' }),
  layer('bn', 'batchNormalization', said),
  layer('drop', 'dropout', { rate: 0.4 }),
  layer('flat', 'flatten'),
  layer('dense', 'dense', { units: 3 }),
  layer('bn2', 'batchNormalization', { ...said, momentum: 0.5 }),
]);

const close = (found: Float32Array | undefined, expected: Float32Array, what: string): void => {
  assert.equal(found?.length, expected.length);
  found.forEach((value, k) => assert.ok(Math.abs(value - (expected[k] ?? NaN)) < 1e-4, `${what} ${k}: ${value}, not ${expected[k]}`));
};

describe('a run in training mode', () => {
  before(() => tf.setBackend('cpu'));

  it('gives what TensorFlow.js gives with training: true, and moves no statistics', async () => {
    const feed = tf.randomNormal([5, 6, 6, 2], 0.5, 2, 'float32', 3);
    for (const training of [true, false]) {
      // Dropout with the seed that the run gives it, so that both draw the same mask.
      const model = tf.sequential({
        layers: [
          tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [6, 6, 2] }),
          tf.layers.batchNormalization(),
          tf.layers.dropout({ rate: 0.4, seed: 'drop@3' as unknown as number }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 3 }),
          tf.layers.batchNormalization({ momentum: 0.5 }),
        ],
      });
      // The model's own layers, in turn; `setWeights` takes trainable weights first, so each layer takes its own.
      const expected = new Map<string, Float32Array>();
      const before: Float32Array[] = [];
      const found = await ran(net, feed, training, (weights) => {
        let from = 0;
        let value: tf.Tensor = feed;
        for (const [k, one] of model.layers.entries()) {
          const mine = weights.slice(from, (from += one.weights.length));
          one.setWeights(mine);
          before.push(...mine.map((weight) => weight.dataSync<'float32'>().slice()));
          value = one.apply(value, { training }) as tf.Tensor;
          expected.set(['conv', 'bn', 'drop', 'flat', 'dense', 'bn2'][k] ?? '', value.dataSync<'float32'>());
        }
        const moved = model.layers[1]?.getWeights()[2]?.dataSync<'float32'>();
        const began = weights[4]?.dataSync<'float32'>();
        assert.equal(
          moved?.every((one, c) => one === began?.[c]),
          !training,
          'TensorFlow.js itself does move them',
        );
      });
      for (const [name, values] of expected) close(found.values.get(name), values, name);
      assert.deepEqual(found.weights, before);
    }
  });

  it('leaves no tensor behind', async () => {
    const feed = tf.randomNormal([5, 6, 6, 2], 0, 1, 'float32', 3);
    const before = tf.memory().numTensors;
    await ran(net, feed, true);
    assert.equal(tf.memory().numTensors, before);
  });

  it('draws the same dropout mask each time', async () => {
    const feed = tf.randomNormal([5, 6, 6, 2], 0, 1, 'float32', 3);
    const [first, second] = [await ran(net, feed, true), await ran(net, feed, true)];
    assert.deepEqual(first.values.get('drop'), second.values.get('drop'));
    assert.ok(first.values.get('drop')?.some((value) => value === 0));
    assert.notDeepEqual(first.values.get('drop'), first.values.get('bn'));
  });

  it('stops at a batch norm without scale or center with a reason; TensorFlow.js throws there', async () => {
    for (const option of ['scale', 'center']) {
      const graph = chain('net', [input(3), layer('bn', 'batchNormalization', { [option]: false }), layer('d', 'dense', { units: 1 })]);
      const feed = tf.randomNormal([4, 3]);
      const model = tf.sequential({ layers: [tf.layers.batchNormalization({ [option]: false, inputShape: [3] })] });
      assert.throws(() => model.apply(feed, { training: true }), TypeError);
      const { stops } = await ran(graph, feed, true);
      assert.match(stops.get('bn') ?? '', new RegExp(`^with ${option}: false TensorFlow\\.js cannot run a batch norm in training mode`));
      assert.equal((await ran(graph, feed, false)).stops.get('bn'), undefined);
    }
  });

  it('makes a dense batch norm of a single example all beta', async () => {
    const graph = chain('net', [input(3), layer('bn', 'batchNormalization', { betaInitializer: 'ones' })]);
    const { values } = await ran(graph, tf.tensor2d([[5, -2, 9]]), true);
    assert.deepEqual([...(values.get('bn') ?? [])], [1, 1, 1]);
  });
});
