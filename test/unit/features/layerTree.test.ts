import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileModels } from '../../../src/features/fileModels';
import { layerTree, type TreeRow } from '../../../src/features/layerTree';
import { HEAD, readSource } from '../../support/readSource';

const lines = (rows: readonly TreeRow[], level = 0): readonly string[] =>
  rows.flatMap(({ label, detail, children = [] }) => [`${'  '.repeat(level)}${label} ${detail}`, ...lines(children, level + 1)]);

const rowsOf = (text: string, files: { readonly [path: string]: string } = {}): readonly TreeRow[] => {
  const reading = readSource({ ...files, '/main.ts': text });
  const model = reading.models[0];
  assert.ok(model);
  return layerTree(reading, model);
};

const example = (name: string): string => readFileSync(`examples/${name}.ts`, 'utf8');

const all = (rows: readonly TreeRow[]): readonly TreeRow[] => rows.flatMap((row) => [row, ...all(row.children ?? [])]);

describe('the tree of a model', () => {
  it('has its layers in the order of the source, with what goes out and what they weigh', () => {
    assert.deepEqual(lines(rowsOf(example('lenet5'))).slice(0, 3), [
      'c1 Conv2D → 28×28×6 · 156',
      's2 AveragePooling2D → 14×14×6',
      'c3 Conv2D → 10×10×16 · 2,416',
    ]);
  });

  it('folds what is made again and again as the panel does', () => {
    const rows = rowsOf(example('resnet34'));
    assert.deepEqual(
      lines(rows.slice(-6).map((row) => ({ ...row, children: [] }))).map((line) => line.replace(/ · [\d,]+$/, '')),
      [
        'conv2 3 blocks, 21 layers → 56×56×64',
        'conv3 4 blocks, 31 layers → 28×28×128',
        'conv4 6 blocks, 45 layers → 14×14×256',
        'conv5 3 blocks, 24 layers → 7×7×512',
        'avgpool GlobalAveragePooling2D → 512',
        'fc1000 Dense → 1000',
      ],
    );
    const counts = rows.map(({ detail }) => Number((/ · ([\d,]+)$/.exec(detail)?.[1] ?? '0').replaceAll(',', '')));
    const [model] = readSource(example('resnet34')).models;
    assert.equal(
      counts.reduce((sum, count) => sum + count),
      model?.totalParams,
    );
  });

  it('names every row once, and each layer’s place, in whatever file that is', () => {
    const blocks = `${HEAD}export const dense = (units: number) => tf.layers.dense({ units });\n`;
    const text = `import { dense } from './blocks';
      ${HEAD}export function create() {
        const model = tf.sequential();
        model.add(tf.layers.inputLayer({ inputShape: [4] }));
        model.add(dense(3));
        const inner = tf.sequential({ name: 'inner', layers: [tf.layers.dense({ units: 7, inputShape: [3] })] });
        model.add(inner);
        return model;
      }`;
    const rows = all(rowsOf(text, { '/blocks.ts': blocks }));
    assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
    assert.deepEqual(
      rows.map(({ label, kind, site }) => [label, kind, site?.split('#')[0]]),
      [
        ['InputLayer', 'layer', '/main.ts'],
        ['Dense', 'layer', '/blocks.ts'],
        ['inner', 'model', '/main.ts'],
        ['Dense', 'layer', '/main.ts'],
      ],
    );
    assert.equal(rows[1]?.calls.length, 1);
  });

  it('shows ? with its reason, and what TensorFlow.js refuses where it does', () => {
    const text = `${HEAD}export function create(size: number) {
        const input = tf.input({ shape: [8, 8, 3] });
        const half = tf.layers.maxPooling2d({ name: 'half', poolSize: 2 }).apply(input) as tf.SymbolicTensor;
        const sum = tf.layers.add({ name: 'sum' }).apply([input, half]) as tf.SymbolicTensor;
        const last = tf.layers.dense({ name: 'last', units: size }).apply(sum) as tf.SymbolicTensor;
        return tf.model({ inputs: input, outputs: last });
      }`;
    const rows = rowsOf(text);
    assert.deepEqual(lines(rows), ['InputLayer → 8×8×3', 'half MaxPooling2D → 4×4×3', 'sum Add ✗', 'last Dense → ? · ?']);
    const [, , sum, last] = rows;
    assert.match(sum?.refusal ?? '', /Operands could not be broadcast together with shapes/);
    assert.match(last?.tooltip ?? '', /unknown: /);
    assert.equal(last?.isUnknown, true);
    assert.equal(last?.refusal, undefined);
  });

  it('speaks without signs', () => {
    const [c1] = rowsOf(example('lenet5'));
    assert.equal(c1?.spoken, 'c1, Conv2D, output 28 by 28 by 6, 156 parameters');
  });
});

describe('the models of a file', () => {
  it('are one entry a call, told apart by their variables, with words to look for', () => {
    const text = `${HEAD}export function both() {
        const first = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
        const second = tf.sequential({ layers: [tf.layers.lstm({ units: 2, inputShape: [3, 1] })] });
        return [first, second];
      }
      export const create = (n: number) => tf.sequential({ layers: [tf.layers.dense({ units: n, inputShape: [1] })] });
      create(2);
      create(3);`;
    const models = fileModels(readSource(text), text);
    assert.deepEqual(
      models.map(({ label, detail }) => `${label} ${detail}`),
      ['first 1 layer · 2 params', 'second 1 layer · 32 params', 'create 1 layer · 4 … 6 params · 2 models'],
    );
    assert.deepEqual(
      models.map(({ words }) => words.includes('lstm')),
      [false, true, false],
    );
  });
});
