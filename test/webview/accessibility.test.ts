import assert from 'node:assert/strict';
import { violationsOf } from './support/axe';
import { Stage } from './support/browser';
import { chain, input, layer, lenet } from './support/graphs';
import { modelOf, PanelPage, settings } from './support/panelPage';

/** A model with what LeNet-5 has not: a batch norm, a custom layer that does not run, and what is not reached behind it. */
const stopped = chain('stopped', [
  input(12, 12, 3),
  layer('conv', 'conv2d', { filters: 4, kernelSize: 3 }),
  layer('bn', 'batchNormalization'),
  layer('own', 'custom', {}, { className: 'Own', stop: 'class Own is a custom layer' }),
  layer('dense', 'dense', { units: 2 }),
]);

describe('the panel for everyone', () => {
  let stage: Stage;
  let panel: PanelPage;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());
  afterEach(() => panel.close());

  for (const theme of ['dark', 'light', 'high-contrast'] as const) {
    it(`has nothing that axe objects to in ${theme}, on any tab, wide and narrow`, async () => {
      panel = await PanelPage.open(stage, { theme });
      await panel.run(lenet());
      const tabs = panel.page.getByRole('tab');
      for (let tab = 0; tab < Math.max(1, await tabs.count()); tab++) {
        if ((await tabs.count()) > 0) await tabs.nth(tab).click();
        assert.deepEqual(await violationsOf(panel.page), [], `tab ${tab}`);
      }
      await panel.page.setViewportSize({ width: 420, height: 700 });
      assert.deepEqual(await violationsOf(panel.page), [], 'narrow');
    });
  }

  it('has nothing that axe objects to where a layer does not run, and where there is no model', async () => {
    panel = await PanelPage.open(stage);
    await panel.tell({ type: 'nothing', reason: 'There is no model here.' });
    await panel.page.getByText('There is no model here.').waitFor();
    assert.deepEqual(await violationsOf(panel.page), [], 'no model');
    await panel.tell({ type: 'show', model: modelOf(stopped), settings });
    await panel.ran(1);
    for (const name of ['bn', 'own', 'dense']) {
      await panel.page.locator(`nav [data-layer="${name}"]`).click();
      assert.deepEqual(await violationsOf(panel.page), [], name);
    }
    await panel.tell({ type: 'stale', reason: 'The source is half typed.' });
    await panel.page.getByText('Not up to date').waitFor();
    assert.deepEqual(await violationsOf(panel.page), [], 'stale');
  });
});
