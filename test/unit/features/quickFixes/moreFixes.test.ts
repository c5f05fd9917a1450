import assert from 'node:assert/strict';
import { assertSolves, solve } from '../../../support/fixes';
import { HEAD } from '../../../support/readSource';
import { functional, sequential } from '../../rules/ruleTest';

/** Solves the program's one problem with the fix whose title begins so, and answers the line that changed. */
async function solved(source: string, title: string, options: { hints?: boolean } = {}): Promise<string> {
  const text = HEAD + source;
  const edited = await assertSolves(await solve(text, options), title);
  const old = new Set(text.split('\n'));
  return edited
    .split('\n')
    .filter((line) => !old.has(line))
    .map((line) => line.trim())
    .join('\n');
}

describe('quick fixes of words', () => {
  it('stride is strides, with what comes of it', async () => {
    const line = await solved(
      sequential('conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3, stride: 2 })', 'flatten()', 'dense({ units: 2 })'),
      'Rename stride to strides → [null, 3, 3, 4] (−216 params)',
    );
    assert.equal(line, 'model.add(tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3, strides: 2 }));');
  });

  it('an option in short, one that is given twice, one that nothing is near to', async () => {
    const short = `const stride = 2;\n${sequential('conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3, stride })')}`;
    assert.match(await solved(short, 'Rename stride to strides'), /kernelSize: 3, strides: stride }/);
    const twice = sequential('conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3, stride: 2, strides: 1 })');
    assert.match(await solved(twice, 'Remove stride, which is ignored'), /kernelSize: 3, strides: 1 }/);
    const { offers } = await solve(HEAD + twice);
    assert.deepEqual(
      offers.map(({ title }) => title.split(' →')[0]),
      ['Remove stride, which is ignored'],
    );
    const far = sequential('dense({ inputShape: [8], units: 4, momentum: 2 })');
    assert.match(await solved(far, 'Remove momentum, which is ignored → [null, 4] (params unchanged)'), /units: 4 }/);
  });

  it('activations, initializers, padding', async () => {
    const dense = (option: string): string => sequential(`dense({ inputShape: [8], units: 4, ${option} })`);
    assert.match(await solved(dense("activation: 'rellu'"), "Set activation: 'relu' → [null, 4]"), /activation: 'relu' }/);
    assert.match(await solved(dense('kernelInitializer: "he_normal"'), 'Set kernelInitializer: "heNormal"'), /"heNormal"/);
    const same = sequential("conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3, padding: 'SAME' })");
    assert.match(await solved(same, "Set padding: 'same' → [null, 8, 8, 4]"), /padding: 'same' }/);
    const format = sequential("conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3, dataFormat: 'NHWC' })");
    assert.match(await solved(format, "Set dataFormat: 'channelsLast'"), /'channelsLast'/);
  });

  it('a word that is near to none is left alone', async () => {
    const { offers } = await solve(HEAD + sequential("dense({ inputShape: [8], units: 4, activation: 'parametric' })"));
    assert.deepEqual(offers, []);
  });
});

describe('quick fixes of values', () => {
  it('percentages are fractions', async () => {
    assert.match(await solved(sequential('dropout({ rate: 50, inputShape: [4] })'), 'Set rate: 0.5 → [null, 4]'), /rate: 0.5,/);
    const norm = sequential('batchNormalization({ momentum: 99, inputShape: [4] })');
    assert.match(await solved(norm, 'Set momentum: 0.99 → [null, 4]'), /momentum: 0.99,/);
  });

  it('a softmax over one value, and what is ignored', async () => {
    const one = sequential("dense({ units: 1, activation: 'softmax', inputShape: [4] })");
    assert.match(await solved(one, "Set activation: 'sigmoid' → [null, 1]"), /'sigmoid'/);
    const later = sequential('dense({ units: 5, inputShape: [4] })', 'dense({ units: 3, inputShape: [4] })');
    assert.match(await solved(later, 'Remove inputShape → [null, 3]'), /^model.add\(tf.layers.dense\({ units: 3 }\)\);$/);
    const dilated = sequential('depthwiseConv2d({ kernelSize: 3, dilationRate: 2, inputShape: [8, 8, 2] })');
    assert.match(await solved(dilated, 'Remove dilationRate → [null, 6, 6, 2]'), /kernelSize: 3, inputShape/);
  });

  it('a cross-entropy on scores: the last layer gives probabilities', async () => {
    const source = sequential('dense({ units: 5, inputShape: [4] })').replace(
      '  return model;',
      "  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' });\n  return model;",
    );
    assert.match(
      await solved(source, "Set activation: 'softmax' in the last layer → [null, 5]"),
      /inputShape: \[4\], activation: 'softmax'/,
    );
  });

  it('a recurrent layer on the last state of another', async () => {
    const source = functional('[10, 8]', 'lstm({ units: 4 })', 'dropout({ rate: 0.5 })', 'gru({ units: 3 })');
    assert.match(await solved(source, 'Set returnSequences: true at line 5 → [null, 10, 4]'), /lstm\({ units: 4, returnSequences: true }/);
  });
});
