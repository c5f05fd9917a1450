import assert from 'node:assert/strict';
import { CodeWindow } from '../support/vscode/codeWindow';

describe('The editor, in VS Code', () => {
  let code: CodeWindow;

  before(async () => {
    code = await CodeWindow.open({ workspace: 'examples' });
  });
  after(() => code.close());

  it('hovers over the helper of VGG-16 with the cases of its thirteen layers', async () => {
    await code.openFile('vgg16.ts');
    const text = await code.hover(await code.find('tf.layers.$0conv2d('), /13 layers from this line/);
    const lines = text.split('\n');
    const first = lines.findIndex((line) => line.startsWith('×'));
    assert.match(lines[first - 1]!, /^Conv2D {3}13 layers from this line, 9 cases$/);
    assert.match(lines[first]!, /^×1 +\[null, 224, 224, 3\] +→ \[null, 224, 224, 64\] +1,792$/);
    assert.equal(lines.filter((line) => line.startsWith('×')).length, 5);
    assert.ok(lines.includes('… and 4 more'));
    assert.match(text, /params {2}all 13: 14,714,688 {4}trainable/);
    await code.screenshot('hover-vgg16');
  });

  it('answers on an option, a variable and the model', async () => {
    await code.openFile('alexnet.ts');
    assert.match(await code.hover(await code.find('st$0rides: 4, act'), /stride/), /stride {2}3 → 73, 4 → 55, 5 → 44 \(1 row unread\)/);
    await code.openFile('lenet5.ts');
    assert.match(await code.hover(await code.find('const mo$0del'), /params/), /Sequential createLeNet[^]*params {2}61,706 {4}trainable/);
    await code.openFile('resnet34.ts');
    const batchNorm = await code.hover(await code.find('tf.layers.$0batchNormalization'), /36 layers/);
    assert.match(batchNorm, /y = γ\(x - μ\)\/√\(σ² \+ 0\.001\) \+ β/);
  });

  it('shows inlay hints at the ends of lines, whole', async () => {
    await code.openFile('lenet5.ts');
    const hints = await code.inlayHints((shown) => shown.length >= 9);
    assert.deepEqual(
      hints.map(({ text }) => text),
      [
        '8 layers · 61,706 params',
        '→ 28×28×6 · 156',
        '→ 14×14×6',
        '→ 10×10×16 · 2,416',
        '→ 5×5×16',
        '→ 1×1×120 · 48,120',
        '→ 120',
        '→ 84 · 10,164',
        '→ 10 · 850',
      ],
    );
    await code.openFile('vgg16.ts');
    await code.inlayHints((shown) => shown.some(({ text }) => text === '→ 224×224×64 … 14×14×512 · ×13 · 14,714,688'));
  });

  it('follows what is typed', async () => {
    await code.openFile('lenet5.ts');
    await code.inlayHints((shown) => shown.some(({ text }) => text === '→ 28×28×6 · 156'));
    const place = await code.find('filters: 6$0');
    await code.caret(place);
    await code.page.keyboard.press('Backspace');
    await code.page.keyboard.type('8');
    await code.inlayHints(
      (shown) => shown.some(({ text }) => text === '→ 28×28×8 · 208') && shown.some(({ text }) => text === '→ 10×10×16 · 3,216'),
    );
    assert.match(await code.hover(await code.find('layers.$0conv2d('), /208/), /5\*5\*1\*8 \+ 8 = 208/);
    await code.command('File: Revert File');
    await code.inlayHints((shown) => shown.some(({ text }) => text === '→ 28×28×6 · 156'));
  });

  it('marks what TensorFlow.js would refuse, in its words', async () => {
    const text = "import * as tf from '@tensorflow/tfjs';\n\nconst model = tf.sequential();\nmodel.add(tf.layers.dense({ units: 4 }));\n";
    await code.addFile('refused.ts', text);
    await code.openFile('refused.ts');
    const problems = await code.problems((shown) => shown.some(({ line }) => line === 4));
    assert.match(problems.map(({ message }) => message).join('\n'), /The first layer in a Sequential model must get an `inputShape`/);
  });

  it('takes hostile names as text', async () => {
    const name = '<img src=x onerror=alert(1)>[a](command:workbench.action.quit)`__proto__`';
    const text = `import * as tf from '@tensorflow/tfjs';\nconst model = tf.sequential();\nmodel.add(tf.layers.dense({ name: ${JSON.stringify(name)}, units: 3, inputShape: [2] }));\n`;
    await code.addFile('hostile.ts', text);
    await code.openFile('hostile.ts');
    const hover = await code.hover(await code.find('layers.$0dense'), /Dense <img/);
    assert.ok(hover.includes('<img src=x onerror=alert(1)>'), hover);
    const ours = code.hoverContent.filter({ hasText: 'Dense <img' });
    assert.equal(await ours.locator('img').count(), 0);
    assert.equal(await ours.locator('a[data-href^="command:"]').count(), 0);
  });

  it('leaves no error on the console', () => {
    assert.deepEqual(code.consoleErrors, []);
  });
});
