import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { hoverAt } from '../../../src/features/hover';
import { hoverAround } from '../../../src/features/hoverAround';
import { readFile } from '../../../src/reader/read';
import { standingOf } from '../../../src/reader/standing';
import { DEFAULT_SETTINGS } from '../../../src/reader/workspace';
import { program } from '../../bench/sources/program';
import { Random } from '../../bench/sources/random';
import { MemoryWorkspace } from '../../support/memoryWorkspace';

const PATH = '/main.ts';

type Files = { readonly [path: string]: string };

/** What is known at an offset of `after` without reading all of it, when `before` was read as a whole. `others` are beside it. */
function around(before: string, after: string, offset: number, others: Files = {}): ReturnType<typeof hoverAround> {
  const [then, now] = [before, after].map((text) => new MemoryWorkspace({ ...others, [PATH]: text }));
  assert.ok(then && now);
  const standing = standingOf(PATH, before, then.callersOf(PATH), readFile(PATH, then));
  assert.ok(standing);
  return hoverAround(PATH, now, DEFAULT_SETTINGS, offset, standing);
}

const whole = (text: string, offset: number, others: Files = {}): unknown =>
  hoverAt(readFile(PATH, new MemoryWorkspace({ ...others, [PATH]: text })).reading, text, offset);

/** Another number somewhere in a source, and where. */
function otherNumber(source: string, random: Random): { readonly text: string; readonly at: number } {
  const number = random.pick([...source.matchAll(/(?<![\w.])\d+/g)]);
  const text =
    source.slice(0, number.index) + String(Number(number[0]) + random.whole(1, 9)) + source.slice(number.index + number[0].length);
  return { text, at: number.index };
}

/** Asks at the edit, and anywhere. Gives how often something was known: then it must be what a reading of the whole would say. */
function checkEdits(source: string, edits: number, seed: number, others: Files = {}): number {
  const random = new Random(seed);
  let known = 0;
  for (let edit = 0; edit < edits; edit++) {
    const { text, at } = otherNumber(source, random);
    const words = [...text.matchAll(/(?<!\w)[A-Za-z]\w*/g)].map(({ index }) => index + 1);
    const near = words.filter((word) => word < at).slice(-8);
    for (const offset of [...near, ...near.map(() => random.pick(words)), random.whole(0, text.length)]) {
      const answer = around(source, text, offset, others);
      if (!answer) continue;
      if (answer.answer) known++;
      assert.deepEqual(answer.answer, whole(text, offset, others), `seed ${seed}, edit ${edit}, offset ${offset}`);
    }
  }
  return known;
}

const net = (name: string, units: number, rest = ''): string => `
export function ${name}(): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: ${units}, inputShape: [8] }));
  model.add(tf.layers.dense({ units: 2 }));
${rest}  return model;
}
`;

const HEAD = `import * as tf from '@tensorflow/tfjs';\n`;

