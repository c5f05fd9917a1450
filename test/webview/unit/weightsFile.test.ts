import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { ModelGraph } from '../../../src/model/graph';
import { compile } from '../../../webview/engine/build/compile';
import type { Program } from '../../../webview/engine/build/program';
import type { WeightsReport } from '../../../webview/engine/contract/weights';
import { fromHalf } from '../../../webview/engine/weights/file/decode';
import { loadWeights } from '../../../webview/engine/weights/file/load';
import { fillSlots } from '../../../webview/engine/weights/fill';
import { HEAD, readSource } from '../../support/readSource';
import { filesOf, loadedByTensorFlow, opened, quantized, saved, type Files } from '../support/savedModel';

const SMALL = `tf.sequential({ layers: [
  tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3, activation: 'relu', name: 'conv' }),
  tf.layers.batchNormalization({ name: 'norm' }),
  tf.layers.flatten(),
  tf.layers.dense({ units: 5, name: 'out' }),
] })`;

/** Sources are run by TensorFlow.js and read by the reader: both sides of one text. */
const real = (source: string): tf.LayersModel => new Function('tf', `return ${source}`)(tf) as tf.LayersModel;
const graphOf = (source: string): ModelGraph => {
  // A model in the model is read as one of its own as well.
  const models = readSource(`${HEAD}export const model = ${source};`).models.map(({ graph }) => graph);
  return models.reduce((widest, graph) => (graph.layers.some(({ model }) => model) ? graph : widest));
};

/** Weights that no initializer makes. */
const scrambled = (source: string): tf.LayersModel => {
  const model = real(source);
  model.setWeights(model.getWeights().map((weight, k) => tf.randomNormal(weight.shape, 0.1, 1, 'float32', 7 + k)));
  return model;
};

const built = async (source: string): Promise<Program> => {
  const program = compile(graphOf(source));
  await fillSlots(program.slots, undefined, 1, () => Promise.resolve());
  return program;
};

const load = (program: Program, files: Files, pause: () => Promise<void> = () => Promise.resolve()): Promise<WeightsReport> =>
  loadWeights({ program, ...opened(files), pause });

const valuesOf = (program: Program): number[][] => program.slots.map((slot) => [...slot.read().dataSync()]);

/** A model's weights in the order of its layers, each layer's own. */
const valuesOfModel = (model: tf.LayersModel): number[][] =>
  model.layers.flatMap((layer) =>
    layer instanceof tf.LayersModel ? valuesOfModel(layer) : layer.getWeights().map((weight) => [...weight.dataSync()]),
  );

const outcomes = ({ layers }: WeightsReport): string[] => layers.map(({ layer, outcome, by }) => `${layer} ${outcome} ${by ?? '-'}`);

