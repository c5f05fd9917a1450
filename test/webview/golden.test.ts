import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GOLDENS, matchGolden } from '../support/golden';
import { Stage } from './support/browser';
import { chain, graph, input, layer, lenet } from './support/graphs';
import { PanelPage } from './support/panelPage';

/** A residual block, for the graph's lines and the batch norm's tab. */
const block = graph(
  'block',
  [
    input(10, 10, 2),
    layer('conv1', 'conv2d', { filters: 4, kernelSize: 3, padding: 'same', kernelInitializer: 'heNormal' }),
    layer('bn1', 'batchNormalization', { gammaInitializer: 'ones' }),
    layer('relu1', 'activation', { activation: 'relu' }),
    layer('project', 'conv2d', { filters: 4, kernelSize: 1, kernelInitializer: 'heNormal' }),
    layer('sum', 'add'),
    layer('flat', 'flatten'),
    layer('out', 'dense', { units: 5, activation: 'softmax' }),
  ],
  [[0], [1, 0], [2, 1], [3, 2], [4, 0], [5, 3, 4], [6, 5], [7, 6]],
);

/** A model that stops, with a value that is not a number before that. */
const broken = chain('broken', [
  input(4, 4, 1),
  layer('large', 'rescaling', { scale: 1e38, offset: 0 }, { className: 'Rescaling' }),
  layer('over', 'rescaling', { scale: 1e38, offset: 0 }, { className: 'Rescaling' }),
  layer('own', 'custom', {}, { className: 'Own', stop: 'class Own is a custom layer' }),
  layer('flat', 'flatten'),
]);

const PLAIN = { backend: 'cpu' } as const;

describe('what the panel looks like', () => {
  let stage: Stage;
  let panel: PanelPage;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());
  afterEach(() => panel.close());

  const shot = async (selector: string): Promise<Buffer> => {
    // What the mouse is over, or the keyboard in, looks otherwise.
    await panel.page.mouse.move(0, 0);
    await panel.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    return panel.page.locator(selector).first().screenshot();
  };
  const open = async (theme: 'dark' | 'light' | 'high-contrast'): Promise<void> => {
    panel = await PanelPage.open(stage, { theme, boxes: true, width: 860, height: 700 });
    assert.deepEqual(await panel.page.evaluate(async () => (await document.fonts.ready, [...document.fonts].map(({ status }) => status))), [
      'loaded',
    ]);
  };

  for (const theme of ['dark', 'light', 'high-contrast'] as const) {
    const matches = async (name: string, selector: string): Promise<void> => matchGolden(`${name}-${theme}`, () => shot(selector));

    it(`is as it was in ${theme}: LeNet-5`, async () => {
      await open(theme);
      await panel.run(lenet(), PLAIN);
      await panel.page.locator('.verdict[data-class="7"]').waitFor();
      await matches('header', '.header');
      await matches('input', '.input');
      await matches('predictions', '.outputs');
      await matches('list', 'nav');
      await panel.tiles();
      await matches('maps', '.detail');
      await matches('status', 'footer');
      await panel.page.getByRole('tab', { name: 'Histograms' }).click();
      await panel.page.locator('[data-distribution="bias"] svg').waitFor();
      await matches('histograms', '.detail');
    });

    it(`is as it was in ${theme}: one value of LeNet-5`, async () => {
      await open(theme);
      await panel.run(lenet(), PLAIN);
      await panel.page.locator('.tiles canvas[data-layer="c1"]').click({ position: { x: 42, y: 42 } });
      await panel.page.locator('.dock-result[data-value]').waitFor();
      await matches('dock', '.dock');
    });

    it(`is as it was in ${theme}: a residual block`, async () => {
      await open(theme);
      await panel.run(block, PLAIN);
      await panel.page.locator('nav [data-layer="bn1"]').click();
      await panel.page.getByText('The layer’s output there is the same.').waitFor();
      await matches('batch-norm', '.detail');
      await panel.page.getByRole('radio', { name: 'graph' }).click();
      await panel.page.locator('.box[data-layer="bn1"][aria-selected="true"]').waitFor();
      await matches('graph', '.graph');
    });

    it(`is as it was in ${theme}: a model that stops`, async () => {
      await open(theme);
      await panel.run(broken, PLAIN);
      await panel.page.getByRole('button', { name: 'first in over' }).click();
      await panel.page.locator('.tiles canvas[data-layer="over"]').first().waitFor();
      await matches('stopped', '.panel');
    });
  }

  it('would be refused with the maps of another digit', async () => {
    await open('dark');
    await panel.run(lenet(), PLAIN);
    await panel.page.getByRole('radio', { name: 'Digit 3' }).click();
    await panel.ran(2);
    await panel.tiles();
    const folder = await mkdtemp(join(tmpdir(), 'layerscope-golden-'));
    await copyFile(join(GOLDENS, 'maps-dark.png'), join(folder, 'maps-dark.png'));
    const other = await shot('.detail');
    await assert.rejects(
      () => matchGolden('maps-dark', () => Promise.resolve(other), { folder, update: false, patience: 0 }),
      /of its pixels differ/,
    );
    await rm(folder, { recursive: true });
  });
});
