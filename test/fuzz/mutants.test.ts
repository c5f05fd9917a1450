import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAMS } from '../unit/reader/programs';
import { HOSTILE, PAGES } from './generate/hostile';
import { mutate } from './generate/mutate';
import { generate } from './generate/program';
import { checkMutant } from './support/batch';
import { show } from './support/check';
import { Random } from './support/random';
import type { Files } from './support/realRun';
import { readSanely } from './support/sane';

const examples = ['lenet5', 'alexnet', 'vgg16', 'resnet34'].map((name) =>
  readFileSync(join(__dirname, `../../examples/${name}.ts`), 'utf8'),
);
const texts = [...examples, ...PROGRAMS.map(({ files }) => files['/main.ts'] ?? '')];

const sane = (files: Files): void => {
  try {
    readSanely(files);
  } catch (error) {
    assert.fail(`${(error as Error).message}\n${show(files).slice(0, 20_000)}`);
  }
};

describe('programs that are broken by chance', () => {
  it('examples and fixtures: a reading is always plain data within its budget, and the editor can show it', function () {
    this.timeout(300_000);
    const random = new Random(11);
    for (const text of texts) {
      for (let i = 0; i < 5; i++) sane({ '/main.ts': mutate(text, random).text });
      for (let i = 0; i < 3; i++) sane({ '/main.ts': text.slice(0, random.int(0, text.length)) });
    }
  });

  it('programs made by chance', function () {
    this.timeout(300_000);
    for (let seed = 1; seed <= 60; seed++) {
      const { files, entry } = generate(seed);
      const random = new Random(seed);
      for (let i = 0; i < 3; i++) {
        const path = random.chance(0.7) ? entry : random.pick(Object.keys(files));
        sane({ ...files, [path]: mutate(files[path] ?? '', random).text });
      }
    }
  });
});

describe('programs that are broken and run all the same', () => {
  it('are read as TensorFlow.js runs them', async function () {
    this.timeout(300_000);
    for (let seed = 700; seed < 850; seed++) {
      const { files, wrong } = await checkMutant(seed);
      assert.deepEqual(wrong, [], `mutant of seed ${seed}\n${show(files)}`);
    }
  });
});

describe('files that no one means to write', () => {
  for (const [name, text] of Object.entries(HOSTILE)) it(name, () => sane({ '/main.ts': text })).timeout(120_000);

  it('pages with broken scripts', () => {
    for (const text of PAGES) sane({ '/index.html': text });
  });

  it('imports in circles, of themselves and of nothing', () => {
    sane({
      '/main.ts': "import * as tf from '@tensorflow/tfjs'; export * from './main'; import { a } from './a'; export const b = () => a();",
      '/a.ts': "export * from './b'; import { b } from './main'; export const a = () => b(); a();",
      '/b.ts': "export * from './a'; export { x } from './main'; import './nowhere'; const c = require('./a'); module.exports = c;",
    });
  });
});
