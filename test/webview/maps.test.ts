import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { GraphLayer, ModelGraph } from '../../src/model/graph';
import type { BackendName } from '../../src/protocol/panel';
import type { MapsJob, PictureJob } from '../../webview/engine/contract/picture';
import { compile } from '../../webview/engine/build/compile';
import { winnersOf } from '../../webview/engine/maps/winners';
import { fillSlots } from '../../webview/engine/weights/fill';
import { streamOf } from '../../webview/engine/weights/random';
import { benchOn, Stage, type RemoteBench, type StagePage } from './support/browser';
import { chain, input, layer, lenet } from './support/graphs';
import { compare, outputsOf, shippedDigit, shippedLenet } from './support/reference';

const SEED = 9;
const RANDOM = { kind: 'random', seed: SEED } as const;
const FILTERS = { view: 'color', channel: 0 } as const;

const job = (key: string, more: Partial<PictureJob> = {}): PictureJob => ({
  key,
  room: { width: 640, ratio: 1 },
  limit: 64,
  label: 16,
  look: { scale: 'shared', map: 'auto' },
  ...more,
});

/** The values that the engine feeds. */
const fed = (...shape: number[]): tf.Tensor => {
  const stream = streamOf(SEED, 'input', 'input');
  const size = shape.reduce((total, dim) => total * dim, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, k) => stream.at(k)),
    [1, ...shape],
  );
};

const valuesOf = (tensor: tf.Tensor): Float32Array => tensor.dataSync<'float32'>();

