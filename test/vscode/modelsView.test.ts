import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { CodeWindow } from '../support/vscode/codeWindow';

const BROKEN = `import * as tf from '@tensorflow/tfjs';

export function createBroken() {
  const input = tf.input({ shape: [8, 8, 3] });
  const half = tf.layers.maxPooling2d({ name: 'half', poolSize: 2 }).apply(input) as tf.SymbolicTensor;
  const sum = tf.layers.add({ name: 'sum' }).apply([input, half]) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: sum });
}
`;

describe('The tree of models, in VS Code', () => {
  let code: CodeWindow;
  before(async () => {
    code = await CodeWindow.open({ workspace: 'examples' });
  });
  after(() => code.close());

  const pane = (): Locator =>
    code.page.locator('.pane').filter({ has: code.page.locator('.pane-header[aria-label^="Layerscope Models"]') });
  const row = (label: string): Locator => pane().locator(`.monaco-list-row[aria-label^="${label}"]`).first();
  /** What is drawn of each row, name and description, however it is cut by the view's edge. */
  const shown = (): Promise<readonly string[]> =>
    pane()
      .locator('.monaco-list-row')
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll('.label-name, .label-description')].map((part) => part.textContent).join(' ')),
      );
  const until = async (what: string, wanted: (texts: readonly string[]) => boolean): Promise<void> => {
    let seen: readonly string[] = [];
    await code.until(
      () => `${what}; there were: ${seen.join(' | ')}`,
      async () => wanted((seen = await shown())),
    );
  };
  const selected = async (): Promise<string> =>
    (await pane().locator('.monaco-list-row.selected').first().getAttribute('aria-label', { timeout: 1_000 })) ?? '';
  const untilSelected = (label: string): Promise<boolean> =>
    code.until(
      () => `${label} selected`,
      async () => (await selected()).startsWith(label),
    );
  const untilLine = (line: number): Promise<boolean> =>
    code.until(
      () => `the caret in line ${line}`,
      async () => (await code.caretPlace()).line === line,
    );

  it('is not there before a file with a model was seen, and lists all models of the workspace when it is opened', async () => {
    const header = code.page.locator('.pane-header[aria-label^="Layerscope Models"]');
    assert.equal(await header.count(), 0);
    await code.openFile('lenet5.ts');
    await code.command('Explorer: Focus on Layerscope Models View');
    // Room for the tree: only rows that are on the screen can be read.
    await code.page.locator('.explorer-folders-view').waitFor();
    await code.page.locator('.pane-header[aria-label^="Explorer Section"]').click();
    await until('all examples', (texts) =>
      [
        'createAlexNet 16 layers · 62,378,344 params',
        'createLeNet 8 layers · 61,706 params',
        'createResNet34 129 layers · 21,814,696 params',
        'createVGG16 24 layers · 138,357,544 params',
      ].every((text) => texts.includes(text)),
    );
  });

  it('leads to a layer’s line in its file, and stays where it is', async () => {
    await row('model createLeNet').locator('.monaco-tl-twistie').click();
    await until('the layers of LeNet-5', (texts) => texts.includes('c1 Conv2D → 28×28×6 · 156') && texts.includes('flatten Flatten → 120'));
    await row('c3, Conv2D, output 10 by 10 by 16').click();
    await untilLine((await code.find("layers.$0conv2d({ name: 'c3'")).line);
    await untilSelected('c3');
    await row('model createVGG16').locator('.monaco-tl-twistie').click();
    await row('fc8').click();
    await code.page.locator('.tab.active[data-resource-name="vgg16.ts"]').waitFor();
    await untilLine((await code.find("layers.$0dense({ name: 'fc8'", { path: 'vgg16.ts' })).line);
    await code.screenshot('models-tree');
  });

  it('follows the caret, and does not take the keyboard', async () => {
    await code.openFile('lenet5.ts');
    await code.caret(await code.find("averagePooling2d({ $0name: 's2'"));
    await untilSelected('s2');
    await code.caret(await code.find("name: '$0output'"));
    await untilSelected('output');
    assert.equal(await code.page.locator('.monaco-editor.focused[data-uri$="/lenet5.ts"]').count(), 1);
  });

  it('follows an edit', async () => {
    await code.caret(await code.find('filters: 6$0'));
    await code.page.keyboard.press('Backspace');
    await code.page.keyboard.type('8');
    await until(
      'the new figures',
      (texts) => texts.includes('c1 Conv2D → 28×28×8 · 208') && texts.some((text) => /createLeNet 8 layers · 62,558/.test(text)),
    );
    await code.command('File: Revert File');
    await until('the old figures', (texts) => texts.includes('c1 Conv2D → 28×28×6 · 156'));
  });

  it('folds what is made again and again, as the panel does, and follows the caret into it', async () => {
    // Room for the rows below: only what is on the screen can be read.
    await row('model createLeNet').locator('.monaco-tl-twistie').click();
    await row('model createVGG16').locator('.monaco-tl-twistie').click();
    await row('model createResNet34').locator('.monaco-tl-twistie').click();
    await until('the stages', (texts) => texts.includes('conv2 3 blocks, 21 layers → 56×56×64 · 222,720'));
    await code.openFile('resnet34.ts');
    await code.caret(await code.find('$0add({ name: `${name}_add`'));
    await untilSelected('conv2_1_add');
  });

  it('notices a file that comes, marks what is wrong with it, and finds layers by their class', async () => {
    await code.addFile('broken.ts', BROKEN);
    await until('the new model', (texts) => texts.includes('createBroken 1 shape error (line 6)'));
    await code.command('Layerscope: Filter Models…');
    const filter = code.page.locator('.quick-input-widget:visible input.input');
    await filter.fill('batchnorm');
    await filter.press('Enter');
    await until(
      'ResNet-34 alone',
      (texts) => texts.some((text) => text.startsWith('createResNet34')) && !texts.some((text) => text.startsWith('createLeNet')),
    );
    await code.command('Layerscope: Show All Models');
    await until('all of them', (texts) => texts.some((text) => text.startsWith('createLeNet')));
  });

  it('runs a model of a file that is not open, beside its source', async () => {
    await code.command('View: Close All Editors');
    await row('model createLeNet').hover();
    await row('model createLeNet').locator('[aria-label="Run Model"]').click();
    await code.page.locator('.tab[data-resource-name="lenet5.ts"]').waitFor();
    const panel = await code.panel();
    await panel.locator('.header', { hasText: 'createLeNet' }).waitFor();
  });

  it('has its layers in the outline as well', async () => {
    await code.openFile('lenet5.ts');
    await code.command('Explorer: Focus on Outline View');
    const outline = code.page.locator('.outline-pane .monaco-list-row');
    await code.until(
      () => 'the layer in the outline',
      async () => (await outline.allInnerTexts()).some((text) => /c1 Conv2D\s*→ 28×28×6 · 156/.test(text)),
    );
    await code.screenshot('outline');
  });

  it('leaves no error on the console', () => {
    assert.deepEqual(code.consoleErrors, []);
  });
});
