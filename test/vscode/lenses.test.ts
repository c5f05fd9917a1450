import assert from 'node:assert/strict';
import { CodeWindow } from '../support/vscode/codeWindow';
import { commitAll } from '../support/vscode/repository';
import { watchAnswers } from '../support/vscode/steady';

const NET = `import * as tf from '@tensorflow/tfjs';

function block(units: number) {
  return tf.layers.dense({ units, activation: 'relu' });
}

export function createNet() {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 8, inputShape: [4] }));
  model.add(block(6));
  model.add(block(5));
  model.add(tf.layers.dense({ units: 3 }));
  return model;
}
`;

describe('Lenses, in VS Code', () => {
  let code: CodeWindow;
  before(async () => {
    // What is typed stays as it is typed.
    const settings = { 'editor.quickSuggestions': false, 'editor.suggestOnTriggerCharacters': false };
    code = await CodeWindow.open({ workspace: { 'net.ts': NET }, settings, prepare: (folder) => commitAll(folder, 'first') });
  });
  after(() => code.close());

  /** The texts above lines, top to bottom, once `until` is true of them. */
  const lenses = async (until: (texts: readonly string[]) => boolean): Promise<readonly string[]> => {
    let seen: readonly string[] = [];
    await code.until(
      () => `Lenses as wanted; there were: ${JSON.stringify(seen)}`,
      async () => {
        const drawn = await code.page.locator('.monaco-editor .codelens-decoration:visible').evaluateAll((elements) =>
          elements
            .map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent ?? '' }))
            .sort((a, b) => a.top - b.top)
            .map(({ text }) => text),
        );
        seen = drawn.map((text) => text.replaceAll('\u00a0', ' ').trim()).filter((text) => text !== '');
        return until(seen);
      },
    );
    return seen;
  };

  const click = (title: string): Promise<void> => code.page.locator('.codelens-decoration a').filter({ hasText: title }).first().click();

  it('stand above the helper and the model, and tell nothing of HEAD while nothing has changed', async () => {
    await code.openFile('net.ts');
    const texts = await lenses((shown) => shown.length === 2 && /params/.test(shown[1] ?? ''));
    assert.equal(texts[0], 'called 2× · 2 shapes');
    // 4*8 + 8, 8*6 + 6, 6*5 + 5, 5*3 + 3.
    assert.equal(texts[1], '▶ Run | Summary | Compare… | 4 layers · 147 params · 125 MACs · 588 B weights');
    await code.screenshot('lenses');
  });

  it('tell the parameters’ change since HEAD while it is typed, and no more when it is taken back', async () => {
    await code.openFile('net.ts');
    await code.caret(await code.find('units: 3$0'));
    await code.page.keyboard.press('Backspace');
    await code.page.keyboard.type('4');
    await lenses((shown) => shown.some((text) => / 153 params .* · \+6 params since HEAD$/.test(text)));
    await code.screenshot('lenses-head');
    await code.command('File: Revert File');
    await lenses((shown) => shown.some((text) => / 147 params /.test(text)) && !shown.some((text) => text.includes('HEAD')));
  });

  it('stay, as hints do, while a line is typed that does not parse yet', async () => {
    await code.openFile('net.ts');
    await lenses((shown) => shown.length === 2);
    const before = await code.inlayHints((shown) => shown.length === 4);
    await code.caret(await code.find('return model;'));
    const watched = await watchAnswers(code.page);
    await code.page.keyboard.type('model.add(tf.layers.dense({ units: 7, ', { delay: 40 });
    await code.page.keyboard.type('activation: "relu" }));', { delay: 40 });
    await code.inlayHints((shown) => shown.some(({ text }) => text === '→ 7 · 28'));
    const { hints, lenses: fewest } = await watched.stop();
    assert.ok(hints >= before.length, `only ${hints} of ${before.length} hints at one time`);
    assert.equal(fewest, 2);
    await code.command('File: Revert File');
  });

  it('open the summary at a click, whose lines lead to the source', async () => {
    await code.openFile('net.ts');
    await lenses((shown) => shown.length === 2);
    await click('Summary');
    const summary = code.page.locator('.editor-instance .view-lines').filter({ hasText: 'Total params: 147' });
    await summary.waitFor();
    assert.match((await summary.innerText()).replaceAll('\u00a0', ' '), /Activations/);
    await code.screenshot('summary');
  });

  it('run the model at a click', async () => {
    await code.openFile('net.ts');
    await lenses((shown) => shown.length === 2);
    await click('▶ Run');
    const panel = await code.panel();
    await panel.getByText('createNet').first().waitFor();
  });

  it('leave no error on the console', () => {
    assert.deepEqual(code.consoleErrors, []);
  });
});
