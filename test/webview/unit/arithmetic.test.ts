import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { GraphLayer, ModelGraph } from '../../../src/model/graph';
import type { PlainObject } from '../../../src/model/plain';
import { compile } from '../../../webview/engine/build/compile';
import type { Step } from '../../../webview/engine/build/program';
import { recompute, type Recomputed } from '../../../webview/engine/pixel/arithmetic';
import { MOST_TERMS } from '../../../webview/engine/pixel/arithmeticTypes';
import { placeOf } from '../../../webview/draw/strides';
import { streamOf } from '../../../webview/engine/weights/random';
import { chain, graph, input, layer } from '../support/graphs';

/** Runs a graph's last step on cpu with random weights and inputs of both signs, and recomputes `elements` of its values. */
const recomputed = async (
  model: ModelGraph,
  elements: readonly (readonly number[])[] | number = 6,
  channel?: number,
): Promise<{ readonly all: Recomputed[]; readonly step: Step }> => {
  const program = compile(model);
  for (const slot of program.slots) {
    const stream = streamOf(3, slot.path, slot.name);
    const positive = slot.name.includes('variance');
    slot.fill(
      tf.tensor(
        Float32Array.from({ length: slot.size }, (_, k) => (positive ? 0.1 : -0.5) + stream.at(k)),
        [...slot.shape],
      ),
    );
  }
  const values = new Map<number, tf.Tensor>();
  program.feeds.forEach((feed) => {
    const stream = streamOf(5, feed.name);
    const size = feed.shape.reduce((total, dim) => total * dim, 1);
    const below = feed.indicesBelow;
    const numbers = Float32Array.from({ length: size }, (_, k) => (below ? Math.floor(stream.at(k) * below) : 2 * stream.at(k) - 1));
    values.set(feed.value, tf.tensor(numbers, [...feed.shape]));
  });
  const inputsOf = (step: Step): tf.Tensor[] => step.inputs.map((id) => values.get(id) as tf.Tensor);
  for (const step of program.steps) {
    assert.equal(step.stop, undefined);
    if (!step.runs) continue;
    const inputs = inputsOf(step);
    const made = step.runs.apply(inputs.length === 1 ? (inputs[0] as tf.Tensor) : inputs, { training: false }) as tf.Tensor;
    values.set(step.outputs[0] ?? -1, made);
  }
  const step = program.steps[program.steps.length - 1] as Step;
  const output = values.get(step.outputs[0] ?? -1) as tf.Tensor;
  const sizes = output.shape.slice(1);
  const total = sizes.reduce((product, size) => product * size, 1);
  const places =
    typeof elements === 'number'
      ? Array.from({ length: elements }, (_, k) => placeOf(Math.floor((k * (total - 1)) / Math.max(1, elements - 1)), sizes))
      : elements;
  const before = tf.memory().numTensors;
  const all: Recomputed[] = [];
  for (const at of places) {
    const operands = { layer: step.runs as NonNullable<Step['runs']>, inputs: inputsOf(step), output, example: 0, training: false };
    all.push(await recompute(operands, at, channel));
  }
  assert.equal(tf.memory().numTensors, before, 'nothing is left allocated');
  tf.dispose([...values.values()]);
  for (const slot of program.slots) slot.dispose();
  return { all, step };
};

/** Every element is recomputed, and is what TensorFlow.js has for it. */
const agree = async (name: string, ...layers: GraphLayer[]): Promise<Recomputed[]> => {
  const { all } = await recomputed(chain(name, layers), 9);
  for (const one of all) {
    assert.equal(one.arithmetic.reason, undefined, name);
    assert.ok(Math.abs((one.arithmetic.value ?? NaN) - one.device) < 1e-4, `${name}: ${one.arithmetic.value}, not ${one.device}`);
    assert.equal(one.agrees, true, name);
  }
  return all;
};

const ACTIVATIONS = ['linear', 'relu', 'relu6', 'sigmoid', 'hardSigmoid', 'tanh', 'elu', 'selu', 'softplus', 'softsign'];

