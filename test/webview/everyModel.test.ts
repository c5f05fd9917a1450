import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { BatchNormReport } from '../../webview/engine/contract/batchNorm';
import { CUSTOM_LAYERS } from '../unit/reader/tensors/customLayers';
import { referenceOf, type ReferenceStep } from './support/agreement';
import { benchOn, Stage, type RemoteBench, type StagePage } from './support/browser';
import { PROGRAMS } from './support/programs';
import { compare } from './support/reference';

/** AlexNet with its normalisation, for smaller pictures and with fewer neurons. */
const alexnet = readFileSync(join(__dirname, '../../examples/alexnet.ts'), 'utf8')
  .replace('[227, 227, 3]', '[67, 67, 3]')
  .replaceAll('4096', '16')
  .replace('= 1000', '= 10');

/** The same with a sixteenth of its filters, for a GPU that is software. */
const slimAlexnet = alexnet
  .replaceAll('filters: 96', 'filters: 6')
  .replace(/(conv\('conv\d', )(\d+)/g, (_, call: string, filters: string) => call + String(Number(filters) / 16));

/** Layer classes that one of the backends has no kernel for, by that backend. */
const LACKING = {
  wasm: {
    kernel: 'Einsum',
    source: `class Own extends tf.layers.Layer {
        static className = 'Own';
        w!: tf.LayerVariable;
        build(shape: tf.Shape) { this.w = this.addWeight('w', [shape[1]!, 3], 'float32', tf.initializers.glorotNormal({})); }
        computeOutputShape(shape: tf.Shape) { return [shape[0]!, 3]; }
        call(inputs: tf.Tensor[]) { return tf.einsum('bi,ij->bj', inputs[0]!, this.w.read()); }
      }
      export const create = () => tf.sequential({ layers: [
        tf.layers.dense({ name: 'before', units: 4, inputShape: [5] }), new Own({ name: 'own' }), tf.layers.dense({ name: 'after', units: 2 }),
      ] });`,
  },
  webgpu: {
    kernel: 'BitwiseAnd',
    source: `class Own extends tf.layers.Layer {
        static className = 'Own';
        call(inputs: tf.Tensor[]) {
          const all = (value: number) => tf.fill(inputs[0]!.shape as number[], value, 'int32');
          return inputs[0]!.add(tf.bitwiseAnd(all(13), all(10)).toFloat());
        }
      }
      export const create = () => tf.sequential({ layers: [
        tf.layers.dense({ name: 'before', units: 4, inputShape: [5] }), new Own({ name: 'own' }), tf.layers.dense({ name: 'after', units: 2 }),
      ] });`,
  },
} as const;

/** Channels first, each with statistics of its own. */
const AXIS_1 = `
  const spread = () => tf.initializers.randomUniform({ minval: 0.2, maxval: 2 });
  export const create = () => tf.sequential({ layers: [
    tf.layers.permute({ name: 'turn', inputShape: [6, 5, 4], dims: [3, 1, 2] }),
    tf.layers.batchNormalization({ name: 'bn', axis: 1, gammaInitializer: spread(), betaInitializer: spread(),
      movingMeanInitializer: spread(), movingVarianceInitializer: spread() }),
  ] });`;

const FIRST_CHANNEL = { view: 'channel', channel: 0 } as const;

const isNear = (given: number, is: number): boolean => Math.abs(given - is) <= 1e-4 * Math.max(1, Math.abs(is));

/** Holds a layer's filters and biases, or the pictures of its weights, against the weights that it must have. */
const holdsWeights = async (
  bench: RemoteBench,
  what: string,
  key: string,
  { filters, bias }: Awaited<ReturnType<RemoteBench['tiles']>>,
  { weights }: ReferenceStep,
): Promise<void> => {
  if (weights.length === 0) return;
  const valuesOf = (name: RegExp): Float32Array =>
    weights.find((weight) => name.test(weight.name))?.values ?? assert.fail(`${what}: ${name}`);
  if (filters) {
    const { worst, pixels } = compare(filters, valuesOf(/kernel$/));
    assert.ok(pixels > 0 && worst <= 2, `${what}: filters are ${worst} of 255 off`);
    if (bias) assert.ok(compare(bias, valuesOf(/bias$/)).worst <= 2, `${what}: biases`);
    return;
  }
  const sheets = await bench.weightSheets({ key, room: { width: 320, ratio: 1 }, scale: 'shared', filters: FIRST_CHANNEL });
  assert.equal(sheets.length, weights.length, what);
  sheets.forEach((sheet, k) => {
    const { worst, pixels } = compare(sheet, weights[k]?.values ?? new Float32Array());
    assert.ok(pixels > 0 && worst <= 2, `${what}: ${sheet.name} is ${worst} of 255 off`);
  });
};

/** Holds a batch norm's figures against its weights and the moments of its input, in float64. */
const holdsBatchNorm = (what: string, report: BatchNormReport, { input, weights }: ReferenceStep): void => {
  const [gamma, beta, movingMean, movingVariance] = weights.map(({ values }) => values);
  const { shape } = input;
  const values = input.dataSync<'float32'>();
  const channels = gamma?.length ?? 0;
  const axis = shape.at(-1) === channels ? shape.length - 1 : 1;
  const stride = shape.slice(axis + 1).reduce((total, size) => total * size, 1);
  const ofChannel = Array.from({ length: channels }, (_, channel) =>
    [...values].filter((_value, k) => Math.floor(k / stride) % channels === channel),
  );
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const batchMean = ofChannel.map(mean);
  const batchVariance = ofChannel.map((list, k) => mean(list.map((value) => (value - (batchMean[k] ?? NaN)) ** 2)));
  assert.equal(report.m, values.length / channels, what);
  for (const [figure, expected] of Object.entries({ gamma, beta, movingMean, movingVariance, batchMean, batchVariance })) {
    const given = report.channels[figure as 'gamma'];
    assert.equal(given.length, channels, what);
    Array.from(given).forEach((value, k) => assert.ok(isNear(value, expected?.[k] ?? NaN), `${what}: ${figure} of channel ${k}: ${value}`));
  }
};

describe('every model that is read runs on every backend, as TensorFlow.js on cpu computes it', () => {
  let stage: Stage;
  let opened: StagePage | undefined;

  before(async () => {
    await tf.setBackend('cpu');
    stage = await Stage.open();
  });
  after(() => stage.close());
  afterEach(() => opened?.close());

  const benchWith = async (backend: 'webgpu' | 'webgl' | 'wasm' | 'cpu'): Promise<RemoteBench> => {
    opened = await stage.page('/bench');
    const bench = benchOn(opened.page);
    await bench.start(backend);
    return bench;
  };

  /** Runs a source in the panel's engine, and holds tiles and figures of every layer against TensorFlow.js'. */
  const holds = async (bench: RemoteBench, name: string, source: string): Promise<Awaited<ReturnType<RemoteBench['run']>>> => {
    const { graph, steps } = await referenceOf(source, 42, 5);
    const built = await bench.build(graph, 42);
    const outcome = await bench.run({ kind: 'random', seed: 5 });
    assert.equal(outcome.ran.stop, undefined, name);
    const { figures } = await bench.numbers();
    for (const step of built.steps.filter(({ className }) => className !== 'InputLayer')) {
      const what = `${name}, ${step.key}`;
      const reference = steps.get(step.key) ?? assert.fail(what);
      const { values: expected } = reference;
      const look = { scale: 'shared', map: 'auto' } as const;
      const drawn = await bench.tiles({
        key: step.key,
        room: { width: 320, ratio: 1 },
        limit: 16,
        label: 16,
        look,
        filters: FIRST_CHANNEL,
      });
      const { worst, pixels } = compare(drawn.picture, expected);
      assert.ok(pixels > 0 && worst <= 2, `${what}: ${worst} of 255 off in ${pixels} pixels`);
      const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
      const std = Math.sqrt(expected.reduce((sum, value) => sum + (value - mean) ** 2, 0) / expected.length);
      const found = figures[step.key] ?? assert.fail(what);
      for (const [figure, is] of Object.entries({ min: Math.min(...expected), max: Math.max(...expected), mean, std })) {
        const given = found[figure as 'min'];
        assert.ok(isNear(given, is), `${what}: ${figure} ${given}, not ${is}`);
      }
      await holdsWeights(bench, what, step.key, drawn, reference);
      if (step.className === 'BatchNormalization') holdsBatchNorm(what, await bench.batchNorm(step.key), reference);
    }
    return outcome;
  };

  /** A software WebGPU takes long to make its programs: small models, and not all of them. */
  const SMALL = [
    'a residual block with a projected shortcut',
    'an Inception block',
    'a depthwise net',
    'an LSTM over words',
    'a 1-D net',
    'a siamese pair that shares its tower',
  ];

  /** So does a software WebGL: whatever has kernels of its own. */
  const WITH_KERNELS = [...SMALL, 'volumes', 'recurrent layers of all kinds, both ways', 'values that are masked', 'channels first'];

  const namesFor = (backend: string): readonly string[] =>
    backend === 'webgpu' ? SMALL : backend === 'webgl' ? WITH_KERNELS : Object.keys(PROGRAMS);

  for (const backend of ['webgpu', 'webgl', 'wasm', 'cpu'] as const) {
    it(backend, async function () {
      this.timeout(600_000);
      const bench = await benchWith(backend);
      for (const name of namesFor(backend)) await holds(bench, name, PROGRAMS[name] ?? assert.fail(name));
      for (const name of ['causal self attention', 'moments of each example']) await holds(bench, name, CUSTOM_LAYERS[name]?.source ?? '');
      await holds(bench, 'AlexNet', backend.startsWith('webg') ? slimAlexnet : alexnet);
      assert.deepEqual(opened?.complaints, []);
    });
  }

  for (const backend of ['webgpu', 'webgl', 'wasm', 'cpu'] as const) {
    it(`normalises along the axis that the source names, and says where the kernel of ${backend} would not`, async () => {
      const bench = await benchWith(backend);
      const { graph, steps } = await referenceOf(AXIS_1, 42, 5);
      const built = await bench.build(graph, 42);
      const { layers } = await bench.run({ kind: 'random', seed: 5 });
      const { key } = built.steps.at(-1) ?? assert.fail('no layer');
      const { input, weights } = steps.get(key) ?? assert.fail(key);
      // By the formula, for the reference's own kernel takes the statistics along the last axis.
      const [gamma, beta, mean, variance] = weights.map(({ values }) => tf.reshape(tf.tensor(values), [1, -1, 1, 1]));
      assert.ok(gamma && beta && mean && variance);
      const expected = input.sub(mean).div(variance.add(1e-3).sqrt()).mul(gamma).add(beta).dataSync<'float32'>();
      const look = { scale: 'shared', map: 'auto' } as const;
      const picture = await bench.picture({ key, room: { width: 320, ratio: 1 }, limit: 16, label: 16, look });
      const { worst, pixels } = compare(picture, expected);
      assert.ok(pixels > 0 && worst <= 2, `${worst} of 255 off`);
      const isWrong = backend === 'wasm' || backend === 'cpu';
      assert.equal(layers.at(-1)?.fallback?.startsWith('computed by the formula') ?? false, isWrong);
      const before = await bench.memory();
      for (let round = 0; round < 3; round++) await bench.run({ kind: 'random', seed: 5 + (round % 2) });
      await bench.run({ kind: 'random', seed: 5 });
      assert.equal((await bench.memory()).tensors, before.tensors);
    });
  }

  for (const [backend, { kernel, source }] of Object.entries(LACKING)) {
    it(`computes on cpu what ${backend} has no kernel for, says so, and goes on on ${backend}`, async () => {
      const bench = await benchWith(backend as 'wasm');
      const { layers } = await holds(bench, kernel, source);
      const notes = layers.map(({ key, fallback }) => [key, fallback]);
      assert.deepEqual(notes, [
        ['before_input@0', undefined],
        ['before@1', undefined],
        ['own@2', `computed on cpu: ${backend} has no kernel ${kernel}`],
        ['after@3', undefined],
      ]);
      const before = await bench.memory();
      for (let round = 0; round < 5; round++) await bench.run({ kind: 'random', seed: 5 });
      assert.equal((await bench.memory()).tensors, before.tensors, 'nothing is left behind');
    });
  }
});
