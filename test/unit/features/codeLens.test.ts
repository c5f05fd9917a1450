import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { codeLenses } from '../../../src/features/codeLens';
import type { Reading } from '../../../src/model/reading';
import { HEAD, readSource } from '../../support/readSource';

const show = (reading: Reading, text: string, earlier?: Reading): readonly string[] =>
  codeLenses(reading, text, earlier).map(({ anchor, parts }) => {
    const name = /^(?:export )?(?:const|function|class)? ?(\w+)/.exec(text.slice(anchor))?.[1] ?? '';
    return `${name}: ${parts.map((part) => part.text).join(' | ')}`;
  });

const lensesOf = (source: string, earlier?: string): readonly string[] =>
  show(readSource(HEAD + source), HEAD + source, earlier === undefined ? undefined : readSource(HEAD + earlier));

const example = (name: string): readonly string[] => {
  const text = readFileSync(`examples/${name}.ts`, 'utf8');
  return show(readSource(text), text);
};

const seq = (name: string, units: number | string, parameters = ''): string => `
  export function ${name}(${parameters}) {
    return tf.sequential({ layers: [tf.layers.dense({ units: 5, inputShape: [4] }), tf.layers.dense({ units: ${units} })] });
  }`;

describe('code lenses', () => {
  it('stand above the examples and their helpers', () => {
    assert.deepEqual(example('lenet5'), [
      'createLeNet: ▶ Run | Summary | Compare… | 8 layers · 61,706 params · 416,520 MACs · 247 kB weights',
    ]);
    assert.deepEqual(example('vgg16'), [
      'convolution: called 13× · 5 shapes',
      'createVGG16: ▶ Run | Summary | Compare… | 24 layers · 138,357,544 params · 15.5 G MACs · 553 MB weights',
    ]);
    assert.deepEqual(example('resnet34').slice(-2), [
      'basicBlock: called 16× · 4 shapes',
      'createResNet34: ▶ Run | Summary | Compare… | 129 layers · 21,814,696 params · 3.66 G MACs · 87.3 MB weights',
    ]);
  });

  it('say what is asked for', () => {
    assert.deepEqual(lensesOf(seq('create', 'numClasses', 'numClasses: number')), [
      'create: ▶ Run… (asks numClasses) | Summary | 2 layers · 6*numClasses + 25 params',
    ]);
  });

  it('say up to where a model runs, and where it is wrong', () => {
    const source = `
      function create() {
        const input = tf.input({ shape: [56, 56, 64] });
        const a = tf.layers.conv2d({ filters: 64, kernelSize: 3, padding: 'same' }).apply(input) as tf.SymbolicTensor;
        const b = tf.layers.conv2d({ filters: 128, kernelSize: 3, strides: 2, padding: 'same' }).apply(a) as tf.SymbolicTensor;
        const sum = tf.layers.add().apply([a, b]) as tf.SymbolicTensor;
        return tf.model({ inputs: input, outputs: tf.layers.flatten().apply(sum) as tf.SymbolicTensor });
      }`;
    assert.deepEqual(lensesOf(source), ['create: ▶ Run up to line 6 | 1 shape error (line 7)']);
    const [lens] = codeLenses(readSource(HEAD + source), HEAD + source);
    const action = lens?.parts[1]?.action;
    assert.ok(action?.kind === 'go');
    assert.equal((HEAD + source).slice(action.to.start, action.to.end), 'apply');
  });

  it('stand above the calls where a function, or the file, makes several models', () => {
    const source = `
function both() {
  const first = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  const second = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [1] })] });
}
const third = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [1] })] });`;
    assert.deepEqual(
      lensesOf(source).map((lens) => lens.replace(/ .*\| /, ' ')),
      [
        'first: 1 layer · 2 params · 1 MACs · 8 B weights',
        'second: 1 layer · 4 params · 2 MACs · 16 B weights',
        'third: 1 layer · 6 params · 3 MACs · 24 B weights',
      ],
    );
  });

  it('tell the range where one call builds several models', () => {
    const source = `${seq('create', 'n', 'n: number')}\n create(1);\n create(3);`;
    assert.deepEqual(lensesOf(source), ['create: ▶ Run | Summary | Compare… | 2 layers · 31 … 43 params · 2 models']);
  });

  it('tell the change of the parameters since HEAD, and nothing where there is none', () => {
    const end = (source: string, earlier: string): string => (lensesOf(source, earlier)[0] ?? '').split(' | ').at(-1) ?? '';
    assert.match(end(seq('create', 4), seq('create', 2)), / · \+12 params since HEAD$/);
    assert.match(end(seq('create', 2), seq('create', 4)), / · -12 params since HEAD$/);
    assert.doesNotMatch(end(seq('create', 4), seq('create', 4)), /HEAD/);
    assert.doesNotMatch(end(seq('create', 4), seq('other', 2)), /HEAD/);
    assert.doesNotMatch(end(seq('create', 4), seq('create', 'n', 'n')), /HEAD/);
  });

  it('are silent about helpers whose layers exist on a condition only, or once', () => {
    const source = `
      const maybe = (units: number) => tf.layers.dense({ units });
      const once = (units: number) => tf.layers.dense({ units, inputShape: [4] });
      export function create(flag: boolean) {
        const model = tf.sequential();
        model.add(once(3));
        if (flag) { model.add(maybe(3)); model.add(maybe(4)); }
        return model;
      }`;
    assert.deepEqual(
      lensesOf(source).filter((lens) => lens.includes('called')),
      [],
    );
  });
});
