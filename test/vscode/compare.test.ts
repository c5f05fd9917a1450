import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodeWindow, THEME_NAMES } from '../support/vscode/codeWindow';
import { commitAll } from '../support/vscode/repository';

const quickInput = '.quick-input-widget:visible input.input';
const quickRow = '.quick-input-widget:visible .quick-input-list .monaco-list-row';

const NET = `import * as tf from '@tensorflow/tfjs';
import { UNITS } from './units';

export function createNet() {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ name: 'edges', filters: 4, kernelSize: 3, inputShape: [16, 16, 1] }));
  model.add(tf.layers.flatten({ name: 'flatten' }));
  model.add(tf.layers.dense({ name: 'hidden', units: UNITS }));
  model.add(tf.layers.dense({ name: 'scores', units: 10 }));
  return model;
}
`;

const NOW = NET.replace('filters: 4', 'filters: 8').replace(
  "  model.add(tf.layers.flatten({ name: 'flatten' }));\n",
  "  model.add(tf.layers.maxPooling2d({ name: 'smaller', poolSize: 2 }));\n  model.add(tf.layers.flatten({ name: 'flatten' }));\n",
);

const OTHER = `import * as tf from '@tensorflow/tfjs';

export function createOther() {
  return tf.sequential({ layers: [tf.layers.dense({ name: 'only', units: 3, inputShape: [4] })] });
}
`;

/** A repository with a state before and uncommitted changes. */
async function commitThenChange(folder: string): Promise<void> {
  await commitAll(folder, 'Four edges');
  await writeFile(join(folder, 'net.ts'), NOW);
  await writeFile(join(folder, 'units.ts'), 'export const UNITS = 32;\n');
}

