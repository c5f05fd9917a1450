import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { documentSymbols, type OutlineSymbol } from '../../../src/features/documentSymbols';
import { HEAD, readSource } from '../../support/readSource';

/** One line a symbol, indented by its level. */
const lines = (symbols: readonly OutlineSymbol[], level = 0): readonly string[] =>
  symbols.flatMap(({ kind, name, detail, children }) => [
    `${'  '.repeat(level)}${kind} ${name} · ${detail}`,
    ...lines(children, level + 1),
  ]);

const outline = (source: string, files: { readonly [path: string]: string } = {}): readonly string[] =>
  lines(documentSymbols(readSource({ ...files, '/main.ts': HEAD + source }), HEAD + source));

const example = (name: string): readonly string[] => {
  const text = readFileSync(`examples/${name}.ts`, 'utf8');
  return lines(documentSymbols(readSource(text), text));
};

/** What an editor demands of positions. */
function assertNested(symbols: readonly OutlineSymbol[], text: string, within = { start: 0, end: text.length }): void {
  for (const { name, span, selection, children } of symbols) {
    assert.ok(within.start <= span.start && span.end <= within.end, `${name} lies within what is above it`);
    assert.ok(span.start <= selection.start && selection.end <= span.end, `${name} is clicked within its span`);
    assertNested(children, text, span);
  }
}

describe('document symbols', () => {
  it('are the model with its layers', () => {
    assert.deepEqual(example('lenet5'), [
      'model createLeNet · 8 layers · 61,706 params',
      '  layer c1 Conv2D · → 28×28×6 · 156',
      '  layer s2 AveragePooling2D · → 14×14×6',
      '  layer c3 Conv2D · → 10×10×16 · 2,416',
      '  layer s4 AveragePooling2D · → 5×5×16',
      '  layer c5 Conv2D · → 1×1×120 · 48,120',
      '  layer flatten Flatten · → 120',
      '  layer f6 Dense · → 84 · 10,164',
      '  layer output Dense · → 10 · 850',
    ]);
  });

  it('have what a helper made at its call, and the helper’s own lines below the helper', () => {
    const [relu, ...rest] = example('resnet34');
    assert.equal(relu, 'helper relu · called 33× · 5 shapes');
    assert.deepEqual(rest.slice(-9), [
      '  layer data InputLayer · → 224×224×3',
      '  calls pad · pad1 ZeroPadding2D → 230×230×3',
      '  calls relu · conv1_relu Activation → 112×112×64',
      '  calls convBn · 2 layers → 112×112×64 · 9,664',
      '  calls pad · pad_pool1 ZeroPadding2D → 114×114×64',
      '  layer pool1 MaxPooling2D · → 56×56×64',
      '  calls basicBlock · 121 layers → 7×7×512 · 21,292,032',
      '  layer avgpool GlobalAveragePooling2D · → 512',
      '  layer fc1000 Dense · → 1000 · 513,000',
    ]);
    assert.ok(rest.includes('  layer BatchNormalization · → 112×112×64 … 7×7×512 · ×36 · 34,048'), rest.join('\n'));
  });

  it('place what another file’s helper made at the call in this one', () => {
    const blocks = `${HEAD}export const dense = (units: number) => tf.layers.dense({ units });\n`;
    const source = `import { dense } from './blocks';
      export function create() {
        const model = tf.sequential();
        model.add(tf.layers.inputLayer({ inputShape: [4] }));
        model.add(dense(3));
        for (const units of [5, 6]) model.add(dense(units));
        return model;
      }`;
    assert.deepEqual(outline(source, { '/blocks.ts': blocks }), [
      'model create · 3 layers · 71 params',
      '  layer InputLayer · → 4',
      '  calls dense · Dense → 3 · 15',
      '  calls dense · 2 layers → 6 · 56',
    ]);
  });

  it('tell models of one function apart by their variables, one that stands in another below it', () => {
    const source = `
      export function whole() {
        const outer = tf.sequential();
        const inner = tf.sequential({ layers: [tf.layers.dense({ units: 7, inputShape: [3] })] });
        outer.add(inner);
        outer.add(tf.layers.dense({ units: 2 }));
        return outer;
      }
      const top = tf.sequential();
      top.add(tf.layers.dense({ units: 1, inputShape: [2] }));`;
    assert.deepEqual(outline(source), [
      'model outer · 2 layers · 44 params',
      '  model inner · 1 layer · 28 params',
      '    layer Dense · → 7 · 28',
      '  layer Dense · → 2 · 16',
      'model top · 1 layer · 3 params',
      '  layer Dense · → 1 · 3',
    ]);
  });

  it('show what is not known as ?, and what TensorFlow.js refuses', () => {
    const source = `
      export function create() {
        const input = tf.input({ shape: [8, 8, 3] });
        const half = tf.layers.maxPooling2d({ poolSize: 2 }).apply(input) as tf.SymbolicTensor;
        const sum = tf.layers.add().apply([input, half]) as tf.SymbolicTensor;
        const last = tf.layers.flatten().apply(sum) as tf.SymbolicTensor;
        return tf.model({ inputs: input, outputs: last });
      }`;
    assert.deepEqual(outline(source), [
      'model create · ✗ 1 shape error (line 6)',
      '  layer InputLayer · → 8×8×3',
      '  layer MaxPooling2D · → 4×4×3',
      '  layer Add · ✗ 8×8×3 + 4×4×3',
      '  layer Flatten · → ?',
    ]);
  });

  it('lie within one another, in every example', () => {
    for (const name of readdirSync('examples').filter((file) => file.endsWith('.ts'))) {
      const text = readFileSync(`examples/${name}`, 'utf8');
      const symbols = documentSymbols(readSource(text), text);
      assert.ok(symbols.length > 0, name);
      assertNested(symbols, text);
    }
  });

  it('take hostile names as text, in bounds', () => {
    const name = `${'x'.repeat(500)}\n\u202e<b>`;
    const source = `export const create = () => tf.sequential({ layers: [tf.layers.dense({ name: ${JSON.stringify(name)}, units: 3, inputShape: [2] })] });`;
    for (const line of outline(source)) assert.ok(line.length < 200 && !/[\n\u202e]/.test(line), line);
  });
});
