import assert from 'node:assert/strict';
import { Stage } from './support/browser';
import { chain, input, layer, lenet } from './support/graphs';
import { PanelPage } from './support/panelPage';
import { graphOfSource, RESNET_50 } from './support/steps';

/** ResNet-50's graph at a size that a test can run. */
const SMALL_RESNET = RESNET_50.replace('[224, 224, 3]', '[32, 32, 3]').replaceAll('64', '4');

/** Hears what the page asks of its engine from now on: keys of all layers whose thumbnails were wanted. */
const askedThumbnails = async ({ page }: PanelPage): Promise<() => Promise<readonly string[]>> => {
  await page.evaluate(() => {
    const heard = new Set<string>();
    Object.assign(window, { heardThumbnails: heard });
    const worker = Worker.prototype as { postMessage: (message: unknown, transfer: readonly unknown[]) => void };
    const post = worker.postMessage;
    worker.postMessage = function (this: Worker, message, transfer) {
      const { name, takes } = message as { name?: string; takes?: { keys?: string[]; visible?: string[] } };
      if (name === 'run') for (const one of takes?.visible ?? ['every layer']) heard.add(one);
      if (name === 'thumbnails') for (const one of takes?.keys ?? []) heard.add(one);
      post.call(this, message, transfer);
    };
  });
  return () => page.evaluate(() => [...(window as unknown as { heardThumbnails: Set<string> }).heardThumbnails]);
};

