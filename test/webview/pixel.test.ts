import assert from 'node:assert/strict';
import type { Atlas, Band } from '../../webview/draw/atlas';
import { Stage } from './support/browser';
import { chain, input, layer, lenet } from './support/graphs';
import { PanelPage } from './support/panelPage';
import { outputsOf, shippedDigit, shippedLenet } from './support/reference';

/** Clicks the middle of a value in the tiles on the screen. */
const clickValue = async (panel: PanelPage, map: number, row: number, column: number): Promise<void> => {
  const canvas = panel.page.locator('.tiles canvas').first();
  await canvas.scrollIntoViewIfNeeded();
  const atlas = JSON.parse((await canvas.getAttribute('data-atlas')) ?? '{}') as Atlas & Band;
  const x = (map % atlas.columns) * atlas.pitchX + (column + 0.5) * atlas.zoomX;
  const y = Math.floor(map / atlas.columns) * atlas.pitchY + (row + 0.5) * atlas.zoomY;
  await canvas.click({ position: { x, y } });
};

const result = (panel: PanelPage) => panel.page.locator('.dock-result');

/** Waits until the dock tells of this value, and says what it has for it. */
const valueOf = async (panel: PanelPage, place: string): Promise<{ value: number; device: number; text: string }> => {
  await panel.page.locator('.dock-result[data-value]', { hasText: `${place} is` }).waitFor();
  const [value, device, text] = await Promise.all([
    result(panel).getAttribute('data-value'),
    result(panel).getAttribute('data-device'),
    result(panel).innerText(),
  ]);
  return { value: Number(value), device: Number(device), text };
};

const fieldOf = async (panel: PanelPage): Promise<unknown> =>
  JSON.parse((await panel.page.locator('.field-picture').getAttribute('data-field')) ?? 'null') as unknown;

