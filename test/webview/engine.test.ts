import assert from 'node:assert/strict';
import type { BackendName } from '../../src/protocol/panel';
import type { PictureJob } from '../../webview/engine/contract/picture';
import { benchOn, Stage, type RemoteBench, type StagePage } from './support/browser';
import { layoutOf } from '../../webview/draw/layout';
import { thumbnail } from '../../webview/draw/sizes';
import { streamOf } from '../../webview/engine/weights/random';
import { chain, graph, input, layer, lenet } from './support/graphs';
import { compare, outputsOf, shippedDigit, shippedLenet } from './support/reference';

const SEVEN = { kind: 'digit', digit: 7 } as const;

const job = (key: string, scale: 'shared' | 'own' = 'shared'): PictureJob => ({
  key,
  room: { width: 640, ratio: 1 },
  limit: 64,
  label: 16,
  look: { scale, map: 'auto' },
});

describe('engine in Chromium', () => {
  let stage: Stage;
  let opened: StagePage | undefined;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());
  afterEach(() => opened?.close());

  const benchWith = async (backend: BackendName | 'auto', counted = false): Promise<RemoteBench> => {
    opened = await stage.page(counted ? '/bench?counted' : '/bench');
    const bench = benchOn(opened.page);
    await bench.start(backend);
    return bench;
  };

  describe('on a machine without a GPU', () => {
    it('takes wasm, and says why nothing better', async () => {
      opened = await stage.page('/bench');
      const report = await benchOn(opened.page).start('auto');
      assert.equal(report.name, 'wasm');
      assert.deepEqual(report.passedOver, ['webgpu: software renderer SwiftShader', 'webgl: software renderer SwiftShader']);
    });
  });

  for (const backend of ['webgpu', 'webgl', 'wasm', 'cpu'] as const) {
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
      afterEach(() => assert.deepEqual(shared.complaints, []));

      it('draws every layer of LeNet-5 as TensorFlow.js on cpu computes it, on either scale', async () => {
        const built = await bench.build(lenet(), 42);
        assert.equal(built.weights.kind, 'shipped');
        const { layers } = await bench.run(SEVEN);
        const digit = shippedDigit(7);
        const outputs = outputsOf(shippedLenet(), digit);
        for (const step of built.steps) {
          const values = step.className === 'InputLayer' ? digit.dataSync<'float32'>() : outputs.get(step.name);
          assert.ok(values, step.name);
          for (const scale of ['shared', 'own'] as const) {
            const { worst, pixels } = compare(await bench.picture(job(step.key, scale)), values);
            assert.ok(pixels > 0 && worst <= 2, `${step.name} on its ${scale} scale: ${worst} of 255 off in ${pixels} pixels`);
          }
          const small = thumbnail(layoutOf(step.shape ?? []), 1, 8192);
          const look = { scale: 'shared', map: step.className === 'InputLayer' ? 'gray' : 'auto' } as const;
          const found = layers.find(({ key }) => key === step.key)?.thumbnail;
          assert.ok(found, step.name);
          const { worst } = compare({ key: step.key, ...small, look, bands: [found] }, values);
          assert.ok(worst <= 2, `${step.name}, small: ${worst} of 255 off`);
        }
      });

      it('gives the class scores and the figures of each layer', async () => {
        const { steps } = await bench.build(lenet(), 42);
        await bench.run(SEVEN);
        const { output, figures } = await bench.numbers();
        const outputs = outputsOf(shippedLenet(), shippedDigit(7));
        assert.equal(output?.key, 'output@8');
        const scores = outputs.get('output') ?? new Float32Array();
        assert.equal(scores.indexOf(Math.max(...scores)), 7);
        output.values.forEach((value, k) => assert.ok(Math.abs(value - (scores[k] ?? 0)) < 1e-5, `class ${k}: ${value}, not ${scores[k]}`));
        for (const [name, values] of outputs) {
          const found = figures[steps.find((step) => step.name === name)?.key ?? ''];
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
          assert.ok(found, name);
          assert.equal(found.count, values.length);
          assert.equal(found.nans + found.infinities, 0);
          near(found.min, Math.min(...values), name);
          near(found.max, Math.max(...values), name);
          near(found.mean, mean, name);
          near(found.std, std, name);
        }
      });

      it('frees whatever a run makes: fifty runs and drawings leave no tensor more', async () => {
        await bench.build(small, 42);
        const once = async (seed: number): Promise<void> => {
          await bench.run({ kind: 'random', seed });
          await bench.picture(job('conv@1'));
          await bench.numbers();
          await bench.maps('pool@2');
        };
        await once(0);
        const before = await bench.memory();
        for (let round = 0; round < 50; round++) await once(round % 10);
        const after = await bench.memory();
        assert.equal(after.tensors, before.tensors);
        assert.equal(after.bytes, before.bytes);
        assert.ok((after.deviceBytes ?? 0) <= (before.deviceBytes ?? 0) * 1.5, `${before.deviceBytes} bytes grew to ${after.deviceBytes}`);
        await bench.build(chain('tiny', [input(2), layer('d', 'dense', { units: 1 })]), 1);
        assert.equal((await bench.memory()).tensors, 2, 'the next model starts with its own two weights alone');
      });

      it('draws what is not finite in a colour of its own', async () => {
        await bench.build(broken, 3);
        await bench.run({ kind: 'random', seed: 5 });
        const { figures } = await bench.numbers();
        assert.equal(figures['infinite@3']?.infinities, 32);
        assert.equal(figures['nan@4']?.nans, 32);
        assert.ok(Number.isNaN(figures['nan@4'].mean));
        for (const [key, value] of [
          ['infinite@3', Infinity],
          ['nan@4', NaN],
        ] as const) {
          const { worst, pixels } = compare(await bench.picture(job(key, 'own')), new Float32Array(32).fill(value));
          assert.ok(pixels > 0 && worst === 0, `${key}: ${worst}`);
        }
      });

      it('draws whatever shape a tensor has: sequences, frames, many maps, large ones, and means where there is no room', async () => {
        for (const [shape, width] of [
          [[24, 16], 640],
          [[3, 6, 5, 2], 640],
          [[2, 2, 600], 640],
          [[90, 110, 3], 640],
          [[90, 110, 3], 40],
          [[1000], 64],
          [[7], 640],
        ] as const) {
          await bench.build(chain('shape', [input(...shape)]), 1);
          await bench.run({ kind: 'random', seed: 9 });
          const random = streamOf(9, 'input', 'input');
          const values = Float32Array.from({ length: shape.reduce((total, size) => total * size, 1) }, (_, k) => random.at(k));
          const picture = await bench.picture({ ...job('input@0'), room: { width, ratio: 1 }, limit: 10_000 });
          const { worst } = compare(picture, values);
          assert.ok(worst <= 2, `${shape.join('×')} in ${width}: ${worst} of 255 off`);
          const found = (await bench.numbers()).figures['input@0'];
          assert.equal(found?.count, values.length);
          near(found.mean, values.reduce((sum, value) => sum + value, 0) / values.length, shape.join('×'));
        }
      });

      it('draws a map without range flat, beside one that has range', async () => {
        await bench.build(mixed, 3);
        await bench.run({ kind: 'random', seed: 5 });
        const random = streamOf(5, 'input', 'input');
        const values = Float32Array.from({ length: 6 * 5 * 3 }, (_, k) => (k % 3 === 0 ? random.at(k / 3) : 0.5));
        const { worst } = compare(await bench.picture(job('mixed@2', 'own')), values);
        assert.ok(worst <= 2, `${worst} of 255 off`);
        const maps = await bench.maps('mixed@2');
        assert.deepEqual(
          maps.map(({ min, max }) => min === max),
          [false, true, true],
        );
      });
    });
  }

  for (const backend of ['webgpu', 'webgl'] as const) {
    it(`reads nothing back from ${backend} while it computes and draws`, async () => {
      const bench = await benchWith(backend, true);
      await bench.build(lenet(), 42);
      for (const digit of [7, 3]) {
        const from = (await bench.messages()).length;
        const before = (await bench.messages())[from - 1]?.reads;
        await bench.run({ kind: 'digit', digit });
        for (const key of ['input@0', 'c1@1', 'c3@3', 'c5@5', 'output@8']) await bench.picture(job(key, 'own'));
        const drawn = (await bench.messages()).slice(from);
        // Nine layers were told, a sheet of their thumbnails came, then the run's end and five pictures.
        assert.equal(drawn.filter((message) => message.name === 'layer').length, 9);
        assert.ok(drawn.some((message) => message.name === 'thumbnails'));
        assert.equal(drawn.filter((message) => message.holds.includes('bitmaps')).length, 5);
        for (const message of drawn) assert.deepEqual(message.reads, before, `${message.name} ${message.holds.join()}`);
        // The counter counts: the numbers that are printed afterwards do have to be read.
        await bench.numbers();
        const reads = (await bench.messages()).at(-1)?.reads;
        assert.ok(reads && before);
        if (backend === 'webgpu') assert.ok(reads.mapAsync > before.mapAsync);
        else assert.ok(reads.readPixels > before.readPixels && reads.getBufferSubData > before.getBufferSubData);
      }
    });
  }

  it('makes the same fresh weights on every backend', async () => {
    const pictures: string[] = [];
    for (const backend of ['webgpu', 'webgl', 'wasm', 'cpu'] as const) {
      const bench = await benchWith(backend);
      // A dense layer without bias on a one-hot input hands out a row of its kernel as it is.
      const built = await bench.build(identity, 42);
      assert.equal(built.weights.kind, 'fresh');
      await bench.run({ kind: 'random', seed: 1 });
      const { output } = await bench.numbers();
      pictures.push(JSON.stringify(output?.values.map((value) => Math.fround(value))));
      await opened?.close();
    }
    assert.equal(new Set(pictures).size, 1, pictures.join('\n'));
  });

  it('stops at a custom layer, says why, and shows what came before', async () => {
    const bench = await benchWith('wasm');
    const stop = 'class LRN is a custom layer';
    const custom = layer('norm1', 'custom', {}, { className: 'LRN', stop });
    await bench.build(
      chain('net', [input(8, 8, 3), layer('conv', 'conv2d', { filters: 2, kernelSize: 3 }), custom, layer('flat', 'flatten')]),
      42,
    );
    const { ran, layers } = await bench.run({ kind: 'random', seed: 1 });
    assert.equal(ran.stop, `norm1: ${stop}`);
    assert.deepEqual(
      layers.map(({ key, stop: why, unreached, thumbnail }) => [key, why, unreached, thumbnail !== undefined]),
      [
        ['input@0', undefined, false, true],
        ['conv@1', undefined, false, true],
        ['norm1@2', stop, false, false],
        ['flat@3', undefined, true, false],
      ],
    );
  });

  it('computes a layer again whose output was not kept', async () => {
    const bench = await benchWith('webgl');
    const built = await bench.build(lenet(), 42, 0);
    await bench.run(SEVEN);
    const outputs = outputsOf(shippedLenet(), shippedDigit(7));
    for (const name of ['c3', 'c1', 'output']) {
      const step = built.steps.find((one) => one.name === name);
      const { worst } = compare(await bench.picture(job(step?.key ?? '')), outputs.get(name) ?? new Float32Array());
      assert.ok(worst <= 2, `${name}: ${worst}`);
    }
    const { tensors } = await bench.memory();
    assert.equal(tensors, 10 + 1 + 1, 'ten weights, the output, and the one that was asked for last');
  });

  it('refuses a model of 10^12 parameters before it allocates anything', async () => {
    const bench = await benchWith('wasm');
    const built = await bench.build(chain('huge', [input(1e6), layer('big', 'dense', { units: 1e6 })]), 42);
    assert.match(built.refused ?? '', /^This model needs 4\.0 TB for its weights \(1,000,001,000,000 parameters × 4 bytes\)/);
    assert.deepEqual(await bench.memory().then(({ tensors, bytes }) => ({ tensors, bytes })), { tensors: 0, bytes: 0 });
  });

  it('can be stopped between layers, and frees what it had made', async () => {
    const bench = await benchWith('cpu');
    // Layers that take a while: short ones are not stopped one by one.
    const blurs = [1, 2, 3, 4, 5, 6].map((nth) => layer(`blur${nth}`, 'conv2d', { filters: 8, kernelSize: 5, padding: 'same' }));
    await bench.build(chain('slow', [input(48, 48, 8), ...blurs]), 42);
    assert.equal(await bench.aborted({ kind: 'random', seed: 1 }), 'AbortError');
    // The next run waits until the stopped one has ended.
    await bench.run({ kind: 'random', seed: 2 });
    const { tensors } = await bench.memory();
    assert.equal(tensors, 12 + 7);
  });
});

