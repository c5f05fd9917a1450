import assert from 'node:assert/strict';
import { CodeWindow } from '../support/vscode/codeWindow';

const PLAIN = `export const answer: number = 42;\n`;

const NET = `import * as tf from '@tensorflow/tfjs';

export const model = tf.sequential();
model.add(tf.layers.conv2d({ filters: 6, kernelSize: 5, inputShape: [28, 28, 1] }));
`;

const PAGE = `<!doctype html>
<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs"></script>
<script>
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 3, inputShape: [4] }));
</script>
`;

/** VS Code asks every extension for its hover; ours is the first to be read, whoever was there first. */
describe('The order of hovers, in VS Code', () => {
  let code: CodeWindow;
  beforeEach(async () => {
    code = await CodeWindow.open({ workspace: { 'plain.ts': PLAIN, 'net.ts': NET, 'page.html': PAGE } });
  });
  afterEach(() => code.close());

  /** The parts of the hover on `conv2d`, once TypeScript's is among them. */
  const parts = async (): Promise<readonly string[]> => {
    await code.openFile('net.ts');
    await code.hover(await code.find('layers.$0conv2d('), /Conv2D {3}\[null, 28, 28, 1\][^]*conv2d\(args/);
    return code.hoverContent.first().locator('.hover-row').allInnerTexts();
  };

  const isOursFirst = ([first = '', ...others]: readonly string[]): void => {
    assert.match(first.replaceAll('\u00a0', ' '), /^Conv2D {3}\[null, 28, 28, 1\] → \[null, 24, 24, 6\]/);
    assert.ok(
      others.some((text) => text.includes('conv2d')),
      'TypeScript answers as well',
    );
  };

  it('begins with ours where TypeScript was started first', async () => {
    await code.openFile('plain.ts');
    await code.hover(await code.find('answer'), /const answer: number/);
    isOursFirst(await parts());
    await code.screenshot('hover-order');
  });

  it('begins with ours where Layerscope was started first, by a page', async () => {
    await code.openFile('page.html');
    await code.inlayHints((shown) => shown.some(({ text }) => text === '→ 3 · 15'));
    isOursFirst(await parts());
  });
});
