import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Frame } from 'playwright-core';
import { PNG } from 'pngjs';
import { lenet } from '../../scripts/train-lenet/network';
import { CodeWindow, THEME_NAMES } from '../support/vscode/codeWindow';
import { violationsOf } from '../webview/support/axe';
import { filesOf, saved } from '../webview/support/savedModel';
import { decodeTiles } from '../webview/support/tiles';

/** A picture that is white on the left, black on the right. */
const whiteAndBlack = (): Buffer => {
  const png = new PNG({ width: 8, height: 8 });
  for (let at = 0; at < 64; at++) png.data.set(at % 8 < 4 ? [255, 255, 255, 255] : [0, 0, 0, 255], 4 * at);
  return PNG.sync.write(png);
};

/** A model that waits for a number. */
const OPEN = `import * as tf from '@tensorflow/tfjs';

export function createHead(numClasses: number) {
  return tf.sequential({ layers: [tf.layers.dense({ name: 'scores', inputShape: [4], units: numClasses })] });
}
`;

/** What VS Code calls a page's body in its themes. */
const IN_WEBVIEWS = { light: 'vscode-light', 'high-contrast': 'vscode-high-contrast', dark: 'vscode-dark' } as const;

describe('A person at work with the panel, in VS Code', () => {
  let code: CodeWindow;

  before(async () => {
    await tf.setBackend('cpu');
    code = await CodeWindow.open({ workspace: 'examples', settings: { 'files.simpleDialog.enable': true } });
    await code.addFile('head.ts', OPEN);
  });
  after(() => code.close());

  const quickInput = () => code.page.locator('.quick-input-widget:visible input.input');
  /** The panel as it is now: VS Code makes a new frame whenever it was hidden. */
  const until = (what: string, condition: (panel: Frame) => Promise<boolean>): Promise<boolean> =>
    code.until(
      () => what,
      async () => condition(await code.panel()),
    );
  const shows = (what: string, selector: string): Promise<boolean> =>
    until(what, async (panel) => (await panel.locator('[data-phase="ready"]').count()) > 0 && (await panel.locator(selector).count()) > 0);
  const bars = async (): Promise<string[]> =>
    (await code.panel()).locator('.column').evaluateAll((all) => all.map((bar) => bar.getAttribute('title') ?? ''));

  it('runs the model under the caret from the palette', async () => {
    await code.openFile('lenet5.ts');
    await code.caret(await code.find('tf.$0sequential'));
    await code.command('Layerscope: Run Model');
    await shows('a seven', '.verdict[data-class="7"]');
  });

  it('has nothing that axe objects to, in any kind of theme', async () => {
    for (const theme of THEME_NAMES) {
      await code.useTheme(theme);
      await until(theme, async (panel) => (await panel.locator(`body.${IN_WEBVIEWS[theme]}`).count()) > 0);
      const panel = await code.panel();
      // What is behind the frame is VS Code's, where axe cannot see it.
      await panel.evaluate(() => (document.documentElement.style.background = 'var(--vscode-editor-background)'));
      assert.deepEqual(await violationsOf(panel), [], theme);
      await code.screenshot(`panel-${theme}`);
    }
  });

  it('draws a digit on the pad, and the bars move with the strokes', async () => {
    const panel = await code.panel();
    await panel.getByRole('button', { name: 'Draw', exact: true }).click();
    const pad = panel.locator('.pad canvas');
    await pad.waitFor();
    const empty = await bars();
    const box = (await pad.boundingBox()) ?? assert.fail('the pad is on the screen');
    const at = (x: number, y: number): [number, number] => [box.x + x * box.width, box.y + y * box.height];
    await code.page.mouse.move(...at(0.55, 0.2));
    await code.page.mouse.down();
    for (const y of [0.3, 0.4, 0.5, 0.6, 0.7, 0.8]) await code.page.mouse.move(...at(0.55, y));
    await code.page.mouse.up();
    await until('a one with other bars', async () => {
      const now = await bars();
      const [best] = now.filter((title) => /^(class )?1\b/.test(title));
      return now.length === 10 && best !== undefined && now.some((title, k) => title !== empty[k]);
    });
    await shows('a one', '.verdict[data-class="1"]');
  });

  it('takes a picture that is dropped on the panel', async () => {
    const panel = await code.panel();
    await panel.evaluate((base64) => {
      const data = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([bytes], 'halves.png', { type: 'image/png' }));
      document.querySelector('main')?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data }));
    }, whiteAndBlack().toString('base64'));
    await until('halves.png as the input', async (now) => (await now.locator('.input-text').first().innerText()).includes('halves.png'));
    assert.match(await panel.locator('.input-text').first().innerText(), /halves\.png · 32×32×1/);
    await panel.locator('nav [data-layer="c1_input"]').click();
    await shows('the picture as a map', '.tiles canvas[data-layer="c1_input"]');
    const { bands, atlas } = await decodeTiles(panel);
    const pixels = Buffer.from(bands[0]?.data ?? '', 'base64');
    const row = Array.from({ length: atlas.tileWidth }, (_, x) => pixels[4 * ((bands[0]?.width ?? 0) * 3 + x)]);
    assert.deepEqual([row[2], row.at(-3)], [255, 0], 'white on the left, black on the right');
  });

  it('sees the maps change while filters are typed, without a command', async () => {
    const panel = await code.panel();
    await panel.getByRole('radio', { name: 'Digit 7' }).click();
    await shows('a seven', '.verdict[data-class="7"]');
    await panel.locator('nav [data-layer="c1"]').click();
    await shows('the maps of c1', '.tiles canvas[data-layer="c1"]');
    const before = await decodeTiles(panel);
    assert.equal(before.layout.count, 6);
    await code.focusFile('lenet5.ts');
    await code.caret(await code.find('filters: 6$0'));
    await code.page.keyboard.press('Backspace');
    await code.page.keyboard.type('8');
    await until('eight maps', async (now) => (await now.locator('.tiles .label').count()) === 8);
    await shows('the new run', '[data-live]');
    const after = await decodeTiles(await code.panel());
    assert.equal(after.layout.count, 8);
    assert.notEqual(after.bands[0]?.data, before.bands[0]?.data);
    await code.command('File: Revert File');
    await until('six maps again', async (now) => (await now.locator('.tiles .label').count()) === 6);
  });

  it('loads weights through the command and the file dialog', async () => {
    const model = lenet();
    // Whatever is fed in: a four.
    model.getLayer('output').setWeights([tf.zeros([84, 10]), tf.oneHot(4, 10).toFloat().mul(9)]);
    const { json, shards } = filesOf(await saved(model));
    for (const { path, bytes } of shards) await writeFile(join(code.folder, path), bytes);
    await code.addFile('model.json', JSON.stringify(json));
    await code.command('Layerscope: Load Weights…');
    await code.chooseFile(join(code.folder, 'model.json'));
    await shows('a four', '.verdict[data-class="4"]');
    assert.equal(await (await code.panel()).locator('header [data-weights]').innerText(), 'from model.json');
  });

  it('finds the panel as it was left, whenever it was hidden', async () => {
    const panel = await code.panel();
    await panel.locator('nav [data-layer="s4"]').click();
    await panel.getByRole('radio', { name: 'own' }).click();
    // The keyboard is in the panel: what is opened now lies over it.
    for (let round = 0; round < 3; round++) {
      await code.openFile(round % 2 === 0 ? 'alexnet.ts' : 'vgg16.ts');
      await code.until(
        () => 'The panel gone from the screen',
        () =>
          Promise.resolve(code.page.frames().every((frame) => !frame.parentFrame()?.url().includes('extensionId=layerscope.layerscope'))),
      );
      await code.page.getByRole('tab', { name: /^createLeNet/ }).click();
      await shows('s4 selected', 'nav [data-layer="s4"][aria-selected="true"]');
      await shows('a four', '.verdict[data-class="4"]');
      await shows('each map on its own scale', '[role="radio"][aria-checked="true"]:text-is("own")');
    }
  });

  it('is asked for an open size once, and not again', async () => {
    await code.openFile('head.ts');
    await code.caret(await code.find('return $0tf'));
    await code.command('Layerscope: Run Model');
    await quickInput().waitFor();
    const asked = await code.page.locator('.quick-input-widget:visible').innerText();
    assert.match(asked, /createHead: numClasses/);
    await quickInput().fill('none');
    await code.page
      .locator('.quick-input-widget:visible .quick-input-message')
      .filter({ hasText: /number/i })
      .waitFor();
    await quickInput().fill('7');
    await quickInput().press('Enter');
    await until('seven scores', async (panel) => (await panel.locator('nav [data-layer="scores"]').innerText()).includes('7'));
    await shows('the answer in the header', 'button:text-is("numClasses = 7")');
    await code.focusFile('head.ts');
    await code.command('Layerscope: Run Model');
    await shows('the same model', 'nav [data-layer="scores"]');
    assert.equal(await quickInput().count(), 0);
  });

  it('leaves no error on the console', () => {
    assert.deepEqual(code.consoleErrors, []);
  });
});