describe('maps and filters in Chromium', () => {
  let stage: Stage;
  let opened: StagePage | undefined;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());
  afterEach(() => opened?.close());

  const benchWith = async (backend: BackendName, counted = false): Promise<RemoteBench> => {
    opened = await stage.page(counted ? '/bench?counted' : '/bench');
    const bench = benchOn(opened.page);
    await bench.start(backend);
    return bench;
  };

  for (const backend of ['webgpu', 'webgl', 'wasm'] as const) {
    describe(`with ${backend}`, () => {
      // One engine for all: a software GPU takes seconds to make its programs.
      let bench: RemoteBench;
      let shared: StagePage;
      before(async () => {
        shared = await stage.page('/bench');
        bench = benchOn(shared.page);
        await bench.start(backend);
      });
      after(() => shared.close());

      it('draws filters in colour, whole, by norm and by channel, and each with its bias, as TensorFlow.js made them', async () => {
        for (const { name, layers, key, shape, views } of kernels) {
          const model = chain(name, [input(...shape), ...layers]);
          const [kernel = new Float32Array(), biases = new Float32Array()] = await weightsOf(model, 42, key);
          await bench.build(model, 42);
          await bench.run(RANDOM);
          for (const view of views) {
            for (const scale of ['shared', 'own'] as const) {
              const { filters, bias } = await bench.tiles(job(key, { filters: { view, channel: 1 }, look: { scale, map: 'auto' } }));
              const what = `${name}, ${view} on its ${scale} scale`;
              assert.ok(filters && bias, what);
              const values =
                view === 'norm' ? valuesOf(tf.norm(tf.tensor(kernel, kernelShape(name)), 2, name === 'volume' ? 3 : 2)) : kernel;
              const drawn = compare(filters, values);
              assert.ok(drawn.pixels > 0 && drawn.worst <= 2, `${what}: ${drawn.worst} of 255 off`);
              assert.ok(compare(bias, biases).worst <= 2, `${what}: bias`);
            }
          }
        }
      });

      it('draws dense and recurrent weights as matrices', async () => {
        const model = chain('recurrent', [input(6, 5), layer('lstm', 'lstm', { units: 4 }), layer('fc', 'dense', { units: 3 })]);
        await bench.build(model, 42);
        await bench.run(RANDOM);
        for (const [key, names] of [
          ['lstm@1', ['kernel', 'recurrent_kernel', 'bias']],
          ['fc@2', ['kernel', 'bias']],
        ] as const) {
          const sheets = await bench.weightSheets({ key, room: { width: 640, ratio: 1 }, scale: 'shared', filters: FILTERS });
          assert.deepEqual(
            sheets.map((sheet) => sheet.name),
            names,
          );
          const weights = await weightsOf(model, 42, key);
          sheets.forEach((sheet, k) => {
            const { worst, pixels } = compare(sheet, weights[k] ?? new Float32Array());
            assert.ok(pixels > 0 && worst <= 2, `${key} ${sheet.name}: ${worst}`);
          });
          assert.deepEqual([sheets[0]?.layout.kind, sheets[0]?.layout.width], ['matrix', key === 'fc@2' ? 4 : 5]);
        }
      });

      it('draws what a layer computed before its activation', async () => {
        const { steps } = await bench.build(lenet(), 42);
        await bench.run({ kind: 'digit', digit: 7 });
        const outputs = outputsOf(shippedLenet(), shippedDigit(7));
        for (const name of ['c1', 'f6']) {
          const key = steps.find((step) => step.name === name)?.key ?? '';
          const before = Float32Array.from(outputs.get(name) ?? [], (value) => Math.atanh(value));
          const picture = (await bench.tiles(job(key, { shows: 'before' }))).picture;
          const { worst } = compare(picture, before);
          assert.ok(worst <= 2, `${name}: ${worst}`);
          assert.ok(compare((await bench.tiles(job(key))).picture, outputs.get(name) ?? new Float32Array()).worst <= 2, 'and after it');
        }
      });

      it('outlines the winners of a max pooling', async () => {
        for (const options of [
          { poolSize: 2, strides: 2, padding: 'valid' },
          { poolSize: 3, strides: 2, padding: 'same' },
        ]) {
          await bench.build(chain('pool', [input(9, 7, 3), layer('pool', 'maxPooling2d', options)]), 42);
          await bench.run(RANDOM);
          const x = fed(9, 7, 3) as tf.Tensor4D;
          const { poolSize, strides, padding } = options;
          const wins = tf.grad((at: tf.Tensor) => tf.maxPool(at as tf.Tensor4D, poolSize, strides, padding as 'valid').sum())(x);
          const { picture, shows } = await bench.tiles(job('pool@1', { shows: 'winners' }));
          assert.equal(shows, 'winners');
          const { worst } = compare(picture, valuesOf(x), { marks: valuesOf(wins) });
          assert.ok(worst <= 2, `${JSON.stringify(options)}: ${worst}`);
          // The marks are seen: without them the picture is another one.
          assert.ok(compare(picture, valuesOf(x)).worst > 50);
        }
      });

      it('outlines them in a volume, frame by frame', async () => {
        const shape = [4, 6, 5, 2] as const;
        const options = { poolSize: 2, strides: 2 };
        const model = chain('pool', [input(...shape), layer('pool', 'maxPooling3d', options, { className: 'MaxPooling3D' })]);
        await bench.build(model, 42);
        await bench.run(RANDOM);
        const x = fed(...shape);
        const step = compile(model).steps.at(-1) ?? assert.fail('no layer');
        const wins = winnersOf(step, x, tf.maxPool3d(x as tf.Tensor5D, 2, 2, 'valid'));
        for (const frame of [0, 3]) {
          const { picture } = await bench.tiles(job('pool@1', { shows: 'winners', frame }));
          const { worst } = compare(picture, valuesOf(x), { marks: valuesOf(wins) });
          assert.ok(worst <= 2, `frame ${frame}: ${worst}`);
        }
      });

      it('sorts by strength, variance and zeros, and labels what it shows', async () => {
        const model = chain('sorted', [input(8, 8, 3), layer('conv', 'conv2d', { filters: 20, kernelSize: 3, activation: 'relu' })]);
        const weights = await weightsOf(model, 42, 'conv@1');
        await bench.build(model, 42);
        await bench.run(RANDOM);
        const values = valuesOf(referenceConv(weights));
        const mapsOfLayer = Array.from({ length: 20 }, (_, map) => [...values].filter((_value, k) => k % 20 === map));
        const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
        const figures = {
          strength: (map: readonly number[]) => mean(map.map(Math.abs)),
          variance: (map: readonly number[]) => mean(map.map((value) => (value - mean(map)) ** 2)),
          dead: (map: readonly number[]) => mean(map.map((value) => (value === 0 ? 1 : 0))),
        };
        for (const sort of ['strength', 'variance', 'dead'] as const) {
          const { order } = await bench.mapFigures({ key: 'conv@1', sort });
          assert.ok(order, sort);
          assert.deepEqual(
            [...order].sort((a, b) => a - b),
            Array.from({ length: 20 }, (_, k) => k),
            'each map once',
          );
          const along = order.map((map) => figures[sort](mapsOfLayer[map] ?? []));
          along.slice(1).forEach((figure, k) => assert.ok(figure <= (along[k] ?? 0) + 1e-6, `${sort}: ${along.join(' ')}`));
          const { picture, filters } = await bench.tiles(job('conv@1', { sort, filters: FILTERS }));
          assert.ok(compare(picture, values, { order }).worst <= 2, sort);
          assert.ok(filters && compare(filters, weights[0] ?? new Float32Array(), { order }).worst <= 2, `${sort}: filters`);
        }
        assert.equal((await bench.mapFigures({ key: 'conv@1' })).order, undefined);
      });

      it('chooses the frame of a 5-D output, zooms, and reads one value', async () => {
        await bench.build(chain('frames', [input(3, 6, 5, 2)]), 1);
        await bench.run(RANDOM);
        const values = valuesOf(fed(3, 6, 5, 2));
        for (const frame of [0, 2]) {
          const { picture } = await bench.tiles(job('input@0', { frame, zoom: 8 }));
          assert.deepEqual([picture.atlas.zoomX, picture.atlas.tileWidth, picture.layout.frame ?? 0], [8, 40, frame]);
          assert.ok(compare(picture, values).worst <= 2, `frame ${frame}`);
          const value = await bench.mapValue({ key: 'input@0', frame, at: { map: 1, row: 4, column: 3 } });
          assert.equal(value, values[((frame * 6 + 4) * 5 + 3) * 2 + 1]);
        }
        await assert.rejects(() => bench.mapValue({ key: 'input@0', at: { map: 2, row: 0, column: 0 } }), /no value at this place/);
      });

      it('frees whatever it makes for a picture', async () => {
        await bench.build(chain('net', [input(9, 9, 3), conv, layer('pool', 'maxPooling2d', { poolSize: 2 })]), 42);
        await bench.run(RANDOM);
        const jobs: MapsJob[] = [
          { key: 'conv@1', sort: 'strength' },
          { key: 'conv@1', shows: 'before', sort: 'dead' },
          { key: 'pool@2', shows: 'winners', sort: 'variance' },
        ];
        const once = async (): Promise<void> => {
          for (const one of jobs) {
            for (const view of ['color', 'norm', 'channel'] as const)
              await bench.tiles({ ...job(one.key), ...one, filters: { view, channel: 0 } });
            await bench.mapFigures(one);
            await bench.mapValue({ ...one, at: { map: 0, row: 0, column: 0 } });
          }
          await bench.weightSheets({ key: 'conv@1', room: { width: 300, ratio: 1 }, scale: 'own', filters: FILTERS });
        };
        await once();
        const before = await bench.memory();
        for (let round = 0; round < 5; round++) await once();
        const after = await bench.memory();
        assert.deepEqual([after.tensors, after.bytes], [before.tensors, before.bytes]);
      });
    });
  }

  for (const backend of ['webgpu', 'webgl'] as const) {
    it(`reads nothing back from ${backend} for tiles in any order, with filters, winners and what was before the activation`, async () => {
      const bench = await benchWith(backend, true);
      await bench.build(chain('net', [input(9, 9, 3), conv, layer('pool', 'maxPooling2d', { poolSize: 2 })]), 42);
      await bench.run(RANDOM);
      const before = (await bench.messages()).at(-1)?.reads;
      await bench.tiles(job('conv@1', { filters: FILTERS }));
      for (const sort of ['strength', 'variance', 'dead'] as const) await bench.tiles(job('conv@1', { sort, filters: FILTERS }));
      await bench.tiles(job('conv@1', { shows: 'before', sort: 'strength', filters: { view: 'norm', channel: 0 } }));
      await bench.tiles(job('pool@2', { shows: 'winners', sort: 'strength' }));
      await bench.weightSheets({ key: 'conv@1', room: { width: 300, ratio: 1 }, scale: 'own', filters: FILTERS });
      assert.deepEqual((await bench.messages()).at(-1)?.reads, before);
      await bench.mapFigures({ key: 'conv@1', sort: 'strength' });
      assert.notDeepEqual((await bench.messages()).at(-1)?.reads, before, 'the counter counts');
    });
  }

  it('draws only the bands that are asked for', async () => {
    const bench = await benchWith('webgl');
    await bench.build(chain('many', [input(40, 40, 1), layer('conv', 'conv2d', { filters: 120, kernelSize: 3 })]), 42);
    await bench.run(RANDOM);
    const all = await bench.tiles(job('conv@1', { limit: 120 }));
    assert.ok(all.picture.atlas.bands.length > 2);
    assert.ok(all.picture.atlas.bands.every((band) => band.height <= 1024));
    const one = await bench.tiles(job('conv@1', { limit: 120, bands: [1], filters: FILTERS }));
    assert.deepEqual(one.drawn, [1]);
    const plain = await bench.tiles(job('conv@1', { limit: 120, bands: [1] }));
    assert.equal(plain.picture.bands[0]?.data, all.picture.bands[1]?.data);
    assert.equal(one.filters?.bands.length, 1);
  });
});

