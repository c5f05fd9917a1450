import assert from 'node:assert/strict';
import { assertSolves, solve } from '../../../support/fixes';
import { HEAD } from '../../../support/readSource';

const sequential = (...layers: readonly string[]): string =>
  `${HEAD}export function create() {\n  const model = tf.sequential();\n${layers.map((layer) => `  model.add(${layer});\n`).join('')}  return model;\n}\n`;

const listed = (...layers: readonly string[]): string =>
  `${HEAD}export const create = () => tf.sequential({\n  layers: [\n${layers.map((layer) => `    ${layer},\n`).join('')}  ],\n});\n`;

describe('quick fixes', () => {
  it("a window larger than its input: 'same' padding, or the largest that fits", async () => {
    const source = sequential(
      'tf.layers.conv2d({ inputShape: [6, 6, 3], filters: 4, kernelSize: 9 })',
      'tf.layers.flatten()',
      'tf.layers.dense({ units: 3 })',
    );
    const solved = await solve(source);
    const padded = await assertSolves(solved, "Set padding: 'same' → [null, 6, 6, 4]");
    assert.ok(padded.includes("filters: 4, kernelSize: 9, padding: 'same' })"));
    const smaller = await assertSolves(solved, 'Set kernelSize: 6, the largest that fits → [null, 1, 1, 4]');
    assert.ok(smaller.includes('filters: 4, kernelSize: 6 })'));
  });

  it('a pool larger than its input, over lines and with other quotes', async () => {
    const source = sequential(
      'tf.layers.maxPooling2d({\n    inputShape: [4, 6, 3],\n    poolSize: 9,\n  })',
      'tf.layers.flatten()',
      'tf.layers.dense({ units: 3, activation: "relu" })',
    ).replaceAll("'", '"');
    const solved = await solve(source);
    const padded = await assertSolves(solved, 'Set padding: "same"');
    assert.ok(padded.includes('    poolSize: 9,\n    padding: "same",\n  })'), padded);
    await assertSolves(solved, 'Set poolSize: [4, 6], the largest that fits → [null, 1, 1, 3]');
  });

  it('a reshape to another size, and one with -1 that leaves it open', async () => {
    const wrong = sequential(
      'tf.layers.dense({ inputShape: [6], units: 784 })',
      'tf.layers.reshape({ targetShape: [28, -1] })',
      'tf.layers.dense({ units: 3 })',
    );
    const edited = await assertSolves(await solve(wrong), 'Set targetShape: [28, 28] → [null, 28, 28]');
    assert.ok(edited.includes('targetShape: [28, 28] })'));
  });

  it('numeric padding: zeroPadding2d among adds, in a list, around what a layer is applied to; the input shape moves along', async () => {
    const first = 'tf.layers.conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3, padding: 1 })';
    const later = "tf.layers.conv2d({ padding: [1, 2], filters: 4, kernelSize: 3, activation: 'relu' })";
    const adds = await assertSolves(
      await solve(sequential(first, 'tf.layers.flatten()')),
      'Insert zeroPadding2d({ padding: 1 }) → [null, 8, 8, 4]',
    );
    assert.ok(
      adds.includes(
        '  model.add(tf.layers.zeroPadding2d({ padding: 1, inputShape: [8, 8, 3] }));\n  model.add(tf.layers.conv2d({ filters: 4, kernelSize: 3 }));\n',
      ),
      adds,
    );
    const list = await assertSolves(
      await solve(listed(first.replace(', padding: 1', ''), later)),
      'Insert zeroPadding2d({ padding: [[1, 1], [2, 2]] })',
    );
    assert.ok(list.includes('    tf.layers.zeroPadding2d({ padding: [[1, 1], [2, 2]] }),\n    tf.layers.conv2d({ filters: 4,'), list);
    const functional = `${HEAD}export function create() {
  const input = tf.input({ shape: [8, 8, 3] });
  const c1 = tf.layers.conv2d({ filters: 4, kernelSize: 3, padding: 1 });
  const x = c1.apply(input) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: x });
}
`;
    const wrapped = await assertSolves(await solve(functional), 'Insert zeroPadding2d({ padding: 1 })');
    assert.ok(wrapped.includes('c1.apply(tf.layers.zeroPadding2d({ padding: 1 }).apply(input) as tf.SymbolicTensor)'), wrapped);
  });

  it('two layers of one name: the later one gets another; a line that makes several goes without', async () => {
    const two = sequential("tf.layers.dense({ name: 'fc', inputShape: [6], units: 4 })", "tf.layers.dense({ units: 4, name: 'fc' })");
    const renamed = await assertSolves(await solve(two), "Rename the layer to 'fc_2' → [null, 4]");
    assert.ok(renamed.includes("{ units: 4, name: 'fc_2' }"));
    const loop = `${HEAD}export function create() {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
  for (let i = 0; i < 3; i++) model.add(tf.layers.dense({ units: i + 2, name: 'block' }));
  return model;
}
`;
    const unnamed = await assertSolves(await solve(loop), 'Leave the name out');
    assert.ok(unnamed.includes('tf.layers.dense({ units: i + 2 })'));
  });

  it('a forgotten flatten is put before the dense layer, where hints are shown', async () => {
    const source = sequential(
      'tf.layers.conv2d({ inputShape: [6, 6, 3], filters: 4, kernelSize: 3 })',
      "tf.layers.dense({ units: 3, activation: 'softmax' })",
    );
    // Legal, so without the hint nothing is to be put right.
    assert.deepEqual((await solve(source)).offers, []);
    const solved = await solve(source, { hints: true });
    assert.deepEqual(
      solved.offers.map(({ title }) => title),
      ['Insert flatten() before the dense layer → [null, 3] (+180 params)'],
    );
    const edited = await assertSolves(solved, 'Insert flatten() before the dense layer → [null, 3] (+180 params)');
    assert.ok(edited.includes('  model.add(tf.layers.flatten());\n  model.add(tf.layers.dense({ units: 3,'), edited);
  });
});

