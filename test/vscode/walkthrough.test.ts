import assert from 'node:assert/strict';
import { CodeWindow } from '../support/vscode/codeWindow';

describe('First steps, in VS Code', () => {
  let code: CodeWindow;
  before(async () => {
    code = await CodeWindow.open({ workspace: { 'notes.txt': 'Nothing to be read here.\n' } });
  });
  after(() => code.close());

  it('open an example that is the person’s own, with hints and without problems', async () => {
    await code.command('Layerscope: Open Example…');
    const rows = code.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'lenet5.ts' }).first().click();
    const editor = code.page.locator('.monaco-editor[data-uri^="untitled:"]').first();
    await editor.locator('.view-line').first().waitFor();
    await code.until(
      () => 'the hint of the first convolution',
      async () => (await editor.locator('.view-lines').innerText()).replaceAll('\u00a0', ' ').includes('8 layers · 61,706 params'),
    );
    assert.match((await code.page.locator('#status\\.problems').getAttribute('aria-label')) ?? '', /No Problems|Errors: 0|^0|Warnings: 0/i);
    await code.screenshot('open-example');
  });

  it('are a walkthrough of five, with pictures that a screen reader can tell', async () => {
    const rows = code.page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row');
    const input = code.page.locator('.quick-input-widget:visible input.input');
    // This command asks on in the same box, so that the box never goes.
    await code.page.keyboard.press('F1');
    await input.fill('>Welcome: Open Walkthrough...');
    await rows.filter({ hasText: 'Open Walkthrough' }).first().click();
    await code.page.locator('.quick-input-widget:visible input[placeholder^="Select a walkthrough"]').fill('Layerscope');
    await rows.filter({ hasText: 'Get Started with Layerscope' }).first().click();
    const steps = code.page.locator('.gettingStartedDetailsContent .getting-started-step');
    await steps.first().waitFor();
    const titles = await steps.locator('.step-title').allInnerTexts();
    assert.deepEqual(titles, ['Open a model', 'Point at a layer', 'Run the model', 'Edit, and see it follow', 'Quiz yourself']);
    await steps.nth(1).click();
    await code.page.locator('.getting-started-media img[alt*="VGG-16"]').waitFor();
    await code.screenshot('walkthrough');
  });
});
