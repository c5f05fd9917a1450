import assert from 'node:assert/strict';
import { Stage } from './support/browser';
import { chain, input, layer, lenet } from './support/graphs';
import { modelOf, PanelPage, settings } from './support/panelPage';
import { compare, outputsOf, shippedDigit, shippedLenet } from './support/reference';

describe('panel in Chromium', () => {
  let stage: Stage;
  let panel: PanelPage;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());
  // Whatever a test does: nothing may be blocked by the policy, thrown, or complained about.
  afterEach(async () => {
    const { complaints } = panel.opened;
    await panel.close();
    assert.deepEqual(complaints, []);
  });

  for (const backend of ['webgpu', 'webgl'] as const) {
    it(`shows the tiles of LeNet-5 on ${backend}, four pixels a value, as TensorFlow.js on cpu computes them`, async () => {
      panel = await PanelPage.open(stage);
      await panel.run(lenet(), { backend });
      assert.equal(await panel.page.locator('header [data-backend]').innerText(), `${backend} on SwiftShader`);
      assert.equal(await panel.selected(), 'c1', 'the first convolution is selected');
      const outputs = outputsOf(shippedLenet(), shippedDigit(7));
      for (const name of ['c1', 's2', 'c3', 's4', 'c5', 'f6', 'output']) {
        await panel.select(name);
        const tiles = await panel.tiles();
        if (['c1', 's2', 'c3', 's4'].includes(name)) assert.deepEqual([tiles.atlas.zoomX, tiles.atlas.zoomY], [4, 4]);
        const { worst } = compare(tiles, outputs.get(name) ?? new Float32Array());
        assert.ok(worst <= 2, `${name}: ${worst} of 255 off`);
      }
      assert.equal(await panel.page.locator('.tiles canvas').first().getAttribute('data-backend'), backend);
    });
  }

  it('magnifies by whole device pixels where the screen has more of them', async () => {
    panel = await PanelPage.open(stage, { ratio: 1.5 });
    await panel.run(lenet(), { backend: 'webgl' });
    const tiles = await panel.tiles();
    assert.deepEqual([tiles.atlas.zoomX, tiles.atlas.zoomY, tiles.atlas.tileWidth], [6, 6, 168]);
    const { worst } = compare(tiles, outputsOf(shippedLenet(), shippedDigit(7)).get('c1') ?? new Float32Array());
    assert.ok(worst <= 2, `${worst} of 255 off`);
    const size = await panel.page
      .locator('.tiles canvas[data-band]')
      .evaluate((canvas) => canvas.getBoundingClientRect().width * devicePixelRatio - (canvas as HTMLCanvasElement).width);
    assert.ok(Math.abs(size) < 0.01, 'one pixel of the canvas is one of the screen');
  });

  it('names backend, weights and result in words', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    assert.equal(await panel.page.locator('header [data-backend]').innerText(), 'wasm (webgl: software renderer SwiftShader)');
    assert.equal(await panel.page.locator('header [data-weights]').innerText(), 'trained, shipped');
    assert.match(await panel.page.locator('h1').innerText(), /createLeNet\s*lenet5\.ts:12/);
    const verdict = panel.page.locator('.verdict');
    assert.match(await verdict.innerText(), /^7 >?\d+(\.\d)? %$/);
    assert.ok(Number(await verdict.getAttribute('data-score')) > 0.9);
    assert.match(await panel.page.locator('footer').innerText(), /0 NaN or infinite\s*weights 0\.25 MB\s*activations 0\.04 MB/);
    const [ran] = (await panel.sent()).filter((message) => message.type === 'ran');
    assert.deepEqual(
      { ...ran, milliseconds: 0, steady: 0 },
      { type: 'ran', model: 'lenet5.ts#12', backend: 'wasm', milliseconds: 0, steady: 0, layers: 9 },
    );
  });

  it('runs another digit, and random values', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    await panel.page.getByRole('radio', { name: 'Digit 3' }).click();
    await panel.ran(2);
    await panel.page.locator('.verdict[data-class="3"]').waitFor();
    await panel.page.getByRole('button', { name: 'Random values' }).click();
    await panel.ran(3);
    assert.match(await panel.page.locator('.input-text').innerText(), /random 0-1 · seed 42 · 32×32×1/);
  });

  it('says that fresh weights mean nothing, and which seed they have', async () => {
    panel = await PanelPage.open(stage);
    // The shipped weights were trained for tanh.
    await panel.run(lenet('relu'), { seed: 7 });
    assert.equal(await panel.page.locator('header [data-weights]').getAttribute('data-weights'), 'fresh');
    assert.match(await panel.page.locator('.notices').innerText(), /Fresh random weights, seed 7/);
  });

  it('shows the first 64 of many maps, and all when it is asked to', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(chain('many', [input(8, 8, 1), layer('conv', 'conv2d', { filters: 96, kernelSize: 3 })]));
    assert.equal((await panel.tiles()).atlas.count, 64);
    assert.match(await panel.page.locator('.more').innerText(), /The strongest 64 of 96 maps\./);
    await panel.page.getByRole('button', { name: 'Show all' }).click();
    await panel.page.locator('.label').nth(95).waitFor();
    assert.equal((await panel.tiles()).atlas.count, 96);
    assert.equal(await panel.page.locator('.more').count(), 0);
  });

  it('tells the host which layer was clicked, and moves no caret but on a double click', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    await panel.select('c3');
    const reveals = async () => (await panel.sent()).filter((message) => message.type === 'reveal');
    assert.deepEqual(await reveals(), [{ type: 'reveal', site: 'lenet5.ts#c3', callPath: [], focus: false }]);
    await panel.page.locator('nav [data-layer="f6"]').dblclick();
    assert.deepEqual((await reveals()).at(-1), { type: 'reveal', site: 'lenet5.ts#f6', callPath: [], focus: true });
  });

  it('selects what the host says, and says nothing back', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    const before = (await panel.sent()).length;
    await panel.tell({ type: 'select', sites: ['elsewhere.ts#1', 'lenet5.ts#s4', 'lenet5.ts#c1'] });
    await panel.page.locator('.tiles canvas[data-layer="s4"]').waitFor();
    assert.equal(await panel.selected(), 's4');
    assert.equal((await panel.sent()).length, before);
  });

  it('goes through the layers with the keyboard', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    await panel.page.locator('[role="listbox"]').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await panel.page.keyboard.press(key);
    assert.equal(await panel.selected(), 's2');
    await panel.page.keyboard.press('End');
    assert.equal(await panel.selected(), 'output');
    await panel.page.keyboard.press('Enter');
    const last = (await panel.sent()).at(-1);
    assert.deepEqual(last, { type: 'reveal', site: 'lenet5.ts#output', callPath: [], focus: true });
  });

  it('keeps the selection when the same model changes, and what a person arranged when the panel comes back', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    await panel.select('c3');
    await panel.page.getByRole('radio', { name: 'own' }).click();
    await panel.page.getByRole('radio', { name: 'Digit 4' }).click();
    await panel.ran(2);
    await panel.run(lenet('relu'));
    assert.equal(await panel.selected(), 'c3');
    await panel.page.reload();
    await panel.ready();
    await panel.run(lenet());
    assert.equal(await panel.selected(), 'c3');
    assert.equal(await panel.page.getByRole('radio', { name: 'own' }).getAttribute('aria-checked'), 'true');
    assert.equal(await panel.page.getByRole('radio', { name: 'Digit 4' }).getAttribute('aria-checked'), 'true');
    assert.equal((await panel.tiles()).look.scale, 'own');
  });

  it('computes nothing again when only places in the source change', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    const moved = lenet();
    const layers = moved.layers.map((one) =>
      one.site ? { ...one, site: { ...one.site, id: `moved#${one.name}`, line: one.site.line + 5 } } : one,
    );
    await panel.tell({ type: 'show', model: { ...modelOf({ ...moved, layers }), line: 17, version: 2 }, settings });
    await panel.page.getByText('lenet5.ts:17').waitFor();
    await panel.select('c3');
    assert.deepEqual((await panel.sent()).at(-1), { type: 'reveal', site: 'moved#c3', callPath: [], focus: false });
    assert.equal((await panel.sent()).filter((message) => message.type === 'ran').length, 1);
  });

  it('drops what comes late: of models shown in quick succession the last one counts', async () => {
    panel = await PanelPage.open(stage);
    for (const name of ['a', 'b', 'c']) {
      const graph = chain(name, [input(64, 64, 3), layer(`conv_${name}`, 'conv2d', { filters: 32, kernelSize: 5 })]);
      await panel.tell({ type: 'show', model: modelOf(graph, name), settings });
    }
    await panel.page.locator('.tiles canvas[data-layer="conv_c"]').waitFor();
    await panel.page.locator('[data-phase="ready"]').waitFor();
    assert.equal(await panel.page.locator('nav [data-layer="conv_c"]').count(), 1);
    const ran = (await panel.sent()).filter((message) => message.type === 'ran').map(({ model }) => model);
    assert.equal(ran.at(-1), 'c');
  });

  it('takes an input that is chosen while weights are still being filled', async () => {
    panel = await PanelPage.open(stage);
    const wide = (name: string) => layer(name, 'dense', { units: 5000 });
    const graph = chain('wide', [input(28, 28, 1), layer('flat', 'flatten'), wide('d1'), wide('d2'), layer('out', 'dense', { units: 2 })]);
    await panel.tell({ type: 'show', model: modelOf(graph), settings });
    await panel.page.locator('[data-phase="filling"]').waitFor();
    await panel.page.getByRole('radio', { name: 'Digit 3' }).click();
    await panel.ran(1);
    assert.match(await panel.page.locator('.input-text').innerText(), /digit 3/);
    assert.equal(await panel.page.locator('[data-stop]').count(), 0);
    assert.equal((await panel.sent()).filter((message) => message.type === 'ran').length, 1);
  });

  it('does not wait for an engine that is lost in a computation', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    const [lost] = panel.page.workers();
    // Only then is the next model shown: an engine that is lost while it runs that one may as well be busy with it.
    const isLost = panel.page.waitForEvent('console', (message) => message.text() === 'lost');
    void lost
      ?.evaluate(() => {
        console.info('lost');
        for (;;);
      })
      .catch(() => undefined);
    await isLost;
    await panel.run(chain('next', [input(8, 8, 1), layer('conv', 'conv2d', { filters: 2, kernelSize: 3 })]), {}, 'next.ts#1');
    assert.ok(
      panel.page.workers().some((worker) => worker !== lost),
      'another engine took its place',
    );
    assert.equal(await panel.selected(), 'conv');
  });

  it('starts another backend when the setting changes', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet(), { backend: 'cpu' });
    await panel.tell({ type: 'settings', settings: { ...settings, backend: 'webgl' } });
    await panel.ran(2);
    assert.equal(await panel.page.locator('header [data-backend]').innerText(), 'webgl on SwiftShader');
  });

  it('stops at a custom layer and at an unknown value, with the reason', async () => {
    panel = await PanelPage.open(stage);
    const custom = layer('norm1', 'custom', {}, { className: 'LRN', stop: 'class LRN is a custom layer' });
    await panel.run(
      chain('alexnet', [input(16, 16, 3), layer('conv1', 'conv2d', { filters: 4, kernelSize: 3 }), custom, layer('flat', 'flatten')]),
    );
    assert.match(
      await panel.page.locator('[data-stop]').innerText(),
      /Stopped at norm1: class LRN is a custom layer\. What comes before it is shown\./,
    );
    assert.ok(await panel.page.locator('nav [data-layer="conv1"] canvas').isVisible());
    const units = { $unknown: 'numClasses', reason: 'parameter of createModel, called from no file of this project' };
    await panel.run(chain('open', [input(4), layer('out', 'dense', { units })]), {}, 'other#1');
    assert.match(await panel.page.locator('.notices').innerText(), /numClasses is unknown: parameter of createModel/);
  });

  it('keeps a half-typed model on the screen, and says why it is not up to date', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    await panel.tell({ type: 'stale', reason: "line 14: ')' expected" });
    await panel.page.getByText("Not up to date: line 14: ')' expected").waitFor();
    assert.ok(await panel.page.locator('.tiles canvas').first().isVisible());
    await panel.tell({ type: 'nothing', reason: 'lenet5.ts defines no model any more.' });
    await panel.page.getByText('lenet5.ts defines no model any more.').waitFor();
    assert.equal(await panel.page.locator('canvas').count(), 0);
  });

  it('shows hostile names as text', async () => {
    panel = await PanelPage.open(stage);
    const evil = '<img src=x onerror="window.hurt = true">';
    const graph = chain(evil, [
      input(4),
      layer('__proto__', 'dense', { units: 2 }, { className: evil }),
      layer(evil, 'dense', { units: 2 }),
    ]);
    await panel.run(graph);
    assert.ok((await panel.page.locator('h1').innerText()).includes(evil));
    assert.equal(await panel.page.locator('img').count(), 0);
    assert.equal(await panel.page.evaluate(() => 'hurt' in window), false);
  });

  it('gives every picture a name or hides it from screen readers', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    const nameless = await panel.page
      .locator('canvas, svg')
      .evaluateAll((all) => all.filter((one) => !one.closest('[aria-hidden="true"]') && !one.getAttribute('aria-label')).length);
    assert.equal(nameless, 0);
    const name = await panel.page.locator('.tiles canvas[data-band]').first().getAttribute('aria-label');
    assert.match(name ?? '', /^6 activation maps of c1, 28 by 28, from −0\.\d+ to 0\.\d+$/);
    for (const option of await panel.page.locator('nav').getByRole('option').all())
      assert.match((await option.getAttribute('aria-label')) ?? '', /, /);
  });

  it('puts the layers on top where there is little room', async () => {
    panel = await PanelPage.open(stage, { width: 420, height: 760 });
    await panel.run(lenet());
    const box = async (selector: string) =>
      (await panel.page.locator(selector).first().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const [layers, detail] = [await box('nav'), await box('.detail')];
    assert.ok(detail.y >= layers.y + layers.height, 'the detail is below the layers');
    const [first, second] = [await box('nav [data-layer="c1"]'), await box('nav [data-layer="s2"]')];
    assert.ok(second.x > first.x && second.y === first.y, 'the layers stand side by side');
    assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  });

  it('moves nothing for those who asked for that', async () => {
    panel = await PanelPage.open(stage, { reducedMotion: true });
    await panel.run(lenet());
    const moving = await panel.page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((one) =>
          getComputedStyle(one)
            .transitionDuration.split(', ')
            .some((time) => time !== '0s'),
        ).length,
    );
    assert.equal(moving, 0);
  });
});
