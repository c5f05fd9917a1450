import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { hoverAt } from '../../../src/features/hover';
import { MAX_LABEL } from '../../../src/features/hintText';
import { inlayHints } from '../../../src/features/inlayHints';
import { Lines } from '../../../src/features/lines';
import { modelAt } from '../../../src/features/modelAt';
import type { Reading } from '../../../src/model/reading';
import { readSource } from '../../support/readSource';

const TOTALS = { lenet5: '61,706', alexnet: '62,378,344', vgg16: '138,357,544', resnet34: '21,814,696' };

const readExample = (name: string): { text: string; reading: Reading } => {
  const text = readFileSync(`examples/${name}.ts`, 'utf8');
  return { text, reading: readSource({ '/main.ts': text }) };
};

/** Longest hover that is still read, in characters. */
const MAX_HOVER = 4_000;

/** Height of a hover in VS Code before it scrolls, in CSS pixels. */
const MAX_HEIGHT = 250;
const LINE = 18;
const PARAGRAPH = 26;
const MARGINS = 16;
/** Characters of prose that are sure to fit beside one another. */
const WIDTH = 110;

/** As VS Code lays it out at its default font size: lines of the block, then paragraphs, of which links show only their text. */
function heightOf(markdown: string): number {
  const [, block = '', prose = ''] = /^`{3,}text\n([^]*?)\n`{3,}([^]*)$/.exec(markdown) ?? [];
  const paragraphs = prose.split('\n\n').filter((one) => one !== '');
  const wrapped = paragraphs.map((one) => Math.ceil(one.replace(/\]\(<[^>]*>\)/g, '').length / WIDTH) - 1);
  return MARGINS + LINE * block.split('\n').length + wrapped.reduce((sum, more) => sum + PARAGRAPH + LINE * more, 0);
}

describe('features on the examples', () => {
  for (const [name, total] of Object.entries(TOTALS)) {
    describe(name, () => {
      const { text, reading } = readExample(name);
      const whole = { start: 0, end: text.length };

      it('sums the model up', () => {
        const labels = inlayHints(reading, whole, 'shapesAndParameters').map(({ label }) => label);
        assert.equal(labels.filter((label) => label.endsWith(` · ${total} params`)).length, 1, labels.join('\n'));
      });

      it('has a hint that fits for every layer', () => {
        const hints = inlayHints(reading, whole, 'shapesAndParameters');
        for (const { call } of reading.sites) assert.equal(hints.filter(({ anchor }) => anchor === call.end).length >= 1, true);
        for (const { label } of hints) assert.ok(label.length <= MAX_LABEL && !label.includes('?'), label);
      });

      it('answers every character, and in few words', () => {
        const lines = new Lines(text);
        let answered = 0;
        for (let offset = 0; offset <= text.length; offset++) {
          const answer = hoverAt(reading, text, offset);
          if (!answer) continue;
          answered++;
          assert.ok(answer.span.start <= offset && offset <= answer.span.end);
          assert.ok(heightOf(answer.markdown) <= MAX_HEIGHT, `line ${lines.lineOf(offset)}: ${answer.markdown}`);
          assert.ok(answer.markdown.length < MAX_HOVER, `line ${lines.lineOf(offset)}`);
          assert.doesNotMatch(answer.markdown, /undefined|NaN|\[object/, `line ${lines.lineOf(offset)}`);
        }
        assert.ok(answered > 0);
      });

      it('finds its model from everywhere', () => {
        for (let offset = 0; offset <= text.length; offset += 7) {
          assert.ok('model' in modelAt(reading, offset, { start: offset, end: offset }), String(offset));
        }
      });
    });
  }

  it('spell out the arithmetic of every layer that has some', () => {
    const { text, reading } = readExample('lenet5');
    const hoverOf = (layer: string): string =>
      hoverAt(reading, text, text.indexOf('tf.layers', text.lastIndexOf('\n', text.indexOf(`'${layer}'`))))!.markdown;
    assert.match(
      hoverOf('c1'),
      /size {4}\(32 \+ 0 - 5\)\/1 \+ 1 = 28 .*\nparams {2}5\*5\*1\*6 \+ 6 = 156 .*\ncost .*sees 5×5 of the input, step 1/,
    );
    assert.match(hoverOf('s2'), /size {4}\(28 \+ 0 - 2\)\/2 \+ 1 = 14 .*\ncost .*sees 6×6 of the input, step 2/);
    assert.match(hoverOf('c3'), /params {2}5\*5\*6\*16 \+ 16 = 2,416 .*\ncost .*sees 14×14 of the input, step 2/);
    assert.match(hoverOf('s4'), /sees 16×16 of the input, step 4/);
    assert.match(hoverOf('c5'), /params {2}5\*5\*16\*120 \+ 120 = 48,120 .*\ncost .*sees 32×32 of the input, step 4/);
    assert.match(hoverOf('flatten'), /size {4}1\*1\*120 = 120/);
    assert.match(hoverOf('f6'), /params {2}120\*84 \+ 84 = 10,164/);
  });

  it('tell of an unknown by its name, with the reason', () => {
    const source = `import * as tf from '@tensorflow/tfjs';
export function createLeNet(numClasses: number) {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: numClasses, inputShape: [84] }));
  return model;
}
`;
    const reading = readSource(source);
    const hover = hoverAt(reading, source, source.indexOf('dense'))!.markdown;
    assert.match(hover, /^Dense {3}\[null, 84\] → \[null, numClasses\]$/m);
    assert.match(hover, /^params {2}84\*numClasses \+ numClasses = 85\*numClasses {4}trainable/m);
    assert.match(hover, /numClasses is unknown: parameter of createLeNet, called from no file of this project/);
    assert.deepEqual(
      inlayHints(reading, { start: 0, end: source.length }, 'shapesAndParameters').map(({ label }) => label),
      ['1 layer · 85*numClasses params', '→ numClasses · 85*numClasses'],
    );
  });

  it('mark what cannot be, and stay silent behind it', () => {
    const source = `import * as tf from '@tensorflow/tfjs';
const input = tf.input({ shape: [56, 56, 64] });
const half = tf.layers.conv2d({ filters: 128, kernelSize: 3, strides: 2, padding: 'same' }).apply(input) as tf.SymbolicTensor;
const sum = tf.layers.add().apply([input, half]) as tf.SymbolicTensor;
const flat = tf.layers.flatten().apply(sum);
`;
    const reading = readSource(source);
    const labels = inlayHints(reading, { start: 0, end: source.length }, 'shapesAndParameters').map(({ label }) => label);
    assert.deepEqual(labels, ['→ 56×56×64', '→ 28×28×128 · 73,856', '✗ 56×56×64 + 28×28×128']);
    const hover = hoverAt(reading, source, source.indexOf('flatten'))!.markdown;
    assert.match(hover, /unknown: add at line 4 fails/);
  });
});
