import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { Frame } from 'playwright-core';
import { CodeWindow, type Place } from '../support/vscode/codeWindow';

/** Two models in one file. */
const TWO = `import * as tf from '@tensorflow/tfjs';

export const small = () => tf.sequential({
  layers: [tf.layers.dense({ name: 'one', inputShape: [4], units: 3 })],
});

export const other = () => tf.sequential({
  layers: [tf.layers.dense({ name: 'two', inputShape: [4], units: 5 })],
});
`;

const ROW = '[data-layer]';

describe('The panel beside the editor, in VS Code', () => {
  let code: CodeWindow;

  before(async () => {
    code = await CodeWindow.open({ workspace: 'examples' });
  });
  after(() => code.close());

  /** The panel, once the model with this layer has run in it. */
  const ran = async (layer: string): Promise<Frame> => {
    let panel = await code.panel();
    await code.until(
      () => `A run with layer ${layer}`,
      async () => {
        panel = await code.panel();
        return (
          (await panel.locator(`[data-phase="ready"]`).count()) > 0 &&
          (await panel.locator(`nav ${ROW}[data-layer="${layer}"]`).count()) > 0
        );
      },
    );
    return panel;
  };
  const selected = (panel: Frame): Promise<string | null> => panel.locator('nav [aria-selected="true"]').getAttribute('data-layer');
  /** 1-based lines that are marked in the editor; the bracket under the caret and the like are not whole lines. */
  const marked = (file: string): Promise<number[]> =>
    code.page
      .locator(`.monaco-editor[data-uri$="/${file}"]`)
      .first()
      .evaluate((editor) => {
        const top = (element: Element | null): string => (element as HTMLElement | null)?.style.top ?? '';
        const numbers = [...editor.querySelectorAll('.margin-view-overlays .line-numbers')];
        const marks = [...editor.querySelectorAll('.view-overlays [class*="ced-"]')].filter(
          (mark) => mark.getBoundingClientRect().width > editor.getBoundingClientRect().width / 2,
        );
        return marks.map((mark) => Number(numbers.find((number) => top(number.parentElement) === top(mark.parentElement))?.textContent));
      });

  /** Waits until the caret is there, by the status bar. */
  const caretIs = async (place: Place): Promise<void> => {
    await code.until(
      () => `The caret at ${place.line}:${place.column}`,
      async () => isDeepStrictEqual(await code.caretPlace(), place),
    );
  };
  /** Waits until the text of a layer's row holds `text`. */
  const row = async (layer: string, text: string): Promise<void> => {
    const panel = await code.panel();
    await code.until(
      () => `${text} in the row of ${layer}`,
      async () => (await panel.locator(`nav ${ROW}[data-layer="${layer}"]`).innerText()).includes(text),
    );
  };

  it('opens at Run Model, and leaves the caret where it is', async () => {
    await code.openFile('lenet5.ts');
    const place = await code.find('one activation map.$0');
    await code.caret(place);
    await code.command('Layerscope: Run Model');
    const panel = await ran('c1');
    assert.deepEqual(await code.caretPlace(), place);
    const rows = await panel.locator(`nav ${ROW}`).evaluateAll((elements) => elements.map((element) => element.getAttribute('data-layer')));
    assert.deepEqual(rows.slice(-8), ['c1', 's2', 'c3', 's4', 'c5', 'flatten', 'f6', 'output']);
    // The keyboard is still in the editor: what is typed goes there.
    await code.page.keyboard.type('x');
    await caretIs({ line: place.line, column: place.column + 1 });
    await code.page.keyboard.press('Backspace');
    await caretIs(place);
    await code.screenshot('panel-lenet5');
  });

  it('selects the layer of the caret', async () => {
    const panel = await ran('c3');
    await code.caret(await code.find("name: 'c3'"));
    await code.until(
      () => 'c3 selected',
      async () => (await selected(panel)) === 'c3',
    );
  });

  it('marks the line of the layer that is clicked, without moving the caret', async () => {
    const panel = await ran('f6');
    const before = await code.caretPlace();
    assert.deepEqual(await marked('lenet5.ts'), []);
    await panel.locator(`nav ${ROW}[data-layer="f6"]`).click();
    const { line } = await code.find("name: 'f6'");
    await code.until(
      () => `Line ${line} marked`,
      async () => isDeepStrictEqual(await marked('lenet5.ts'), [line]),
    );
    await code.screenshot('panel-marked-line');
    // Back in the editor the caret is where it was, and the panel's selection stays.
    await code.focusFile('lenet5.ts');
    await caretIs(before);
    assert.equal(await selected(panel), 'f6');
  });

  it('moves the caret at a double click, and does not echo it', async () => {
    const panel = await ran('c5');
    await panel.locator(`nav ${ROW}[data-layer="c5"]`).dblclick();
    await caretIs(await code.find('layers.$0conv2d', { occurrence: 3 }));
    assert.equal(await selected(panel), 'c5');
  });

  it('follows the source while it is edited', async () => {
    await code.caret(await code.find('filters: 6$0'));
    await code.page.keyboard.press('Backspace');
    await code.page.keyboard.type('8');
    await row('c1', '28×28×8');
    await code.command('File: Revert File');
    await row('c1', '28×28×6');
  });

  it('keeps what it shows, greyed, while the model is half typed, and comes back to it', async () => {
    const place = await code.find('tf.$0sequential');
    await code.caret(place);
    await code.page.keyboard.type('x');
    const panel = await code.panel();
    await panel.locator('.stale').waitFor();
    await row('c1', '28×28×6');
    await code.command('File: Revert File');
    await panel.locator('.stale').waitFor({ state: 'detached' });
  });

  it('comes back after a reload of the window, with its model', async () => {
    await code.page.reload();
    const panel = await ran('c1');
    assert.ok(await panel.locator(`nav ${ROW}[data-layer="output"]`).count());
  });

  it('begins with the layer that the caret is in', async () => {
    await code.openFile('alexnet.ts');
    await code.caret(await code.find("name: 'fc8'"));
    await code.command('Layerscope: Run Model');
    const panel = await code.panel();
    await code.until(
      () => 'fc8 selected',
      async () => (await selected(panel)) === 'fc8',
    );
  });

  it('marks, for a layer that a helper made, the line in the helper and the call', async () => {
    const text = `import * as tf from '@tensorflow/tfjs';

const unit = (units: number) => tf.layers.dense({ units });

export function createSmall() {
  const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [4] })] });
  model.add(unit(3));
  model.add(unit(2));
  return model;
}
`;
    await code.addFile('helper.ts', text);
    await code.openFile('helper.ts');
    await code.caret(await code.find('return $0model'));
    await code.command('Layerscope: Run Model');
    const panel = await code.panel();
    const dense = panel.locator(`nav ${ROW}`).filter({ hasText: 'Dense' });
    await code.until(
      () => 'Two dense layers in the panel',
      async () => (await dense.count()) === 2,
    );
    await dense.last().click();
    await code.until(
      () => 'Lines 3 and 8 marked',
      async () => isDeepStrictEqual((await marked('helper.ts')).sort(), [3, 8]),
    );
  });

  it('shows the model that the caret goes to, unless it is to keep its own', async () => {
    await code.addFile('two.ts', TWO);
    await code.openFile('two.ts');
    await code.caret(await code.find("name: 'one'"));
    await code.command('Layerscope: Run Model');
    await ran('one');
    await code.caret(await code.find("name: 'two'"));
    const panel = await ran('two');
    await panel.getByRole('button', { name: 'Keep this model' }).click();
    await code.focusFile('two.ts');
    await code.caret(await code.find("name: 'one'"));
    // What comes after the caret was asked about is seen, and it is of the model that was kept.
    await code.caret(await code.find('units: 5$0'));
    await code.page.keyboard.press('Backspace');
    await code.page.keyboard.type('6');
    await row('two', '6');
    assert.equal(await panel.locator(`nav ${ROW}[data-layer="one"]`).count(), 0);
    await panel.getByRole('button', { name: 'Keep this model' }).click();
  });

  it('waits with edits while live is switched off', async () => {
    const panel = await ran('two');
    await panel.locator('.live').click();
    await panel.locator('.live[aria-pressed="false"]').waitFor();
    await code.focusFile('two.ts');
    // Where the digit is, whichever it is by now.
    await code.caret(await code.find('units: 5$0'));
    await code.page.keyboard.press('Backspace');
    await code.page.keyboard.type('7');
    await panel.getByText('The source has changed since this run.').waitFor();
    await row('two', '6');
    await panel.locator('.live').click();
    await row('two', '7');
    assert.equal(await panel.locator('.stale').count(), 0);
  });

  it('says why nothing can be run where there is no model', async () => {
    await code.addFile('none.ts', "import * as tf from '@tensorflow/tfjs';\n\nexport const zeros = () => tf.zeros([1]);\n");
    await code.openFile('none.ts');
    await code.caret({ line: 3, column: 1 });
    await code.command('Layerscope: Run Model');
    await code.page.getByText('This file defines no model').first().waitFor();
    assert.equal(await code.page.locator('.quick-input-widget:visible').count(), 0);
  });

  it('leaves no error on the console', () => {
    assert.deepEqual(code.consoleErrors, []);
  });
});
