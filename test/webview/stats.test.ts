import assert from 'node:assert/strict';
import { Stage } from './support/browser';
import { chain, input, layer, lenet } from './support/graphs';
import { PanelPage } from './support/panelPage';
import { outputsOf, shippedDigit, shippedLenet } from './support/reference';

const variance = { $tf: 'initializers.randomUniform', args: [{ minval: 0.3, maxval: 2 }] };

/** A convolution, its batch norm with weights that say something, and a small head. */
const block = chain('block', [
  input(12, 12, 3),
  layer('conv', 'conv2d', { filters: 40, kernelSize: 3, useBias: false, kernelInitializer: 'heNormal' }),
  layer('bn', 'batchNormalization', { movingVarianceInitializer: variance, gammaInitializer: variance, movingMeanInitializer: variance }),
  layer('drop', 'dropout', { rate: 0.5 }, { className: 'Dropout' }),
  layer('flat', 'flatten', {}, { className: 'Flatten' }),
  layer('logits', 'dense', { units: 4 }),
]);

const number = (text: string): number => Number(text.replace('−', '-').replaceAll(',', ''));

describe('statistics in Chromium', () => {
  let stage: Stage;
  let panel: PanelPage;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());
  afterEach(async () => {
    const { complaints } = panel.opened;
    await panel.close();
    assert.deepEqual(complaints, []);
  });

  const choose = (name: string): Promise<void> => panel.page.locator(`nav [data-layer="${name}"]`).click();
  const isSelected = (name: string): Promise<void> => panel.page.locator(`nav [data-layer="${name}"][aria-selected="true"]`).waitFor();
  const figure = async (distribution: string, name: string): Promise<string> =>
    panel.page.locator(`[data-distribution="${distribution}"] [data-figure="${name}"] dd`).innerText();

  for (const backend of ['webgl', 'wasm'] as const) {
    it(`tells how a layer's values and weights are spread on ${backend}`, async () => {
      panel = await PanelPage.open(stage);
      await panel.run(lenet(), { backend });
      await choose('c3');
      await panel.page.getByRole('tab', { name: 'Histograms' }).click();
      await panel.page.locator('[data-distribution="bias"]').waitFor();
      const values = [...(outputsOf(shippedLenet(), shippedDigit(7)).get('c3') ?? [])];
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      for (const [name, expected] of [
        ['min', Math.min(...values)],
        ['max', Math.max(...values)],
        ['mean', mean],
        ['std', std],
      ] as const) {
        const found = number(await figure('output', name));
        assert.ok(Math.abs(found - expected) <= 0.006 * Math.abs(expected) + 1e-4, `${name}: ${found}, not ${expected}`);
      }
      assert.equal(await figure('output', 'NaN'), '0');
      assert.match(
        (await panel.page.locator('[data-distribution="output"] svg').getAttribute('aria-label')) ?? '',
        /^Histogram of output of c3: 1,600 values from −/,
      );
      assert.match(await panel.page.locator('[data-distribution="kernel"] h3').innerText(), /5×5×6×16/);
      const path = (): Promise<string | null> => panel.page.locator('[data-distribution="output"] .histogram-bars').getAttribute('d');
      const linear = await path();
      await panel.page.getByRole('radio', { name: 'log' }).click();
      assert.notEqual(await path(), linear);
    });

    it(`opens a batch norm on its tab, in both modes, and hands the input on with the identity setting, on ${backend}`, async () => {
      panel = await PanelPage.open(stage);
      await panel.run(block, { backend });
      await choose('bn');
      const tab = panel.page.getByRole('tab', { name: 'Batch norm' });
      await tab.waitFor();
      assert.equal(await tab.getAttribute('aria-selected'), 'true');
      await panel.page.getByText('The layer’s output there is the same.').waitFor();
      assert.match(await panel.page.locator('.batch-norm-summary').innerText(), /^m = 1×10×10 = 100 values a channel .* moving statistics/);
      assert.equal(await panel.page.locator('.four-lines li').count(), 4);
      const gamma = await panel.page.locator('[data-channel="0"]').innerText();

      await panel.page.getByRole('radio', { name: 'training' }).click();
      await panel.ran(2);
      await panel.page.getByText('batch’s statistics').waitFor();
      await panel.page.getByText('The layer’s output there is the same.').waitFor();
      const after = panel.page.locator('[data-values="after"]');
      await panel.page.getByRole('button', { name: 'Identity setting' }).click();
      await panel.page.getByText('The output equals the input').waitFor();
      const before = panel.page.locator('[data-values="before"]');
      await panel.page.waitForFunction(() => document.querySelectorAll('.histogram-bars').length === 2);
      assert.equal((await after.innerText()).replace('after', ''), (await before.innerText()).replace('before', ''));
      await panel.page.getByRole('button', { name: 'Back to the layer’s own' }).click();

      // Back at inference nothing has changed: training mode moved no statistics.
      await panel.page.getByRole('radio', { name: 'inference' }).click();
      await panel.ran(3);
      await panel.page.getByText('moving statistics').first().waitFor();
      assert.equal(await panel.page.locator('[data-channel="0"]').innerText(), gamma);
    });
  }

  it('selects a layer from the strip, and names the first that is not all numbers', async () => {
    panel = await PanelPage.open(stage);
    const rescaling = (name: string, scale: number) => layer(name, 'rescaling', { scale, offset: 0 }, { className: 'Rescaling' });
    await panel.run(chain('broken', [input(4, 4, 1), rescaling('large', 1e38), rescaling('over', 1e38), rescaling('undone', 0)]), {
      backend: 'wasm',
    });
    await panel.page.getByRole('button', { name: 'first in over' }).click();
    await isSelected('over');
    const strip = panel.page.getByRole('slider', { name: /^Layer, by its standard deviation/ });
    await strip.focus();
    await strip.press('ArrowRight');
    await isSelected('undone');
    await strip.press('Home');
    await isSelected('input');
    assert.match((await strip.getAttribute('aria-valuetext')) ?? '', /^input: 0\.\d+$/);
    const box = await strip.boundingBox();
    assert.ok(box);
    await strip.click({ position: { x: box.width - 2, y: 5 } });
    await isSelected('undone');
    await panel.page.getByRole('tab', { name: 'Histograms' }).click();
    await panel.page.getByText('There is no finite value to count.').waitFor();
    assert.equal(await figure('output', 'NaN'), '16');
  });

  it('states outputs without a softmax as raw values, and offers names for their classes', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(block, { backend: 'wasm' });
    const scores = panel.page.locator('[data-output="logits"]');
    await scores.waitFor();
    assert.match(await scores.innerText(), /no softmax: raw values/);
    assert.equal(await scores.locator('.bar').count(), 4);
    assert.equal(await panel.page.locator('.verdict').count(), 0);
    await scores.getByRole('button', { name: 'Class names' }).waitFor();
  });

  it('goes through the channels by keyboard, and sorts them', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(block, { backend: 'wasm' });
    await choose('bn');
    const grid = panel.page.getByRole('grid', { name: 'Channels' });
    await grid.focus();
    await grid.press('End');
    await panel.page.getByRole('heading', { name: 'Channel 39' }).waitFor();
    await panel.page.locator('[data-channel="39"]').waitFor();
    await grid.press('ArrowUp');
    await panel.page.getByRole('heading', { name: 'Channel 38' }).waitFor();
    await panel.page.getByRole('columnheader', { name: 'γ/√' }).getByRole('button').click();
    const scales = await panel.page.locator('.channels-row > :nth-child(8)').allInnerTexts();
    assert.ok(scales.length >= 10);
    const values = scales.map(number);
    assert.deepEqual(
      values,
      [...values].sort((a, b) => b - a),
    );
  });
});