describe('one value in the panel', () => {
  let stage: Stage;
  let panel: PanelPage;
  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());
  afterEach(async () => {
    assert.deepEqual(panel.opened.complaints, []);
    await panel.close();
  });

  /** c3 of LeNet-5: 10 rows of 10 columns, 16 maps. */
  const c3At = (map: number, row: number, column: number): number =>
    outputsOf(shippedLenet(), shippedDigit(7)).get('c3')?.[(row * 10 + column) * 16 + map] ?? Number.NaN;

  it('is recomputed by a click, and its field on the input is outlined', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    await panel.select('c3');
    await clickValue(panel, 3, 4, 5);
    const { value, device, text } = await valueOf(panel, 'c3, map 3, row 4, column 5');
    assert.ok(Math.abs(value - c3At(3, 4, 5)) < 1e-4, `${value}, not ${c3At(3, 4, 5)}`);
    assert.ok(Math.abs(value - device) < 1e-4);
    assert.match(text, /in float64\. TensorFlow\.js has .*: they agree/);
    assert.deepEqual(await fieldOf(panel), { row: 8, column: 10, rows: 14, columns: 14 });
    const [inside, edge] = await panel.page.locator('.field-marks').evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const cell = canvas.width / 32;
      const context = canvas.getContext('2d');
      return [17 * cell, 10 * cell + 1].map((x) => context?.getImageData(x, 15 * cell, 1, 1).data[3] ?? 0);
    });
    assert.deepEqual([inside, edge], [0, 255], 'the outline is where the field begins');
    assert.match(await panel.page.locator('.field figcaption').innerText(), /input: sees rows 8-21, columns 10-23\./);
    assert.match(
      await panel.page.locator('.terms-head').innerText(),
      /^150 products of input and kernel; inputs from s2, weights of the layer\.$/,
    );
    assert.match(await panel.page.locator('.lines').innerText(), /sum of products[\s\S]*bias[\s\S]*sum \+ bias[\s\S]*tanh/);
  });

  it('follows the sliders and the arrow keys', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    await panel.select('c3');
    await clickValue(panel, 0, 0, 0);
    await valueOf(panel, 'c3, map 0, row 0, column 0');
    await panel.page.getByRole('slider', { name: 'column' }).focus();
    for (let k = 0; k < 4; k++) await panel.page.keyboard.press('ArrowRight');
    const slid = await valueOf(panel, 'c3, map 0, row 0, column 4');
    assert.ok(Math.abs(slid.value - c3At(0, 0, 4)) < 1e-4);
    assert.deepEqual(await fieldOf(panel), { row: 0, column: 8, rows: 14, columns: 14 });
    await panel.page.locator('.field-picture').focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) await panel.page.keyboard.press(key);
    const moved = await valueOf(panel, 'c3, map 0, row 1, column 3');
    assert.ok(Math.abs(moved.value - c3At(0, 1, 3)) < 1e-4);
    await panel.page.keyboard.press('Escape');
    assert.equal(await panel.page.locator('.dock').count(), 0);
  });

  it('slides by itself to the end of the map, and step by step', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    await panel.select('s4');
    await clickValue(panel, 2, 3, 4);
    await valueOf(panel, 's4, map 2, row 3, column 4');
    await panel.page.getByRole('button', { name: 'Step' }).click();
    await valueOf(panel, 's4, map 2, row 4, column 0');
    await panel.page.getByRole('button', { name: 'Slide the window over the map' }).click();
    await valueOf(panel, 's4, map 2, row 4, column 4');
    // At the end it rests.
    await panel.page.getByRole('button', { name: 'Slide the window over the map' }).waitFor();
  });

  it('does not slide by itself for those who asked for no motion', async () => {
    panel = await PanelPage.open(stage, { reducedMotion: true });
    await panel.run(lenet());
    await clickValue(panel, 2, 3, 4);
    await valueOf(panel, 'c1, map 2, row 3, column 4');
    assert.equal(await panel.page.getByRole('button', { name: 'Slide the window over the map' }).count(), 0);
    await panel.page.getByRole('button', { name: 'Step' }).click();
    await valueOf(panel, 'c1, map 2, row 3, column 5');
  });

  it('shows the kernel flipped when asked to, and leads from an option to its place in the source', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    await clickValue(panel, 0, 3, 4);
    await valueOf(panel, 'c1, map 0, row 3, column 4');
    const cells = (name: string) =>
      panel.page
        .getByRole('table', { name, exact: true })
        .locator('td')
        .evaluateAll((all) => all.map((cell) => cell.getAttribute('title')));
    const kernel = await cells('Kernel for channel 0');
    assert.equal(kernel.length, 25);
    await panel.page.getByText('TensorFlow.js cross-correlates').waitFor();
    await panel.page.getByLabel('show flipped').check();
    assert.deepEqual(await cells('Kernel for channel 0, flipped'), [...kernel].reverse());
    await panel.page.getByRole('button', { name: 'kernelSize 5' }).click();
    const reveals = (await panel.sent()).filter((message) => message.type === 'reveal');
    assert.deepEqual(reveals.at(-1), { type: 'reveal', site: 'lenet5.ts#c1', callPath: [], option: 'kernelSize', focus: false });
    assert.equal(await panel.page.getByRole('button', { name: 'strides 1' }).count(), 0, 'what is not written leads nowhere');
  });

  it('shows what the layer itself reads, leads to the source, and is still there when the panel comes back', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    await panel.select('c3');
    await clickValue(panel, 2, 1, 1);
    await valueOf(panel, 'c3, map 2, row 1, column 1');
    await panel.page.getByLabel('Picture', { exact: true }).selectOption('from s2');
    await panel.page.locator('.field figcaption', { hasText: 's2: sees rows 1-5, columns 1-5.' }).waitFor();
    await panel.page.getByLabel('Map of the picture').fill('4');
    await panel.page.locator('.window figcaption', { hasText: 'Channel 4.' }).waitFor();
    assert.equal(await panel.page.locator('.grid').first().locator('td').count(), 25);
    await panel.page.locator('.terms-head').getByRole('button', { name: 's2' }).click();
    assert.deepEqual((await panel.sent()).at(-1), { type: 'reveal', site: 'lenet5.ts#s2', callPath: [], focus: false });
    assert.equal(await panel.selected(), 'c3');
    await panel.page.reload();
    await panel.ready();
    await panel.run(lenet());
    await valueOf(panel, 'c3, map 2, row 1, column 1');
    await panel.page.getByRole('button', { name: 'Close' }).click();
    assert.equal(await panel.page.locator('.dock').count(), 0);
  });

  it('tells the value under the pointer', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    await panel.select('c3');
    const canvas = panel.page.locator('.tiles canvas').first();
    const { zoomX, zoomY } = JSON.parse((await canvas.getAttribute('data-atlas')) ?? '{}') as Atlas;
    await canvas.hover({ position: { x: 2.5 * zoomX, y: 3.5 * zoomY } });
    const told = panel.page.locator('[data-hover]', { hasText: /column 2: / });
    await told.waitFor();
    const [, shown = ''] = /^map 0, row 3, column 2: (.*)$/.exec(await told.innerText()) ?? [];
    assert.ok(Math.abs(Number(shown.replace('−', '-')) - c3At(0, 3, 2)) < 1e-4, shown);
  });

  it('stays in sight in a narrow panel, where the page scrolls', async () => {
    panel = await PanelPage.open(stage, { width: 420, height: 760 });
    await panel.run(lenet(), { backend: 'cpu' });
    await clickValue(panel, 0, 2, 2);
    await valueOf(panel, 'c1, map 0, row 2, column 2');
    const box = await panel.page.locator('.dock').boundingBox();
    assert.ok(box && box.y > 0 && box.y + box.height <= 760 && box.height > 200, JSON.stringify(box));
    assert.ok(
      await panel.page.evaluate(() => document.documentElement.scrollHeight > innerHeight),
      'the page is longer than what is seen of it',
    );
  });

  it('hatches what a stride leaves unread, and marks the winner of a max pool', async () => {
    panel = await PanelPage.open(stage);
    const layers = [
      input(14, 14, 1),
      layer('conv', 'conv2d', { filters: 2, kernelSize: 3, strides: 3 }),
      layer('pool', 'maxPooling2d', { poolSize: 2 }),
    ];
    await panel.run(chain('strided', layers));
    await panel.select('conv');
    await clickValue(panel, 1, 1, 0);
    await valueOf(panel, 'conv, map 1, row 1, column 0');
    await panel.page
      .locator('.field figcaption', { hasText: 'Rows 12, 13 are read by nothing. Columns 12, 13 are read by nothing.' })
      .waitFor();
    await panel.select('pool');
    await clickValue(panel, 1, 0, 0);
    const { value, device } = await valueOf(panel, 'pool, map 1, row 0, column 0');
    assert.equal(value, device);
    assert.equal(await panel.page.locator('.grid .winner').count(), 1);
  });
});
