import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import { Stage } from './support/browser';
import { FileHost } from './support/fileHost';
import { chain, input, layer, lenet } from './support/graphs';
import { PanelPage } from './support/panelPage';

/** Colours of the dark theme that `themes.ts` has. */
const BACKGROUND = [0x1f, 0x1f, 0x1f];
const BARS = [0x37, 0x94, 0xff];
const OUTLINE = [0xcc, 0xa7, 0x00];
const SELECTED = [0x00, 0x78, 0xd4];
const TEXT = [0xcc, 0xcc, 0xcc];

const normalised = chain('normalised', [
  input(6, 6, 2),
  layer('conv', 'conv2d', { filters: 3, kernelSize: 3, kernelInitializer: 'heNormal' }),
  layer('bn', 'batchNormalization'),
]);

describe('saved pictures', () => {
  let stage: Stage;
  let panel: PanelPage;
  let host: FileHost;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());
  beforeEach(async () => {
    host = await FileHost.open(stage);
    panel = await PanelPage.open(stage);
    await host.answer(panel.page);
  });
  afterEach(async () => {
    assert.deepEqual(panel.opened.complaints, []);
    await panel.close();
    await host.close();
  });

  /** Saves what the first button in a part of the panel saves. */
  const save = async (part: string): Promise<{ readonly name: string; readonly picture: PNG }> => {
    const before = host.saved.length;
    await panel.page.locator(part).getByRole('button', { name: 'Save picture…' }).click();
    while (host.saved.length === before) await panel.page.evaluate(() => new Promise(requestAnimationFrame));
    const { name, bytes } = host.saved[before]!;
    return { name, picture: PNG.sync.read(Buffer.from(bytes)) };
  };
  const count = ({ data }: PNG, [red, green, blue]: readonly number[]): number => {
    let found = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) found++;
    return found;
  };
  const holds = (picture: PNG, color: readonly number[], least: number, what: string): void =>
    assert.ok(count(picture, color) >= least, `${what}: ${count(picture, color)} pixels, not ${least}`);

  it('hold the bars and the words of histograms', async () => {
    await panel.run(lenet());
    await panel.page.getByRole('tab', { name: 'Histograms' }).click();
    await panel.page.locator('[data-distribution="bias"] svg').waitFor();
    const { name, picture } = await save('.detail');
    assert.equal(name, 'createLeNet-c1-Histograms.png');
    assert.deepEqual([...picture.data.subarray(0, 3)], BACKGROUND);
    holds(picture, BARS, 1000, 'bars');
    holds(picture, TEXT, 50, 'words');
  });

  it('hold the table and the bars of a batch norm', async () => {
    await panel.run(normalised);
    await panel.page.locator('nav [data-layer="bn"]').click();
    await panel.page.getByText('The layer’s output there is the same.').waitFor();
    const { name, picture } = await save('.detail');
    assert.equal(name, 'normalised-bn-Batch-norm.png');
    holds(picture, BARS, 200, 'bars');
    holds(picture, TEXT, 200, 'words');
  });

  it('hold the outlined field of one value', async () => {
    await panel.run(lenet());
    await panel.page
      .locator('.tiles canvas[data-layer="c1"]')
      .first()
      .click({ position: { x: 42, y: 42 } });
    await panel.page.locator('.dock-result[data-value]').waitFor();
    await panel.page.locator('.field-picture[data-field]').waitFor();
    const { name, picture } = await save('.dock');
    assert.equal(name, 'createLeNet-c1-value.png');
    holds(picture, OUTLINE, 60, 'the outline');
    holds(picture, TEXT, 50, 'words');
  });

  it('hold the boxes and lines of the graph', async () => {
    await panel.run(lenet());
    await panel.page.getByRole('radio', { name: 'graph' }).click();
    await panel.page.locator('.box[data-layer="c1"] canvas[width]:not([width="0"])').waitFor();
    const { name, picture } = await save('.graph');
    assert.equal(name, 'createLeNet-graph.png');
    // The box of the selected layer, and the lines to and from it.
    holds(picture, SELECTED, 300, 'the selected box');
    holds(picture, TEXT, 50, 'words');
  });
});