describe('arithmetic of one element', () => {
  before(() => tf.setBackend('cpu'));

  it('is what TensorFlow.js computes, for every kind of convolution', async () => {
    const more = { filters: 4, kernelSize: 3 };
    for (const options of [
      {},
      { padding: 'same', strides: 2 },
      { dilationRate: 2 },
      { useBias: false, kernelSize: [2, 4], activation: 'tanh' },
    ])
      await agree('conv2d', input(9, 10, 3), layer('c', 'conv2d', { ...more, ...(options as PlainObject) }));
    await agree('first', input(3, 9, 10), layer('c', 'conv2d', { ...more, dataFormat: 'channelsFirst', padding: 'same' }));
    await agree('conv1d', input(12, 3), layer('c', 'conv1d', { ...more, padding: 'same', dilationRate: 2, activation: 'relu' }));
    await agree('conv3d', input(5, 6, 7, 2), layer('c', 'conv3d', { ...more, padding: 'same' }));
    await agree(
      'depthwise',
      input(9, 8, 3),
      layer('d', 'depthwiseConv2d', { kernelSize: 3, depthMultiplier: 2, padding: 'same', strides: 2 }),
    );
    await agree('separable', input(9, 8, 3), layer('s', 'separableConv2d', { ...more, depthMultiplier: 2, padding: 'same' }));
    await agree('transposed', input(4, 5, 3), layer('t', 'conv2dTranspose', { ...more, strides: 2, padding: 'same' }));
    await agree('valid', input(4, 5, 3), layer('t', 'conv2dTranspose', { ...more, kernelSize: 2, strides: 3 }));
  });

  it('is what TensorFlow.js computes for dense layers, also behind a softmax, on places and with an embedding', async () => {
    await agree('dense', input(50), layer('d', 'dense', { units: 7, activation: 'sigmoid' }));
    await agree('softmax', input(50), layer('d', 'dense', { units: 7, activation: 'softmax' }));
    await agree('log', input(50), layer('d', 'dense', { units: 7, activation: 'logSoftmax', useBias: false }));
    await agree('places', input(4, 5, 6), layer('d', 'dense', { units: 3 }));
    await agree('embedding', input(6), layer('e', 'embedding', { inputDim: 11, outputDim: 4 }));
  });

  it('knows the winner, and counts as TensorFlow.js does where an average stands on padding', async () => {
    for (const factory of ['maxPooling2d', 'averagePooling2d']) {
      await agree(factory, input(7, 8, 2), layer('p', factory, { poolSize: 3, strides: 2, padding: 'same' }));
      await agree(factory, input(2, 7, 8), layer('p', factory, { poolSize: 2, dataFormat: 'channelsFirst' }));
    }
    await agree('pool1d', input(9, 2), layer('p', 'averagePooling1d', { poolSize: 4, strides: 3, padding: 'same' }));
    for (const factory of ['globalMaxPooling2d', 'globalAveragePooling2d']) await agree(factory, input(5, 4, 3), layer('g', factory));
    await agree('global1d', input(5, 3), layer('g', 'globalAveragePooling1d'));
    const model = chain('corner', [input(3, 3, 1), layer('p', 'averagePooling2d', { poolSize: 2, strides: 2, padding: 'same' })]);
    const { all } = await recomputed(model, [[1, 1, 0]]);
    assert.deepEqual([all[0]?.arithmetic.count, all[0]?.arithmetic.padded], [1, 3]);
    const max = await recomputed(chain('max', [input(4, 4, 1), layer('p', 'maxPooling2d', { poolSize: 2 })]), [[1, 0, 0]]);
    const window = max.all[0]?.arithmetic.window;
    assert.equal(window?.values[window.winner ?? -1], max.all[0]?.device);
  });

  it('has the lines of batch norm, of activations and of what joins several inputs', async () => {
    const [norm] = await agree('norm', input(4, 4, 3), layer('b', 'batchNormalization', { epsilon: 0.01 }));
    assert.deepEqual(
      norm?.arithmetic.lines.map((line) => line.label),
      ['x', 'moving mean', 'moving variance', 'epsilon', '(x − mean) / √(variance + ε)', 'gamma', 'beta', 'gamma · that + beta'],
    );
    await agree('bare', input(3, 4, 4), layer('b', 'batchNormalization', { scale: false, center: false }));
    for (const activation of [...ACTIVATIONS, 'swish', 'mish', 'gelu', 'gelu_new', 'softmax'])
      await agree(activation, input(12), layer('a', 'activation', { activation }));
    for (const factory of ['reLU', 'leakyReLU', 'prelu', 'elu', 'thresholdedReLU']) await agree(factory, input(4, 6), layer('a', factory));
    await agree('softmax', input(4, 6), layer('a', 'softmax', { axis: -1 }));
    for (const factory of ['add', 'average', 'multiply', 'maximum', 'minimum', 'concatenate']) {
      const other = layer('other', 'inputLayer', { inputShape: [3, 3, 2] }, { className: 'InputLayer' });
      const { all } = await recomputed(graph(factory, [input(3, 3, 2), other, layer('m', factory)], [[0], [1], [2, 0, 1]]));
      for (const one of all) assert.equal(one.agrees, true, factory);
    }
  });

  it('says where a value that was only moved comes from', async () => {
    await agree('flatten', input(3, 4, 2), layer('f', 'flatten'));
    await agree('reshape', input(24), layer('r', 'reshape', { targetShape: [2, 3, 4] }));
    await agree('permute', input(3, 4, 2), layer('p', 'permute', { dims: [3, 1, 2] }));
    await agree('upsampling', input(3, 4, 2), layer('u', 'upSampling2d', { size: [2, 3] }));
    await agree('dropout', input(3, 4, 2), layer('d', 'dropout', { rate: 0.5 }));
    const [corner] = await agree('padding', input(3, 4, 2), layer('z', 'zeroPadding2d', { padding: 1 }));
    assert.deepEqual([corner?.arithmetic.rule, corner?.arithmetic.value], ['copy', 0]);
    const { all } = await recomputed(chain('flat', [input(3, 4, 2), layer('f', 'flatten')]), [[13]]);
    assert.deepEqual(all[0]?.arithmetic.terms[0]?.at, [1, 2, 1]);
  });

  it('lists the largest terms, and the rest as a sum', async () => {
    const model = chain('many', [input(8, 8, 5), layer('c', 'conv2d', { filters: 2, kernelSize: 3 })]);
    const { all } = await recomputed(model, [[2, 3, 1]]);
    const { terms, count, rest, lines, channels, value } = all[0]?.arithmetic ?? assert.fail();
    assert.deepEqual([terms.length, count, rest.count, channels.length], [MOST_TERMS, 45, 45 - MOST_TERMS, 5]);
    const sizes = terms.map((term) => Math.abs(term.product));
    assert.deepEqual(
      sizes,
      [...sizes].sort((a, b) => b - a),
    );
    const listed = terms.reduce((sum, term) => sum + term.product, rest.sum);
    const [sum, bias] = lines;
    assert.ok(Math.abs(listed - (sum?.value ?? NaN)) < 1e-12);
    assert.ok(Math.abs(channels.reduce((total, one) => total + one, 0) - listed) < 1e-12);
    assert.equal(value, (sum?.value ?? NaN) + (bias?.value ?? NaN));
    for (const { at } of terms) assert.ok((at[0] ?? 9) >= 2 && (at[0] ?? 9) < 5 && (at[1] ?? 9) >= 3 && (at[1] ?? 9) < 6);
  });

  it('shows the window of the channel that was asked for, padding left open', async () => {
    const model = chain('window', [input(6, 6, 3), layer('c', 'conv2d', { filters: 2, kernelSize: 3, padding: 'same' })]);
    const { all } = await recomputed(model, [[0, 5, 1]], 2);
    const { window, channels, padded } = all[0]?.arithmetic ?? assert.fail();
    assert.deepEqual([window?.rows, window?.columns, window?.channel, padded], [3, 3, 2, 15]);
    assert.deepEqual(window?.values.map(Number.isNaN), [true, true, true, false, false, true, false, false, true]);
    const sum = window?.values.reduce((total, value, k) => total + (Number.isNaN(value) ? 0 : value * (window.weights[k] ?? NaN)), 0);
    assert.ok(Math.abs((sum ?? NaN) - (channels[2] ?? NaN)) < 1e-12);
  });

  it('says so where a device computes something else, and where nothing is recomputed', async () => {
    const program = compile(chain('wrong', [input(3), layer('a', 'activation', { activation: 'relu' })]));
    const x = tf.tensor2d([[1, 2, 3]]);
    const output = tf.tensor2d([[1, 2, 3.01]]);
    const operands = { layer: program.steps[1]?.runs ?? assert.fail(), inputs: [x], output, example: 0, training: false };
    assert.equal((await recompute(operands, [1])).agrees, true);
    assert.equal((await recompute(operands, [2])).agrees, false);
    tf.dispose([x, output]);
    const { all } = await recomputed(chain('lstm', [input(4, 2), layer('l', 'lstm', { units: 2 })]), 1);
    assert.deepEqual([all[0]?.agrees, all[0]?.arithmetic.rule], [undefined, 'none']);
    assert.match(all[0]?.arithmetic.reason ?? '', /The arithmetic of l is not spelled out/);
    const conv = await recomputed(
      chain('soft', [input(4, 4, 2), layer('c', 'conv2d', { filters: 2, kernelSize: 1, activation: 'softmax' })]),
      1,
    );
    assert.match(conv.all[0]?.arithmetic.reason ?? '', /softmax needs the sums of all channels/);
  });
});