const conv = layer('conv', 'conv2d', {
  filters: 5,
  kernelSize: 3,
  activation: 'relu',
  kernelInitializer: 'heNormal',
  biasInitializer: 'randomNormal',
});

interface KernelCase {
  readonly name: string;
  readonly shape: readonly number[];
  readonly layers: readonly GraphLayer[];
  readonly key: string;
  readonly views: readonly ('color' | 'norm' | 'channel' | 'whole')[];
}

const biased = { biasInitializer: 'randomNormal' };
const kernels: readonly KernelCase[] = [
  {
    name: 'color',
    shape: [9, 9, 3],
    layers: [layer('c', 'conv2d', { filters: 5, kernelSize: 3, ...biased })],
    key: 'c@1',
    views: ['color', 'norm', 'channel'],
  },
  {
    name: 'gray',
    shape: [9, 9, 1],
    layers: [layer('c', 'conv2d', { filters: 4, kernelSize: 5, ...biased })],
    key: 'c@1',
    views: ['whole'],
  },
  {
    name: 'deep',
    shape: [9, 9, 7],
    layers: [layer('c', 'conv2d', { filters: 4, kernelSize: [3, 2], ...biased })],
    key: 'c@1',
    views: ['norm', 'channel'],
  },
  {
    name: 'point',
    shape: [6, 6, 7],
    layers: [layer('c', 'conv2d', { filters: 4, kernelSize: 1, ...biased })],
    key: 'c@1',
    views: ['whole', 'norm'],
  },
  {
    name: 'depthwise',
    shape: [9, 9, 3],
    layers: [layer('c', 'depthwiseConv2d', { kernelSize: 3, depthMultiplier: 2, ...biased }, { className: 'DepthwiseConv2D' })],
    key: 'c@1',
    views: ['whole'],
  },
  {
    name: 'volume',
    shape: [4, 5, 5, 4],
    layers: [layer('c', 'conv3d', { filters: 3, kernelSize: [2, 3, 2], ...biased }, { className: 'Conv3D' })],
    key: 'c@1',
    views: ['norm', 'channel'],
  },
];

const kernelShape = (name: string): number[] =>
  ({ color: [3, 3, 3, 5], deep: [3, 2, 7, 4], point: [1, 1, 7, 4], volume: [2, 3, 2, 4, 3] })[name] ?? [];

/** The weights that the engine gives to a model's first layer with any, made once more here. */
const weightsOf = async (model: ModelGraph, seed: number, key: string): Promise<Float32Array[]> => {
  const program = compile(model);
  await fillSlots(program.slots, undefined, seed, () => Promise.resolve());
  const values = program.steps.find((step) => step.key === key)?.slots.map((slot) => slot.read().dataSync<'float32'>().slice());
  for (const slot of program.slots) slot.dispose();
  return values ?? [];
};

/** The convolution of the sorting test, computed by TensorFlow.js on cpu with the engine's own weights. */
const referenceConv = ([kernel = new Float32Array(), bias = new Float32Array()]: readonly Float32Array[]): tf.Tensor => {
  const made = tf.conv2d(fed(8, 8, 3) as tf.Tensor4D, tf.tensor4d(kernel, [3, 3, 3, 20]), 1, 'valid');
  return tf.relu(tf.add(made, tf.tensor1d(bias)));
};
