import assert from 'node:assert/strict';
import { CodeWindow } from '../support/vscode/codeWindow';
import { compare, outputsOf, shippedDigit, shippedLenet } from '../webview/support/reference';
import { decodeTiles } from '../webview/support/tiles';

describe('Activation maps, in VS Code', () => {
  for (const backend of ['webgpu', 'webgl'] as const) {
    it(`are on ${backend} what TensorFlow.js on cpu computes, after Run Model on LeNet-5`, async () => {
      const code = await CodeWindow.open({ workspace: 'examples', settings: { 'layerscope.panel.backend': backend } });
      try {
        await code.openFile('lenet5.ts');
        await code.caret(await code.find('tf.$0sequential'));
        await code.command('Layerscope: Run Model');
        const panel = await code.panel();
        await panel.locator('[data-phase="ready"]').waitFor();
        assert.match(await panel.locator('header [data-backend]').innerText(), new RegExp(`^${backend}`));
        assert.equal(await panel.locator('.verdict').getAttribute('data-class'), '7');
        const outputs = outputsOf(shippedLenet(), shippedDigit(7));
        for (const name of ['c1', 's2', 'c3', 's4', 'c5', 'f6', 'output']) {
          await panel.locator(`nav [data-layer="${name}"]`).click();
          await panel.locator(`.tiles canvas[data-layer="${name}"]`).first().waitFor();
          const { worst, pixels } = compare(await decodeTiles(panel), outputs.get(name) ?? new Float32Array());
          assert.ok(pixels > 0 && worst <= 2, `${name}: ${worst} of 255 off in ${pixels} pixels`);
        }
        await code.screenshot(`panel-${backend}`);
        assert.deepEqual(code.consoleErrors, []);
      } finally {
        await code.close();
      }
    });
  }
});