describe('a hover after an edit, without a reading of the whole file', () => {
  it('says what a reading of the whole would', () => {
    let known = 0;
    for (const seed of [1, 2, 3, 4]) known += checkEdits(program(300, seed), 4, seed);
    assert.ok(known > 30, `only ${known} were known`);
    for (const name of readdirSync('examples').filter((file) => file.endsWith('.ts')))
      checkEdits(readFileSync(`examples/${name}`, 'utf8'), 2, name.length);
  });

  it('does so in files whose functions have to do with one another', () => {
    const shared = [
      // Through a helper, an object that code at the top fills, a variable, a class and its base, a handler.
      `const units = (n: number) => n * 2;${net('a', 3).replace('units: 3', 'units: units(3)')}${net('b', 4)}${net('c', 5)}`,
      `const makers: Record<string, () => tf.LayersModel> = {};${net('a', 3)}${net('b', 4)}${net('c', 5)}makers.a = a;\nexport function run() { return makers.a().summary(); }\n`,
      `const makers: Record<string, unknown> = {};\nfunction fill() { makers.a = a; }\nfill();${net('a', 3)}${net('b', 4)}${net('c', 5)}export function run() { return makers.a(); }\n`,
      `let size = 7;\nexport function setSize(n: number) { size = 9; }${net('a', 3).replace('units: 3', 'units: size')}${net('b', 4)}${net('c', 5)}`,
      `class Base { init() { return this.build(5); } build(n: number) {} }\nexport class Own extends Base { build(n: number) { return tf.layers.dense({ units: n }); } }${net('b', 4)}${net('c', 5)}`,
      `const head = tf.layers.dense({ units: 3 });${net('a', 3, '  model.add(head);\n')}${net('b', 4, '  head.apply(tf.input({ shape: [4] }));\n')}${net('c', 5)}`,
      `const sizes = [4];\nexport function more() { sizes.push(6); }${net('a', 3).replace('units: 3', 'units: sizes[0]')}${net('b', 4)}${net('c', 5)}`,
      `class Store { units = 3; grow() { this.units = 5; } build() { return tf.layers.dense({ units: this.units }); } }${net('b', 4)}${net('c', 5)}export function use() { const store = new Store(); store.grow(); return store.build(); }\n`,
    ];
    let known = 0;
    for (const [k, source] of shared.entries()) known += checkEdits(HEAD + source, 6, k + 1);
    assert.ok(known > 30, `only ${known} were known`);
  });

  it('does so in files that others import', () => {
    const builders = `export const convolution = (filters: number) => tf.layers.conv2d({ filters, kernelSize: 3 });
export function image(filters: number, classes = 10): tf.LayersModel {
  return tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [16, 16, 1] }), convolution(filters), tf.layers.flatten(), tf.layers.dense({ units: classes })] });
}
`;
    const others = {
      '/train.ts': `import { a, image } from './main';\nconst model = image(8);\nmodel.summary();\nexport const run = () => a();\n`,
      '/other.ts': `import { image } from './main';\nexport function other(n: number) { return image(n, 3); }\n`,
    };
    const source = HEAD + builders + [...'abcdefghijklmnopq'].map((name, k) => net(name, 3 + k)).join('');
    assert.ok(checkEdits(source, 12, 5, others) > 20);
  });

  const source = HEAD + ['a', 'b', 'c', 'd', 'f', 'g'].map((name, k) => net(name, 3 + k)).join('');
  const edited = source.replace('units: 4', 'units: 44');

  it('is known in the function that changed, and in others', () => {
    for (const name of ['b', 'c']) {
      const offset = edited.indexOf('dense', edited.indexOf(`function ${name}(`));
      assert.deepEqual(around(source, edited, offset), { answer: whole(edited, offset) });
    }
    assert.match(around(source, edited, edited.indexOf('dense', edited.indexOf('function b(')))?.answer?.markdown ?? '', /44/);
  });

  it('is not known where what was read of the rest may not hold any more', () => {
    const offset = (text: string): number => text.indexOf('dense', text.indexOf('function b('));
    const changes: { readonly [what: string]: string } = {
      'a function of another name': edited.replace('function d(', 'function e('),
      'one function more': edited + net('e', 7),
      'an assignment to what others see': edited.replace('function b(): tf.LayersModel {', 'function b(): tf.LayersModel { tf = other;'),
      'another import': edited.replace('@tensorflow/tfjs', '@tensorflow/tfjs-core'),
      'a text that does not parse': edited.replace('units: 44', 'units: 44 }}'),
    };
    for (const [what, text] of Object.entries(changes)) assert.equal(around(source, text, offset(text)), undefined, what);
    const growing = `const made: unknown[] = [];\n${edited}`.replaceAll('  return model;', '  made.push(model);\n  return model;');
    assert.equal(around(growing, growing.replace('units: 44', 'units: 45'), offset(growing)), undefined, 'what others see is changed');
  });

  it('is not known where little would be saved', () => {
    const text = HEAD + net('a', 3);
    assert.equal(around(text, text.replace('units: 3', 'units: 5'), text.indexOf('dense')), undefined);
  });
});
