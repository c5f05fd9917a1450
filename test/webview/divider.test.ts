import assert from 'node:assert/strict';
import { Stage } from './support/browser';
import { lenet } from './support/graphs';
import { PanelPage } from './support/panelPage';

describe('the line between layers and detail, in Chromium', () => {
  let stage: Stage;
  let panel: PanelPage;
  before(async () => {
    stage = await Stage.open();
    panel = await PanelPage.open(stage);
    await panel.run(lenet());
  });
  after(async () => {
    const { complaints } = panel.opened;
    await panel.close();
    await stage.close();
    assert.deepEqual(complaints, []);
  });

  const divider = () => panel.page.getByRole('separator', { name: 'Width of the layers' });
  const width = async (): Promise<number> => Math.round((await panel.page.locator('nav.layers').boundingBox())?.width ?? 0);
  const value = async (): Promise<number> => Number(await divider().getAttribute('aria-valuenow'));

  it('is drawn with the pointer, stays where it was left, and goes back at a double click', async () => {
    const usual = await width();
    const box = await divider().boundingBox();
    assert.ok(box);
    await panel.page.mouse.move(box.x, box.y + 100);
    await panel.page.mouse.down();
    await panel.page.mouse.move(box.x - 60, box.y + 120, { steps: 5 });
    await panel.page.mouse.up();
    await panel.page.mouse.move(box.x + 200, box.y);
    assert.ok(Math.abs((await width()) - (usual - 60)) <= 1, `${await width()} beside ${usual}`);
    const state = await panel.page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}') as { readonly part?: number });
    assert.equal(Math.round((state.part ?? 0) * 100), await value());
    await divider().dblclick();
    assert.equal(await width(), usual);
  });

  it('is moved with the arrow keys, within bounds', async () => {
    await divider().focus();
    await panel.page.keyboard.press('ArrowRight');
    assert.equal(await value(), 42);
    await panel.page.keyboard.press('ArrowLeft');
    assert.equal(await value(), 40);
    await panel.page.keyboard.press('End');
    await panel.page.keyboard.press('ArrowRight');
    assert.equal(await value(), 75);
    await panel.page.keyboard.press('Home');
    assert.equal(await value(), 15);
    assert.ok((await width()) >= 232, 'names and shapes can still be read');
  });
});