describe('layers in Chromium', () => {
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

  const key = (name: string): Promise<void> => panel.page.keyboard.press(name);
  const list = () => panel.page.locator('.layer-list');

  it('has only the rows in the document that can be seen, of a thousand layers', async () => {
    panel = await PanelPage.open(stage);
    const layers = Array.from({ length: 999 }, (_, k) => layer(`d${k}`, 'dense', { units: 2 }));
    const asked = await askedThumbnails(panel);
    await panel.run(chain('thousand', [input(2), ...layers]));
    assert.ok((await panel.page.locator('nav .row').count()) < 50);
    const first = await asked();
    assert.ok(first.includes('input@0') && first.length < 50, `${first.length} thumbnails are drawn`);
    await list().focus();
    await key('End');
    await panel.page.locator('nav [data-layer="d998"][aria-selected="true"]').waitFor();
    const rows = panel.page.locator('nav .row');
    assert.ok((await rows.count()) < 50);
    const last = panel.page.locator('nav [data-layer="d998"]');
    assert.deepEqual([await last.getAttribute('aria-setsize'), await last.getAttribute('aria-posinset')], ['1000', '1000']);
    assert.ok(await last.isVisible());
    await last.locator('canvas[width]:not([width="0"])').waitFor();
    assert.ok((await asked()).length < 100);
    await key('Home');
    await panel.page.locator('nav [data-layer="input"][aria-selected="true"]').waitFor();
    await key('PageDown');
    const page = Number(await panel.page.locator('nav [aria-selected="true"]').getAttribute('aria-posinset'));
    assert.ok(page > 3 && page < 50, `${page}`);
  });

  it('folds a large model into its stages, and keeps what a person opened', async () => {
    // High enough for all rows to be in sight: others are not in the document.
    panel = await PanelPage.open(stage, { height: 1600 });
    const graph = graphOfSource(SMALL_RESNET);
    await panel.run(graph);
    const rows = () =>
      panel.page
        .locator('nav .row')
        .evaluateAll((all) => all.map((row) => (row as HTMLElement).dataset['layer'] ?? (row as HTMLElement).dataset['fold']));
    assert.deepEqual(await rows(), [
      'input',
      'conv1_conv',
      'conv1_bn',
      'conv1_relu',
      'pool1',
      'conv2_block',
      'conv3_block',
      'conv4_block',
      'conv5_block',
      'avgpool',
      'fc',
    ]);
    await list().focus();
    for (const one of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight']) await key(one);
    const fold = panel.page.locator('nav [data-fold="conv2_block"]');
    assert.equal(await fold.getAttribute('aria-expanded'), 'true');
    assert.equal(await panel.page.locator('nav [data-fold="conv2_block1"]').getAttribute('aria-level'), '2');
    await key('ArrowRight');
    await key('Enter');
    await panel.page.locator('nav [data-layer="conv2_block1_add"]').waitFor();
    await panel.page.reload();
    await panel.ready();
    await panel.run(graph);
    assert.equal(await fold.getAttribute('aria-expanded'), 'true');
    await fold.click();
    assert.equal(await fold.getAttribute('aria-expanded'), 'false');
    // Letters lead to names.
    await list().focus();
    await panel.page.keyboard.type('fc');
    assert.equal(await panel.selected(), 'fc');
  });

  it('opens the folds around the layer that the caret is on', async () => {
    panel = await PanelPage.open(stage);
    const graph = graphOfSource(SMALL_RESNET);
    await panel.run(graph);
    const add = graph.nodes.find((node) => graph.layers[node.layer]?.name === 'conv4_block3_add');
    await panel.select('pool1');
    await panel.tell({ type: 'select', sites: [graph.layers[add?.layer ?? -1]?.site?.id ?? ''] });
    await panel.page.locator('nav [aria-selected="true"][data-layer="conv2_block1_add"]').waitFor();
    assert.equal(await panel.page.locator('nav [data-fold="conv2_block1"]').getAttribute('aria-expanded'), 'true');
  });

  it('finds layers, goes through what it found, and forgets with Escape', async () => {
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
    const box = panel.page.getByRole('searchbox');
    await box.fill('conv2d');
    assert.equal(await panel.page.locator('.hits').innerText(), '1 of 3');
    assert.equal(await panel.page.locator('nav .row').count(), 3);
    await key('ArrowDown');
    assert.equal(await panel.selected(), 'c3');
    assert.equal(await panel.page.locator('.hits').innerText(), '2 of 3');
    await key('ArrowUp');
    await key('ArrowUp');
    assert.equal(await panel.selected(), 'c5');
    await box.fill('nothing');
    assert.equal(await panel.page.locator('.hits').innerText(), 'none found');
    await key('Escape');
    assert.equal(await box.inputValue(), '');
    assert.equal(await panel.page.locator('nav .row').count(), 9);
  });

  it('shows the graph with the same selection, follows its lines, and folds', async () => {
    panel = await PanelPage.open(stage, { width: 1100, height: 800 });
    const graph = graphOfSource(SMALL_RESNET);
    await panel.run(graph);
    await panel.page.getByRole('radio', { name: 'graph' }).click();
    await panel.page.locator('.box[data-layer="conv1_conv"][aria-selected="true"]').waitFor();
    assert.equal(await panel.page.locator('.graph-frame').getAttribute('data-boxes'), '11');
    await panel.page.locator('.graph-frame').focus();
    for (const one of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await key(one);
    assert.equal(await panel.selected(), 'pool1');
    await key('ArrowDown');
    await key('Enter');
    await panel.page.locator('.box.open[data-fold="conv2_block"]').waitFor();
    await key('Enter');
    const before = await panel.page.locator('.graph-paper').evaluate((paper) => (paper as HTMLElement).style.transform);
    await panel.page.locator('.graph-frame').hover({ position: { x: 20, y: 20 } });
    await panel.page.mouse.down();
    await panel.page.mouse.move(200, 300, { steps: 4 });
    await panel.page.mouse.up();
    assert.notEqual(await panel.page.locator('.graph-paper').evaluate((paper) => (paper as HTMLElement).style.transform), before);
    await panel.page.getByRole('button', { name: 'Fit' }).click();
    await panel.page.reload();
    await panel.ready();
    await panel.run(graph);
    await panel.page.locator('.graph-frame').waitFor();
  });

  it('is a strip on top where there is little room', async () => {
    panel = await PanelPage.open(stage, { width: 420, height: 800 });
    await panel.run(lenet());
    const [first, second] = await panel.page
      .locator('nav .row')
      .evaluateAll((all) => all.map((row) => row.getBoundingClientRect().toJSON() as DOMRect));
    assert.ok(first && second && second.x > first.x && second.y === first.y);
    await list().focus();
    await key('ArrowRight');
    assert.equal(await panel.selected(), 's2');
  });
});