describe('a projected shortcut', () => {
  const residual = (add: string): string => `${HEAD}export function create() {
  const input = tf.input({ shape: [56, 56, 64] });
  let x = tf.layers.conv2d({ filters: 128, kernelSize: 3, strides: 2, padding: 'same' }).apply(input) as tf.SymbolicTensor;
  x = tf.layers.batchNormalization().apply(x) as tf.SymbolicTensor;
${add}
  return tf.model({ inputs: input, outputs });
}
`;

  it('is a 1×1 conv2d with the strides and filters of the other branch, in a line of its own', async () => {
    const source = residual('  const outputs = tf.layers.add().apply([input, x]) as tf.SymbolicTensor;');
    const edited = await assertSolves(
      await solve(source),
      'Project the shortcut with a 1×1 conv2d, strides 2 → [null, 28, 28, 128] (+8,320 params)',
    );
    assert.ok(
      edited.includes(
        '  const shortcut = tf.layers.conv2d({ filters: 128, kernelSize: 1, strides: 2 }).apply(input) as tf.SymbolicTensor;\n  const outputs = tf.layers.add().apply([shortcut, x])',
      ),
      edited,
    );
  });

  it('stands in its place where the merge is inside an expression', async () => {
    const source = residual(
      "  const outputs = tf.layers.activation({ activation: 'relu' }).apply(tf.layers.add().apply([input, x])) as tf.SymbolicTensor;",
    );
    const edited = await assertSolves(await solve(source), 'Project the shortcut');
    assert.ok(
      edited.includes('.apply([tf.layers.conv2d({ filters: 128, kernelSize: 1, strides: 2 }).apply(input) as tf.SymbolicTensor, x])'),
      edited,
    );
  });

  it("in a helper is written with the helper's own names, and holds for all its calls", async () => {
    const source = `${HEAD}
function block(x: tf.SymbolicTensor, filters: number, strides = 1) {
  const y = tf.layers.conv2d({ filters, kernelSize: 3, strides, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  return tf.layers.add().apply([x, y]) as tf.SymbolicTensor;
}
export function create() {
  const input = tf.input({ shape: [56, 56, 64] });
  let x = block(input, 64);
  x = block(x, 128, 2);
  x = block(x, 256, 2);
  return tf.model({ inputs: input, outputs: x });
}
`;
    const edited = await assertSolves(await solve(source), 'Project the shortcut with a 1×1 conv2d, strides 2');
    assert.ok(
      edited.includes('const shortcut = tf.layers.conv2d({ filters, kernelSize: 1, strides }).apply(x) as tf.SymbolicTensor;'),
      edited,
    );
  });

  it('is not offered where no convolution makes the sizes equal', async () => {
    const source = residual('  const outputs = tf.layers.add().apply([input, x]) as tf.SymbolicTensor;')
      .replace('[56, 56, 64]', '[56, 57, 64]')
      .replace('strides: 2', 'strides: [2, 1]');
    const { offers } = await solve(source);
    assert.deepEqual(
      offers.filter(({ title }) => title.startsWith('Project')),
      [],
    );
  });
});

describe('quick fixes are tried before they are offered', () => {
  it('one that brings another error is not offered', async () => {
    const source = sequential(
      'tf.layers.conv2d({ inputShape: [6, 6, 3], filters: 4, kernelSize: 9 })',
      'tf.layers.conv2d({ filters: 4, kernelSize: 4 })',
    );
    const { offers } = await solve(source);
    // A kernel of 6 would leave one pixel, too few for the next layer.
    assert.deepEqual(
      offers.map(({ title }) => title),
      ["Set padding: 'same' → [null, 6, 6, 4] (1,236 params in all)"],
    );
  });

  it('tries little', async () => {
    const source = sequential('tf.layers.conv2d({ inputShape: [6, 6, 3], filters: 4, kernelSize: 9 })', 'tf.layers.flatten()');
    const { trials } = await solve(source);
    assert.ok(trials <= 8, String(trials));
  });
});
