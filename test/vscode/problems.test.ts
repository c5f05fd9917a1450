import assert from 'node:assert/strict';
import { CodeWindow } from '../support/vscode/codeWindow';

const MODEL = `import * as tf from '@tensorflow/tfjs';

export function create() {
  const model = tf.sequential();
  model.add(tf.layers.maxPooling2d({ poolSize: 2, inputShape: [4, 4, 3] }));
  model.add(tf.layers.flatten());
  return model;
}
`;

describe('Problems, in VS Code', () => {
  let code: CodeWindow;

  before(async () => {
    code = await CodeWindow.open({ workspace: { 'model.ts': MODEL } });
  });
  after(() => code.close());

  it('a mistake is typed, marked, put right by the lightbulb, and no longer marked', async () => {
    const { page } = code;
    await code.openFile('model.ts');
    await code.caret(await code.find('poolSize: 2$0'));
    await page.keyboard.press('Backspace');
    await page.keyboard.type('9');
    const squiggles = page.locator('.monaco-editor .squiggly-warning');
    await code.until(
      () => 'no squiggle',
      async () => (await squiggles.count()) > 0,
    );
    const [problem] = await code.problems((shown) => shown.length === 1);
    assert.equal(problem?.severity, 'Warning');
    assert.equal(problem.line, 5);
    assert.match(problem.message, /the window of 9 is larger than the input's 4 rows/);
    await code.focusFile('model.ts');
    await code.screenshot('problem-squiggle');

    await code.caret(await code.find('pool$0Size: 2'));
    const titles = await code.quickFixes((offered) => offered.length > 2);
    assert.match(titles[0] ?? '', /^Set padding: 'same' → \[null, 1, 1, 3\] \(params unchanged\)/);
    assert.ok(titles.some((title) => title.startsWith('Set poolSize: 4, the largest that fits')));
    assert.ok(titles.some((title) => title.startsWith('Silence empty-output here')));
    await code.screenshot('problem-lightbulb');
    await page.keyboard.press('Enter');
    await code.until(
      () => 'the squiggle is still there',
      async () => (await squiggles.count()) === 0,
    );
    await code.problems((shown) => shown.length === 0);
    await code.focusFile('model.ts');
    await page.keyboard.press('Control+S');
    await code.until(
      () => 'the saved file is not the mended one',
      () =>
        code.find("poolSize: 9, inputShape: [4, 4, 3], padding: 'same' }").then(
          () => true,
          () => false,
        ),
    );
  });

  it('its code opens the page about it, rendered, without a network', async () => {
    const { page } = code;
    await code.addFile('wrong.ts', MODEL.replace('poolSize: 2', 'poolSize: 9'));
    await code.openFile('wrong.ts');
    await code.hover(await code.find('pool$0Size: 9'), /empty-output/);
    await code.screenshot('problem-hover');
    await page.locator('.monaco-hover a.code-link').first().click();
    await code.until(
      () => 'the page is not shown',
      async () => (await page.locator('.tabs-container .tab.active').textContent())?.includes('empty-output') ?? false,
    );
    await code.screenshot('problem-page');
    const frames = page.frames();
    await code.until(
      () => `no rendered page in ${frames.length} frames`,
      async () => {
        for (const frame of page.frames()) {
          const heading = await frame
            .locator('h1')
            .first()
            .textContent({ timeout: 500 })
            .catch(() => undefined);
          if (heading?.includes('empty-output')) return true;
        }
        return false;
      },
    );
  });

  it('leaves no error on the console', () => {
    assert.deepEqual(code.consoleErrors, []);
  });
});
