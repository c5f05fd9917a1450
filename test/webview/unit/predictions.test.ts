import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { ModelGraph } from '../../../src/model/graph';
import { compile } from '../../../webview/engine/build/compile';
import type { Prediction } from '../../../webview/engine/contract/predictions';
import { predictionsOf } from '../../../webview/engine/predictions/predictions';
import type { RunView } from '../../../webview/engine/runView';
import { fillSlots } from '../../../webview/engine/weights/fill';
import { executeAll } from '../support/execution';
import { graph, input, layer } from '../support/graphs';

const never = new AbortController().signal;
const nothing = (): Promise<void> => Promise.resolve();

/** What a graph predicts for the first of three examples, and what TensorFlow.js' own model of the same weights does. */
const predicted = async (model: ModelGraph, feed: tf.Tensor): Promise<{ found: Prediction[]; weights: Float32Array[] }> => {
  const program = compile(model);
  await fillSlots(program.slots, undefined, 42, nothing);
  const kept = await executeAll({
    program,
    feeds: [feed.clone()],
    keep: () => true,
    finished: nothing,
    ran: () => undefined,
    signal: never,
  });
  const run = {
    program,
    withValues: async (ids: readonly number[], signal: AbortSignal, use: (tensors: readonly tf.Tensor[], signal: AbortSignal) => unknown) =>
      use(
        ids.map((id) => {
          const tensor = kept.get(id);
          if (!tensor) throw new Error('This layer did not run.');
          return tensor;
        }),
        signal,
      ),
  } as unknown as RunView;
  const before = tf.memory().numTensors;
  const found = await predictionsOf(run, never);
  assert.equal(tf.memory().numTensors, before);
  const weights = program.slots.map((slot) => slot.read().dataSync<'float32'>().slice());
  kept.dispose();
  for (const slot of program.slots) slot.dispose();
  return { found, weights };
};

const heads = graph(
  'heads',
  [
    input(4),
    layer('classes', 'dense', { units: 3, activation: 'softmax', useBias: false }),
    layer('tags', 'dense', { units: 2, activation: 'sigmoid', useBias: false }),
    layer('price', 'dense', { units: 1, useBias: false }),
    layer('wide', 'dense', { units: 2000, useBias: false }),
  ],
  [[0], [1, 0], [2, 0], [3, 0], [4, 0]],
);

const model: ModelGraph = { ...heads, outputs: [1, 2, 3, 4].map((node) => ({ node, index: 0 })) };

describe('predictions', () => {
  before(() => tf.setBackend('cpu'));

  it('are the first example of each output that is a list, as its last layer makes it', async () => {
    const feed = tf.tensor2d([
      [1, -2, 0.5, 3],
      [0, 0, 0, 0],
      [9, 9, 9, 9],
    ]);
    const { found, weights } = await predicted(model, feed);
    assert.deepEqual(
      found.map(({ name, kind }) => [name, kind]),
      [
        ['classes', 'softmax'],
        ['tags', 'sigmoid'],
        ['price', 'values'],
      ],
    );
    const activations = [tf.softmax, tf.sigmoid, tf.clone];
    found.forEach(({ values }, k) => {
      const truth = tf.tidy(() => activations[k]?.(tf.matMul(feed, tf.tensor2d(weights[k] ?? [], [4, values.length]))).dataSync() ?? []);
      values.forEach((value, at) => assert.ok(Math.abs(value - (truth[at] ?? NaN)) < 1e-5, `${k}, ${at}: ${value}, not ${truth[at]}`));
    });
  });

  it('leave out an output that did not come to be', async () => {
    const broken: ModelGraph = {
      ...model,
      layers: model.layers.map((one) => (one.name === 'tags' ? { ...one, stop: 'class Tags is a custom layer' } : one)),
    };
    const { found } = await predicted(broken, tf.ones([3, 4]));
    assert.deepEqual(
      found.map(({ name }) => name),
      ['classes', 'price'],
    );
  });
});