describe('Compare with…, in VS Code', () => {
  let code: CodeWindow;

  before(async () => {
    const workspace = { 'net.ts': NET, 'units.ts': 'export const UNITS = 16;\n', 'models/other.ts': OTHER, 'package.json': '{}' };
    const settings = { 'editor.minimap.enabled': false, 'git.openRepositoryInParentFolders': 'never' };
    code = await CodeWindow.open({ workspace, settings, prepare: commitThenChange });
  });
  after(() => code.close());

  const rows = (): Promise<readonly string[]> =>
    code.page.locator(quickRow).evaluateAll((all) => all.map((row) => row.getAttribute('aria-label') ?? ''));

  /** Chooses the entry of the open list that has a text. */
  const choose = async (typed: string, wanted: RegExp): Promise<void> => {
    let seen: readonly string[] = [];
    await code.until(
      () => `An entry that matches ${String(wanted)}; there were: ${seen.join(' | ')}`,
      async () => {
        await code.page.locator(quickInput).fill(typed, { timeout: 5000 });
        return code.until(
          () => '',
          async () => wanted.test((seen = await rows())[0] ?? ''),
          3000,
        );
      },
    );
    await code.page.locator(quickInput).press('Enter');
    await code.page.locator(quickInput).waitFor({ state: 'hidden' });
  };

  /** The lines of the document that is in front, once they match. */
  const document = async (until: RegExp): Promise<string> => {
    let seen = '';
    await code.until(
      () => `A document that matches ${String(until)}; it said:\n${seen}`,
      async () => {
        const lines = code.page.locator('.editor-group-container.active .monaco-editor .view-line');
        const all = await lines.evaluateAll((elements) =>
          elements
            .map((element) => ({ top: Number.parseFloat((element as HTMLElement).style.top), text: element.textContent ?? '' }))
            .sort((a, b) => a.top - b.top)
            .map(({ text }) => text.replaceAll('\u00a0', ' ')),
        );
        seen = all.join('\n');
        return until.test(seen);
      },
    );
    return seen;
  };

  const lens = (text: string) => code.page.locator('.codelens-decoration a', { hasText: text }).first();

  it('offers earlier revisions, published nets and the models of the workspace, from the lens', async () => {
    await code.openFile('net.ts');
    await lens('Compare…').click();
    await code.page.locator(quickInput).waitFor();
    let seen: readonly string[] = [];
    await code.until(
      () => `All that there is to compare with; there was: ${seen.join(' | ')}`,
      async () => {
        seen = await rows();
        return seen.some((row) => row.includes('Four edges')) && seen.some((row) => row.startsWith('LeNet-5, 1998'));
      },
    );
    await code.screenshot('compare-choice');
    await choose('other', /^createOther, models\/other\.ts:4 · 15 params/);
    const text = await document(/createNet · net\.ts:5 │ createOther · other\.ts:4/);
    assert.match(text, /^Params +\d+,\d+ +15 +-/m);
  });

  it('puts the model beside what it was at HEAD, with the files that belonged to it', async () => {
    await code.focusFile('net.ts');
    await lens('Compare…').click();
    await choose('Four edges', /Four edges/);
    const text = await document(/│ createNet · net\.ts:5/);
    assert.match(text, /^createNet · [0-9a-f]{7}, HEAD, \d{4}-\d\d-\d\d, Four edges │ createNet · net\.ts:5$/m);
    assert.match(text, /^~ {2}edges \(Conv2D\).*filters 4 → 8$/m);
    assert.match(text, /^\+ .* smaller \(MaxPooling2D\)/m);
    // From another file, as it was then.
    assert.match(text, /^~ {2}hidden \(Dense\).*units 16 → 32$/m);
    await code.screenshot('compare-revision');
  });

  it('leads from the earlier side to the text of the commit', async () => {
    const row = code.page.locator('.editor-group-container.active .view-line', { hasText: 'edges (Conv2D)' });
    const box = await row.locator('.detected-link', { hasText: 'edges' }).first().boundingBox();
    assert.ok(box);
    await code.page.mouse.click(box.x + 6, box.y + box.height / 2);
    await code.page.keyboard.press('F12');
    await document(/filters: 4, kernelSize/);
  });

  it('follows the source', async () => {
    await code.focusFile('net.ts');
    await code.caret(await code.find('filters: 8$0'));
    await code.page.keyboard.type('0');
    await code.page.locator('.tab', { hasText: 'since' }).first().click();
    await document(/filters 4 → 80$/m);
    await code.focusFile('net.ts');
    await code.command('File: Revert File');
  });

  it('puts the model under the caret beside a published net, from the palette', async () => {
    await code.focusFile('net.ts');
    await code.caret(await code.find('const mo$0del'));
    await code.command('Layerscope: Compare with…');
    await choose('VGG-16 (D)', /^VGG-16 \(D\), 2014 · 16 layers with weights · 138,357,544 params · top-5 error 7\.3 %/);
    const text = await document(/│ VGG-16 \(D\) · Simonyan and Zisserman, 2014/);
    assert.match(text, /^Top-5 error +7\.3 %$/m);
    assert.match(text, /^Sizes of VGG-16 \(D\): 224 → 112 → 56 → 28 → 14 → 7$/m);
  });

  it('colours what was added and changed in light, dark and high contrast', async () => {
    for (const theme of THEME_NAMES) {
      await code.useTheme(theme);
      const colourOf = (mark: RegExp): Promise<string> =>
        code.page
          .locator('.editor-group-container.active .view-line')
          .filter({ hasText: mark })
          .first()
          .locator('span span')
          .first()
          .evaluate((element) => getComputedStyle(element).color);
      await code.until(
        () => `Two colours in ${theme}`,
        async () => (await colourOf(/^\+/)) !== (await colourOf(/^~/)),
      );
      await code.screenshot(`compare-${theme}`);
    }
  });

  it('has hovers in the colours of the theme, no higher than before', async () => {
    await code.focusFile('net.ts');
    await code.hover(await code.find('layers.$0conv2d('), /params/);
    const block = code.hoverContent.locator('.monaco-tokenized-source', { hasText: 'params' }).first();
    await code.until(
      () => 'A block with several colours',
      async () => {
        const colours = await block.locator('span').evaluateAll((all) => all.map((one) => getComputedStyle(one).color));
        return new Set(colours).size >= 3;
      },
    );
    await code.screenshot('compare-hover');
    const hover = code.page.locator('.monaco-hover:not(.hidden)').filter({ hasText: 'params' }).first();
    assert.ok(((await hover.boundingBox())?.height ?? Infinity) <= 252);
  });

  it('leaves no error on the console', () => {
    assert.deepEqual(code.consoleErrors, []);
  });
});
