import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { CUSTOM_LAYERS } from '../unit/reader/tensors/customLayers';
import { referenceOf } from './support/agreement';
import { benchOn, Stage, type RemoteBench, type StagePage } from './support/browser';
import { PROGRAMS } from './support/programs';
import { compare } from './support/reference';

/** AlexNet with its normalisation, for smaller pictures and with fewer neurons. */
const alexnet = readFileSync(join(__dirname, '../../examples/alexnet.ts'), 'utf8')
  .replace('[227, 227, 3]', '[67, 67, 3]')
  .replaceAll('4096', '16')
  .replace('= 1000', '= 10');

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
    const { graph, values } = await referenceOf(source, 42, 5);
    const built = await bench.build(graph, 42);
    const outcome = await bench.run({ kind: 'random', seed: 5 });
    assert.equal(outcome.ran.stop, undefined, name);
    const { figures } = await bench.numbers();
    for (const step of built.steps.filter(({ className }) => className !== 'InputLayer')) {
      const expected = values.get(step.key) ?? assert.fail(`${name}: ${step.key}`);
      const what = `${name}, ${step.key}`;
      const look = { scale: 'shared', map: 'auto' } as const;
      const picture = await bench.picture({ key: step.key, room: { width: 320, ratio: 1 }, limit: 16, label: 16, look });
      const { worst, pixels } = compare(picture, expected);
      assert.ok(pixels > 0 && worst <= 2, `${what}: ${worst} of 255 off in ${pixels} pixels`);
      const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
      const std = Math.sqrt(expected.reduce((sum, value) => sum + (value - mean) ** 2, 0) / expected.length);
      const found = figures[step.key] ?? assert.fail(what);
      for (const [figure, is] of Object.entries({ min: Math.min(...expected), max: Math.max(...expected), mean, std })) {
        const given = found[figure as 'min'];
        assert.ok(Math.abs(given - is) <= 1e-4 * Math.max(1, Math.abs(is)), `${what}: ${figure} ${given}, not ${is}`);
      }
    }
    return outcome;
  };

  /** A software WebGPU takes long to make its programs: small models, and not all of them. */
  const SMALL = [
    'a residual block with a projected shortcut',
    'a depthwise net',
    'an LSTM over words',
    'a 1-D net',
    'a siamese pair that shares its tower',
  ];

  for (const backend of ['webgpu', 'webgl', 'wasm', 'cpu'] as const) {
    it(backend, async () => {
      const bench = await benchWith(backend);
      for (const [name, source] of Object.entries(PROGRAMS))
        if (backend !== 'webgpu' || SMALL.includes(name)) await holds(bench, name, source);
      for (const name of ['causal self attention', 'moments of each example']) await holds(bench, name, CUSTOM_LAYERS[name]?.source ?? '');
      if (backend !== 'webgpu') await holds(bench, 'AlexNet', alexnet);
      assert.deepEqual(opened?.complaints, []);
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
