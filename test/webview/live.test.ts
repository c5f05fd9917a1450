import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ModelGraph } from '../../src/model/graph';
import { benchOn, Stage, type RemoteBench, type StagePage } from './support/browser';
import { chain, input, layer, lenet } from './support/graphs';
import { modelOf, PanelPage, settings } from './support/panelPage';
import { compare, outputsOf, shippedDigit, shippedLenet } from './support/reference';

const SEVEN = { kind: 'digit', digit: 7 } as const;

/** A net of a few small layers, which an edit makes another one. */
const net = (filters: number, activation: string, side = 12): ModelGraph =>
  chain('net', [
    input(side, side, 2),
    layer('a', 'conv2d', { filters: 4, kernelSize: 3 }),
    layer('b', 'conv2d', { filters, kernelSize: 3, activation }),
    layer('pool', 'maxPooling2d', { poolSize: 2 }),
    layer('flat', 'flatten'),
    layer('out', 'dense', { units: 3, activation: 'softmax' }),
  ]);

describe('edits of a shown model, in Chromium', () => {
  let stage: Stage;
  let panel: PanelPage;
  let opened: StagePage | undefined;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());

  const benchWith = async (backend: 'webgpu' | 'webgl' | 'wasm'): Promise<RemoteBench> => {
    opened = await stage.page('/bench');
    const bench = benchOn(opened.page);
    await bench.start(backend);
    return bench;
  };

  describe('in the engine', () => {
    afterEach(() => opened?.close());

    it('computes only what is behind an edit, and draws the rest from what there is', async () => {
      const bench = await benchWith('webgl');
      await bench.build(lenet(), 42, undefined, 'lenet');
      await bench.run(SEVEN);
      const edited = lenet();
      const layers = edited.layers.map((one) => (one.name === 's4' ? layer('s4', 'maxPooling2d', { poolSize: 2, strides: 2 }) : one));
      const built = await bench.build({ ...edited, layers }, 42, undefined, 'lenet');
      assert.deepEqual(
        built.steps.map(({ name, edit }) => [name, edit]),
        [
          ['input', 'kept'],
          ['c1', 'kept'],
          ['s2', 'kept'],
          ['c3', 'kept'],
          ['s4', 'new'],
          ['c5', 'kept'],
          ['flatten', 'kept'],
          ['f6', 'kept'],
          ['output', 'kept'],
        ],
      );
      assert.equal(built.weights.kind, 'shipped', 'the weights are those that they were');
      const { ran, layers: told } = await bench.run(SEVEN);
      assert.deepEqual([ran.computed, ran.layers, ran.first], [5, 9, false]);
      assert.deepEqual(
        told.map(({ key, again, thumbnail }) => [key, again, thumbnail !== undefined]),
        [
          ...['input@0', 'c1@1', 's2@2', 'c3@3'].map((key) => [key, true, false]),
          ...['s4@4', 'c5@5', 'flatten@6', 'f6@7', 'output@8'].map((key) => [key, false, true]),
        ],
      );
      const outputs = outputsOf(shippedLenet(), shippedDigit(7));
      for (const name of ['c1', 'c3']) {
        const picture = await bench.picture({ ...job, key: built.steps.find((step) => step.name === name)?.key ?? '' });
        const { worst } = compare(picture, outputs.get(name) ?? new Float32Array());
        assert.ok(worst <= 2, `${name}: ${worst}`);
      }
      const { figures } = await bench.numbers();
      assert.equal(Object.keys(figures).length, 9, 'figures of what was not computed again are still there');
    });

    for (const budget of [undefined, 0]) {
      it(`computes nothing for another example of the batch, ${budget === 0 ? 'but what was not kept' : 'and shows its figures and maps'}`, async () => {
        const bench = await benchWith('wasm');
        await bench.build(lenet(), 42, budget, undefined, 3);
        const first = await bench.run(SEVEN);
        await bench.numbers();
        const other = await bench.run(SEVEN, undefined, 2);
        assert.equal(first.ran.computed, 9);
        // Without a budget only what the model gives is kept: its last layer.
        assert.equal(other.ran.computed, budget === 0 ? 8 : 0);
        other.layers.forEach(({ key, content }) => assert.notEqual(content, first.layers.find((one) => one.key === key)?.content, key));
        const outputs = outputsOf(shippedLenet(), shippedDigit(9));
        const { figures, output } = await bench.numbers();
        const expected = outputs.get('output') ?? new Float32Array();
        output?.values.forEach((value, k) => assert.ok(Math.abs(value - (expected[k] ?? NaN)) < 1e-4));
        for (const [name, key] of [
          ['c1', 'c1@1'],
          ['s4', 's4@4'],
        ] as const) {
          const values = outputs.get(name) ?? new Float32Array();
          assert.ok(Math.abs((figures[key]?.max ?? NaN) - Math.max(...values)) < 1e-4, name);
          const picture = await bench.picture({ ...job, key, example: 2 });
          // The third example lies behind two others.
          const alone = { ...picture, layout: { ...picture.layout, offset: 0 } };
          assert.ok(picture.layout.offset > 0 && compare(alone, values).worst <= 2, name);
        }
        assert.equal((await bench.run(SEVEN, undefined, 2)).ran.computed, 0, 'nothing is left to compute');
      });
    }

    it('draws thumbnails of the layers in sight, and others when they are asked for', async () => {
      const bench = await benchWith('wasm');
      await bench.build(net(4, 'relu'), 1);
      const { layers } = await bench.run({ kind: 'random', seed: 1 }, ['a@1']);
      assert.deepEqual(
        layers.filter(({ thumbnail }) => thumbnail).map(({ key }) => key),
        ['a@1'],
      );
      const found = await bench.thumbnails({ keys: ['pool@3', 'nothing', 'a@1'], ratio: 1 });
      assert.deepEqual(
        found.map(({ key, content }) => [key, content]),
        [layers[3], layers[1]].map((one) => [one?.key, one?.content]),
      );
      assert.equal(Object.keys((await bench.numbers()).figures).length, 6, 'all layers are measured, whether seen or not');
    });

    // Who computes on the GPU has most to lose; a software WebGPU takes long for each of them.
    for (const [backend, rounds] of [
      ['webgl', 504],
      ['wasm', 96],
      ['webgpu', 24],
    ] as const) {
      it(`holds no more on ${backend} after ${rounds} runs, edits and changes of layer than before`, async function () {
        this.timeout(300_000);
        const bench = await benchWith(backend);
        const once = async (round: number): Promise<void> => {
          await bench.build(net(2 + (round % 3), round % 2 === 0 ? 'relu' : 'tanh', 8), 42, undefined, 'net');
          await bench.run({ kind: 'random', seed: round % 3 }, ['b@2']);
          await bench.picture({ ...job, key: round % 2 === 0 ? 'b@2' : 'pool@3' });
          await bench.numbers();
        };
        // All six models and inputs come twice before anything is counted; what is counted is the same one again.
        for (let round = 0; round < 12; round++) await once(round);
        const before = await bench.memory();
        for (let round = 12; round < 12 + rounds; round++) await once(round);
        const after = await bench.memory();
        assert.equal(after.tensors, before.tensors);
        assert.equal(after.bytes, before.bytes);
        // Free textures that wait to be used again are among them.
        assert.equal(after.deviceBytes, before.deviceBytes);
      });
    }
  });

  describe('in the panel', () => {
    beforeEach(async () => {
      panel = await PanelPage.open(stage);
    });
    afterEach(() => panel.close());

    const edit = async (graph: ModelGraph, editedAgo: number): Promise<void> => {
      const before = (await panel.sent()).filter((message) => message.type === 'ran').length;
      await panel.tell({ type: 'show', model: modelOf(graph), settings, editedAgo });
      await panel.ran(before + 1);
    };

    it('says how long it took from the edit to the picture, and counts from the edit', async () => {
      await panel.run(net(4, 'relu'));
      const shown = panel.page.locator('[data-live]');
      assert.equal(await shown.count(), 0, 'the first run is no edit');
      await edit(net(4, 'tanh'), 5000);
      await shown.waitFor();
      const seconds = /^(\d+(?:\.\d+)?) s after the edit$/.exec(await shown.innerText())?.[1];
      assert.ok(Number(seconds) >= 5, await shown.innerText());
      const ran = (await panel.sent()).filter((message) => message.type === 'ran');
      assert.ok(ran.every(({ steady, milliseconds }) => steady <= milliseconds));
    });

    it('keeps the selection on its layer, and its picture, when an insertion shifts names', async () => {
      const named = (...filters: number[]): ModelGraph =>
        chain('net', [input(8, 8, 1), ...filters.map((count, k) => layer(`conv2d_${k + 1}`, 'conv2d', { filters: count, kernelSize: 1 }))]);
      await panel.run(named(2, 3, 5));
      await panel.select('conv2d_2');
      await edit(named(2, 4, 3, 5), 0);
      assert.equal(await panel.selected(), 'conv2d_3');
      assert.equal((await panel.tiles()).layout.count, 3);
      const widths = await panel.page
        .locator('nav [data-layer] canvas')
        .evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).width));
      assert.ok(widths.length === 5 && widths.every((width) => width > 0), `every row has its thumbnail: ${widths.join()}`);
    });

    it('comes back fifty times from being hidden, as it was left, and leaves nothing behind', async function () {
      this.timeout(300_000);
      const shown = net(4, 'relu', 8);
      await panel.run(shown, { backend: 'cpu' });
      await panel.select('pool');
      await panel.page.getByRole('radio', { name: 'own' }).click();
      const usage = await memoryUsage(panel.page);
      let before = await usage();
      for (let round = 0; round < 50; round++) {
        // What is hidden is thrown away whole: VS Code keeps nothing but the panel's state.
        await panel.page.reload();
        await panel.ready();
        await panel.run(shown, { backend: 'cpu' });
        assert.equal(await panel.selected(), 'pool');
        assert.equal(await panel.page.getByRole('radio', { name: 'own' }).getAttribute('aria-checked'), 'true');
        assert.equal(panel.page.workers().length, 1);
        if (round === 4) before = await usage();
      }
      const after = await usage();
      assert.equal(after.documents, before.documents);
      // A few come and go with what is drawn at the moment; what is left behind each time would be one a round at least.
      assert.ok(after.listeners - before.listeners < 45, `${before.listeners} listeners grew to ${after.listeners}`);
      assert.ok(after.bytes < before.bytes * 1.2, `${before.bytes} bytes grew to ${after.bytes}`);
      assert.deepEqual(panel.opened.complaints, []);
    });
  });
});

/** Asks what a page holds when its garbage is collected. */
const memoryUsage = async (page: Page): Promise<() => Promise<{ documents: number; listeners: number; bytes: number }>> => {
  const inspector = await page.context().newCDPSession(page);
  return async () => {
    await inspector.send('HeapProfiler.collectGarbage');
    const { documents, jsEventListeners: listeners } = await inspector.send('Memory.getDOMCounters');
    const { usedSize: bytes } = await inspector.send('Runtime.getHeapUsage');
    return { documents, listeners, bytes };
  };
};

const job = { room: { width: 640, ratio: 1 }, limit: 64, label: 16, look: { scale: 'shared', map: 'auto' } } as const;
