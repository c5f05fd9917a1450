import assert from 'node:assert/strict';
import { Stage } from './support/browser';
import { lenet } from './support/graphs';
import { PanelPage } from './support/panelPage';
import { compare, outputsOf, shippedDigit, shippedLenet } from './support/reference';

/** Takes the device away that the newest engine works on, as a driver does. */
const takeAway = async (panel: PanelPage): Promise<void> => {
  const worker = panel.page.workers().at(-1) ?? assert.fail('no engine is running');
  await worker.evaluate(() => {
    const { contexts, devices } = self as unknown as { contexts: object[]; devices: GPUDevice[] };
    devices.at(-1)?.destroy();
    const gl = contexts.filter((one) => one instanceof WebGL2RenderingContext).at(-1);
    gl?.getExtension('WEBGL_lose_context')?.loseContext();
  });
};

describe('a lost graphics device', () => {
  let stage: Stage;
  let panel: PanelPage;

  before(async () => {
    stage = await Stage.open();
  });
  after(() => stage.close());
  afterEach(() => panel.close());

  const notice = (): Promise<string> => panel.page.locator('[data-lost]').innerText();

  /** Layer c3, digit 4, each map on its own scale: as TensorFlow.js on cpu computes it. */
  const showsThePlace = async (): Promise<void> => {
    assert.equal(await panel.selected(), 'c3');
    const tiles = await panel.tiles();
    assert.equal(tiles.look.scale, 'own');
    const { worst } = compare(tiles, outputsOf(shippedLenet(), shippedDigit(4)).get('c3') ?? new Float32Array());
    assert.ok(worst <= 2, `${worst} of 255 off`);
    assert.equal(await panel.page.getByRole('alert').count(), 0);
  };

  for (const [backend, words] of [
    ['webgl', 'The graphics driver took the WebGL context away.'],
    ['webgpu', 'The graphics driver took the WebGPU device away.'],
  ] as const) {
    it(`of ${backend} comes back by itself, with everything in its place; lost again, the next backend takes over`, async () => {
      panel = await PanelPage.open(stage, { counted: true });
      await panel.run(lenet(), { backend });
      await panel.page.getByRole('radio', { name: 'Digit 4' }).click();
      await panel.ran(2);
      await panel.select('c3');
      await panel.page.getByRole('radio', { name: 'own' }).click();
      await panel.page.locator('.tiles canvas[data-layer="c3"]').first().waitFor();

      await takeAway(panel);
      await panel.ran(3);
      const first = await notice();
      assert.ok(first.startsWith(words) && first.endsWith('The engine has started again.'), first);
      assert.equal(await panel.page.locator('header [data-backend]').getAttribute('data-backend'), backend);
      await showsThePlace();

      await takeAway(panel);
      await panel.ran(4);
      assert.ok((await notice()).endsWith(`That happened twice, so the panel no longer uses ${backend}.`), await notice());
      const badge = await panel.page.locator('header [data-backend]').innerText();
      assert.match(badge, /^wasm \(/);
      assert.match(
        (await panel.page.locator('header [data-backend]').getAttribute('title')) ?? '',
        new RegExp(`Not ${backend}: lost twice`),
      );
      await showsThePlace();
      const logged = (await panel.sent()).flatMap((message) => (message.type === 'problem' ? [message.text] : []));
      assert.equal(logged.filter((text) => text.startsWith(words)).length, 2, logged.join('\n'));
    });
  }
});
