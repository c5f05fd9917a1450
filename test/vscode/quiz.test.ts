import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { CodeWindow } from '../support/vscode/codeWindow';

const COMPILED = `import * as tf from '@tensorflow/tfjs';

const model = tf.sequential({
  layers: [
    tf.layers.dense({ units: 16, inputShape: [4], name: 'hidden', kernelRegularizer: tf.regularizers.l2({ l2: 0.001 }) }),
    tf.layers.dense({ units: 3, activation: 'softmax' }),
  ],
});
model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
`;

describe('Quiz mode and hovers, in VS Code', () => {
  let code: CodeWindow;
  before(async () => {
    code = await CodeWindow.open({ workspace: 'examples', settings: { 'layerscope.quiz.enabled': true } });
    await code.addFile('compiled.ts', COMPILED);
  });
  after(() => code.close());

  /** The `?` on the line of a text, which a person would click. */
  const questionOn = (text: string): Locator =>
    code.page
      .locator('.monaco-editor .view-lines .view-line')
      .filter({ hasText: text })
      .locator('span[class*="dyn-rule"]')
      .filter({ hasText: /^\?$/ });

  /** Clicks the `?` on a line while the key is held, as soon as the editor has made a link of it, until the answer is there. */
  const clickWithKey = async (text: string, answer: string): Promise<void> => {
    const isShown = async (): Promise<boolean> => (await code.inlayHints()).some((hint) => hint.text === answer);
    await code.until(
      () => 'the answer of the hint that was clicked',
      async () => {
        const place = await questionOn(text).first().boundingBox();
        if (!place) return isShown();
        const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
        await code.page.mouse.move(x - 80, y);
        await code.page.mouse.move(x, y);
        await code.page.keyboard.down('Control');
        try {
          await code.page.mouse.move(x + 1, y);
          const isLink = async (): Promise<boolean> =>
            (await questionOn(text)
              .first()
              .evaluate((span) => getComputedStyle(span).cursor)) === 'pointer';
          await code.until(() => 'a link', isLink, 2_000);
          await code.page.mouse.down();
          await code.page.mouse.up();
        } finally {
          await code.page.keyboard.up('Control');
        }
        return code.until(() => 'the answer', isShown, 3_000);
      },
    );
  };

  it('hides the answers, and shows the one whose ? is clicked', async () => {
    await code.openFile('lenet5.ts');
    await code.inlayHints((shown) => shown.length === 9 && shown.every(({ text }) => text === '?'));
    assert.match(await code.hover(await code.find('layers.$0conv2d('), /Quiz/), /Quiz: click the \?/);
    await code.screenshot('quiz-hidden');
    await code.page.keyboard.press('Escape');
    await clickWithKey("averagePooling2d({ name: 's2'", '→ 14×14×6');
    const shown = await code.inlayHints();
    assert.equal(shown.filter(({ text }) => text === '?').length, 8);
    assert.match(await code.hover(await code.find('layers.$0averagePooling2d('), /size/), /\(28 \+ 0 - 2\)\/2 \+ 1 = 14/);
  });

  it('shows the answer at the caret, all of them, and hides them again, by commands', async () => {
    await code.openFile('lenet5.ts');
    await code.command('Layerscope: Hide Quiz Answers Again');
    await code.inlayHints((shown) => shown.length === 9 && shown.every(({ text }) => text === '?'));
    await code.caret(await code.find('layers.$0conv2d('));
    await code.command('Layerscope: Show Quiz Answer at Caret');
    await code.inlayHints(
      (shown) => shown.filter(({ text }) => text === '?').length === 8 && shown.some(({ text }) => text === '→ 28×28×6 · 156'),
    );
    await code.command('Layerscope: Show All Quiz Answers');
    await code.inlayHints(
      (shown) => shown.every(({ text }) => text !== '?') && shown.some(({ text }) => text === '8 layers · 61,706 params'),
    );
  });

  it('ends and begins with the command that toggles it', async () => {
    await code.openFile('lenet5.ts');
    // Answers that were asked for one by one look like those of a quiz that has ended.
    await code.command('Layerscope: Hide Quiz Answers Again');
    await code.inlayHints((shown) => shown.length === 9 && shown.every(({ text }) => text === '?'));
    await code.command('Layerscope: Toggle Quiz Mode');
    await code.inlayHints((shown) => shown.length === 9 && shown.every(({ text }) => text !== '?'));
    await code.command('Layerscope: Toggle Quiz Mode');
    await code.inlayHints((shown) => shown.length === 9 && shown.every(({ text }) => text === '?'));
    await code.command('Layerscope: Toggle Quiz Mode');
    await code.inlayHints((shown) => shown.every(({ text }) => text !== '?'));
  });

  it('hovers over compile with the loss, the penalty and the step, as the first answer and without scrolling', async () => {
    await code.openFile('compiled.ts');
    const text = await code.hover(await code.find('model.$0compile('), /L = /);
    assert.match(text, /L = -Σ\(y\*log\(p\/Σp\)\)/);
    assert.match(text, /\+ 0\.001\*Σw² {3}hidden \(line 5\)/);
    assert.match(text, /metrics accuracy = categoricalAccuracy/);
    await code.screenshot('hover-compile');
    // TypeScript's own answer comes below, whoever started first.
    const rows = await code.hoverContent.first().locator('.hover-row').allInnerTexts();
    assert.match(rows[0] ?? '', /L = /, rows.join('\n---\n'));
    assert.ok(rows.length > 1, 'TypeScript answers as well');
  });

  it('leads from a hover to the calls of a helper', async () => {
    await code.openFile('resnet34.ts');
    await code.hover(await code.find('tf.layers.$0batchNormalization'), /Calls: line/);
    const line = Number(await code.hoverContent.locator('a').first().innerText());
    await code.hoverContent.locator('a').first().click();
    await code.until(
      () => `the caret in line ${line}`,
      async () => (await code.caretPlace()).line === line,
    );
    assert.equal(await code.page.locator('.tab.active').first().getAttribute('data-resource-name'), 'resnet34.ts');
  });

  it('shows a layer’s answer whole within the height of a hover', async () => {
    await code.openFile('vgg16.ts');
    await code.hover(await code.find('tf.layers.$0conv2d('), /13 layers from this line/);
    const shown = await code.hoverContent.first().evaluate((content) => {
      const [block] = content.querySelectorAll('.hover-row');
      const box = content.closest('.monaco-hover')?.getBoundingClientRect();
      return { answer: block?.getBoundingClientRect().bottom ?? Infinity, hover: box?.bottom ?? 0, top: box?.top ?? 0 };
    });
    assert.ok(
      shown.answer <= shown.hover + 1,
      `the answer ends ${shown.answer - shown.hover} px below the hover of ${shown.hover - shown.top} px`,
    );
    await code.screenshot('hover-height');
  });
});