describe('weights of a file', () => {
  before(() => tf.setBackend('cpu'));

  for (const shardBytes of [2 ** 22, 1000, 7, 13]) {
    it(`are those that TensorFlow.js loads, in shards of ${shardBytes} bytes`, async () => {
      const files = filesOf(await saved(scrambled(SMALL)), shardBytes);
      const program = await built(SMALL);
      const report = await load(program, files);
      assert.deepEqual(valuesOf(program), valuesOfModel(await loadedByTensorFlow(files)));
      assert.deepEqual(outcomes(report), ['conv taken name', 'norm taken name', 'out taken name']);
      assert.deepEqual([report.extras, report.parameters], [0, 3 * 3 * 3 * 4 + 4 + 16 + 144 * 5 + 5]);
    });
  }

  for (const dtype of ['uint8', 'uint16', 'float16'] as const) {
    it(`are those that TensorFlow.js loads, quantized to ${dtype}`, async () => {
      const files = filesOf(quantized(await saved(scrambled(SMALL)), dtype), 101);
      const program = await built(SMALL);
      await load(program, files);
      assert.deepEqual(valuesOf(program), valuesOfModel(await loadedByTensorFlow(files)));
    });
  }

  it('knows every half as TensorFlow.js does', () => {
    const bits = Uint16Array.from({ length: 65536 }, (_, k) => k);
    const spec = { name: 'h', shape: [65536], dtype: 'float32', quantization: { dtype: 'float16' } } as const;
    const { h } = tf.io.decodeWeights(bits.buffer, [{ ...spec, shape: [...spec.shape] }]);
    assert.deepEqual([...Float32Array.from(bits, fromHalf)], [...(h?.dataSync() ?? [])]);
  });

  for (const [what, source] of Object.entries({
    'a bidirectional and a wrapped layer': `tf.sequential({ layers: [
      tf.layers.bidirectional({ layer: tf.layers.lstm({ units: 3, returnSequences: true }), inputShape: [4, 2], name: 'both' }),
      tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 2 }), name: 'each' }),
      tf.layers.rnn({ cell: [tf.layers.gruCell({ units: 2 }), tf.layers.lstmCell({ units: 3 })], name: 'stack' }),
    ] })`,
    'a model in a model': `tf.sequential({ layers: [
      tf.sequential({ name: 'inner', layers: [tf.layers.dense({ units: 3, inputShape: [4], name: 'a' }), tf.layers.batchNormalization({ name: 'b' })] }),
      tf.layers.dense({ units: 2, name: 'c' }),
    ] })`,
    'frozen layers, which are saved last': `tf.sequential({ layers: [
      tf.layers.dense({ units: 3, inputShape: [3], trainable: false, name: 'frozen' }), tf.layers.dense({ units: 3, name: 'free' }),
    ] })`,
  })) {
    it(`reach ${what}`, async () => {
      const files = filesOf(await saved(scrambled(source)));
      const program = await built(source);
      const report = await load(program, files);
      assert.ok(
        report.layers.every(({ outcome, by }) => outcome === 'taken' && by === 'name'),
        outcomes(report).join(', '),
      );
      assert.deepEqual(valuesOf(program), valuesOfModel(await loadedByTensorFlow(files)));
    });
  }

  it('are found by the order of layers where names were given by TensorFlow.js, frozen layers too', async () => {
    const unnamed = `tf.sequential({ layers: [
      tf.layers.dense({ units: 3, inputShape: [3], trainable: false }), tf.layers.dense({ units: 3 }), tf.layers.dense({ units: 2 }) ] })`;
    const model = scrambled(unnamed);
    const files = filesOf(await saved(model));
    const program = await built(unnamed);
    const report = await load(program, files);
    assert.deepEqual(valuesOf(program), valuesOfModel(model));
    assert.deepEqual(new Set(report.layers.map(({ outcome }) => outcome)), new Set(['taken']));
  });

  it('leave layers that do not fit as they were, and say what is where', async () => {
    const other = SMALL.replace('filters: 4', 'filters: 6').replace(
      "name: 'out' }),",
      "name: 'out' }), tf.layers.dense({ units: 3, name: 'more' }),",
    );
    const files = filesOf(await saved(scrambled(SMALL)));
    const program = await built(other);
    const before = valuesOf(program);
    const report = await load(program, files);
    assert.deepEqual(outcomes(report), ['conv differs name', 'norm differs name', 'out differs name', 'more missing -']);
    assert.deepEqual(report.layers[0]?.weights, [
      { name: 'kernel', inSource: [3, 3, 3, 6], inFile: [3, 3, 3, 4], strange: 0 },
      { name: 'bias', inSource: [6], inFile: [4], strange: 0 },
    ]);
    assert.deepEqual(valuesOf(program), before);
    assert.equal(report.parameters, 0);
  });

  it('fit as many layers as they can after a layer came in between', async () => {
    const one = (k: number, units: number) => `tf.layers.dense({ units: ${units}${k === 0 ? ', inputShape: [4]' : ''} })`;
    const list = (sizes: readonly number[]) => `tf.sequential({ layers: [${sizes.map((units, k) => one(k, units)).join(', ')}] })`;
    const model = scrambled(list([3, 5, 2]));
    const program = await built(list([3, 5, 5, 2]));
    const report = await load(program, filesOf(await saved(model)));
    const taken = report.layers.filter(({ outcome }) => outcome === 'taken');
    assert.equal(taken.length, 3);
    assert.equal(report.layers[0]?.outcome, 'taken');
    assert.equal(report.layers[3]?.outcome, 'taken');
    assert.deepEqual(valuesOf(program).slice(-2), valuesOfModel(model).slice(-2));
  });

  it('name what no layer wanted, but not what only training needs', async () => {
    const artifacts = await saved(scrambled(SMALL));
    const specs = [
      ...(artifacts.weightSpecs ?? []),
      { name: 'gone/kernel', shape: [2], dtype: 'float32' as const },
      { name: 'adam/m', shape: [1], dtype: 'float32' as const, group: 'optimizer' as const },
    ];
    const data = tf.io.concatenateArrayBuffers([[artifacts.weightData ?? []].flat(), new Float32Array(3).buffer].flat());
    const report = await load(await built(SMALL), filesOf({ ...artifacts, weightSpecs: specs, weightData: data }));
    assert.deepEqual(report.extra, [{ name: 'gone/kernel', shape: [2] }]);
    assert.equal(report.extras, 1);
  });

  it('read nothing that no layer takes, no part twice, and one part at a time', async () => {
    const artifacts = await saved(scrambled(SMALL));
    const parts: string[] = [];
    const program = await built(SMALL.replace('kernelSize: 3', 'kernelSize: 5'));
    let under = 0;
    const { opened: file, read } = opened(filesOf(artifacts, 64), (shard, from) => parts.push(`${shard}:${from}`));
    await loadWeights({
      program,
      opened: file,
      read: async (...part) => {
        assert.equal(++under, 1);
        const buffer = await read(...part);
        under--;
        return buffer;
      },
      pause: () => Promise.resolve(),
    });
    assert.equal(new Set(parts).size, parts.length);
    // The convolution's kernel fills the first six shards, and does not fit.
    assert.ok(!parts.some((part) => /^[0-5]:/.test(part)), parts.join(' '));
  });

  it('tell values that are NaN or infinite', async () => {
    const model = scrambled(SMALL);
    model.getLayer('out').setWeights([tf.fill([144, 5], NaN), tf.tensor1d([1, 2, Infinity, 4, 5])]);
    const report = await load(await built(SMALL), filesOf(await saved(model)));
    assert.deepEqual(
      report.layers[2]?.weights.map(({ strange }) => strange),
      [720, 1],
    );
  });

  it('change nothing where reading fails or is stopped in the middle, and leave no tensor behind', async () => {
    const files = filesOf(await saved(scrambled(SMALL)), 500);
    const program = await built(SMALL);
    const before = valuesOf(program);
    const { numTensors } = tf.memory();
    let steps = 0;
    const stop = () => (++steps === 3 ? Promise.reject(new DOMException('stop', 'AbortError')) : Promise.resolve());
    await assert.rejects(load(program, files, stop), { name: 'AbortError' });
    const { opened: file } = opened(files);
    const broken = (shard: number) => (shard < 3 ? Promise.resolve(new ArrayBuffer(500)) : Promise.reject(new Error('The shard is gone.')));
    await assert.rejects(loadWeights({ program, opened: file, read: broken, pause: () => Promise.resolve() }), /The shard is gone\./);
    assert.deepEqual(valuesOf(program), before);
    assert.equal(tf.memory().numTensors, numTensors);
    await load(program, files);
    assert.equal(tf.memory().numTensors, numTensors);
  });
});