const near = (found: number, expected: number, what: string): void =>
  assert.ok(Math.abs(found - expected) <= 1e-5 + 1e-4 * Math.abs(expected), `${what}: ${found}, not ${expected}`);

const constant = (value: number): { readonly $tf: string; readonly args: readonly { readonly value: number }[] } => ({
  $tf: 'initializers.constant',
  args: [{ value }],
});

/** A net whose runs are short, for many of them. */
const small = chain('small', [
  input(8, 8, 1),
  layer('conv', 'conv2d', { filters: 3, kernelSize: 3, activation: 'relu' }),
  layer('pool', 'maxPooling2d', { poolSize: 2 }),
  layer('flat', 'flatten'),
  layer('out', 'dense', { units: 3, activation: 'softmax' }),
]);

/** Two maps of 0.5 everywhere. */
const halves = layer('halves', 'conv2d', { filters: 2, kernelSize: 1, kernelInitializer: 'zeros', biasInitializer: constant(0.5) });
const rescaling = (name: string, scale: number) => layer(name, 'rescaling', { scale, offset: 0 }, { className: 'Rescaling' });
const broken = chain('broken', [input(4, 4, 1), halves, rescaling('large', 1e38), rescaling('infinite', 1e38), rescaling('nan', 0)]);
const mixed = graph('mixed', [input(6, 5, 1), halves, layer('mixed', 'concatenate')], [[0], [1, 0], [2, 0, 1]]);

const identity = chain('identity', [input(1), layer('spread', 'dense', { units: 64, useBias: false, kernelInitializer: 'heNormal' })]);
