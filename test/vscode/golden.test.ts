import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { matchGolden } from '../support/golden';
import { CodeWindow, THEME_NAMES } from '../support/vscode/codeWindow';

/** Hints, two lenses, and an error with its neighbours. */
const NET = `import * as tf from '@tensorflow/tfjs';

const block = (filters: number) => tf.layers.conv2d({ filters, kernelSize: 3, activation: 'relu' });

// @budget params<1K
export function createNet() {
  const model = tf.sequential();
  model.add(tf.layers.inputLayer({ inputShape: [16, 16, 1] }));
  model.add(block(4));
  model.add(block(8));
  model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  return model;
}

export function createRefused() {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 4, inputShape: [3] }));
  model.add(tf.layers.conv2d({ filters: 4, kernelSize: 3 }));
  return model;
}
`;

describe('What the editor looks like, in VS Code', () => {
  let code: CodeWindow;
  const settings = {
    'editor.minimap.enabled': false,
    'editor.fontFamily': 'Boxes',
    'editor.fontSize': 13,
    'editor.occurrencesHighlight': 'off',
    'editor.renderLineHighlight': 'none',
    'editor.matchBrackets': 'never',
    // What VS Code and TypeScript add by themselves, sooner or later.
    'editor.lightbulb.enabled': 'off',
    'editor.semanticHighlighting.enabled': false,
    'editor.unicodeHighlight.ambiguousCharacters': false,
    'editor.stickyScroll.enabled': false,
    'workbench.activityBar.location': 'hidden',
  };

  before(async () => {
    code = await CodeWindow.open({ workspace: { 'net.ts': NET }, settings, alike: true });
  });
  after(() => code.close());

  for (const theme of THEME_NAMES) {
    const matches = async (name: string, of: Locator): Promise<void> => {
      await code.page.mouse.move(2, 2);
      await matchGolden(`editor-${name}-${theme}`, () => of.screenshot());
    };
    /** The editor in front, without what VS Code puts around it. */
    const editor = (): Locator => code.page.locator('.editor-instance:visible .overflow-guard').first();

    it(`is as it was in ${theme}: hints, lenses and problems`, async () => {
      await code.useTheme(theme);
      await code.openFile('net.ts');
      await code.caret({ line: 1, column: 1 });
      await code.inlayHints(
        (shown) => shown.some(({ text }) => text.includes('14×14×4')) && shown.some(({ text }) => text.startsWith('✗')),
      );
      await code.until(
        () => 'Three lenses and a problem',
        async () =>
          (await code.page.locator('.codelens-decoration:visible').count()) >= 3 &&
          (await code.page.locator('.squiggly-error').count()) > 0 &&
          (await code.page.locator('.squiggly-warning').count()) > 0,
      );
      await matches('code', editor());
    });

    it(`is as it was in ${theme}: the hover of a helper’s layer`, async () => {
      await code.hover(await code.find('layers.$0conv2d('), /2 layers from this line/);
      // TypeScript's own answer comes below; until it has, all is drawn anew.
      const rows = code.hoverContent.locator('.hover-row');
      await code.until(
        () => 'Two answers',
        async () => (await rows.count()) >= 2,
      );
      await matchGolden(`editor-hover-${theme}`, async () => {
        const clip = await rows.first().boundingBox();
        assert.ok(clip);
        return code.page.screenshot({ clip });
      });
      await code.page.keyboard.press('Escape');
    });

    it(`is as it was in ${theme}: the summary, and a model beside a published net`, async () => {
      await code.caret(await code.find('return $0model'));
      await code.command('Layerscope: Show Summary');
      await code.page.locator('.editor-instance:visible .view-lines').filter({ hasText: 'Total params' }).waitFor();
      await matches('summary', editor());
      await code.openFile('net.ts');
      await code.caret(await code.find('return $0model'));
      await code.command('Layerscope: Compare with…');
      await code.page.locator('.quick-input-widget:visible input.input').fill('LeNet');
      await code.page.locator('.quick-input-widget:visible .monaco-list-row[aria-label^="LeNet-5"]').first().click();
      await code.page.locator('.editor-instance:visible .view-lines').filter({ hasText: 'Depth counts' }).waitFor();
      await matches('compare', editor());
      await code.command('View: Close All Editors');
    });
  }

  it('leaves no error on the console', () => {
    assert.deepEqual(code.consoleErrors, []);
  });
});
