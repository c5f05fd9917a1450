import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSource } from '../../support/readSource';
import { PROGRAMS } from './programs';

const example = (name: string): string => readFileSync(join(__dirname, '../../../examples', `${name}.ts`), 'utf8');
const texts = [...['lenet5', 'alexnet', 'vgg16', 'resnet34'].map(example), ...PROGRAMS.map(({ files }) => files['/main.ts'] ?? '')];

/** A reader of its own never fails on what people have half typed; every reading says what stopped it, if anything did. */
const mustRead = (text: string): void => {
  const { limits } = readSource(text);
  const failed = limits.find((limit) => /the reader failed|nests too deeply/.test(limit));
  assert.equal(failed, undefined, `${failed ?? ''}\n${text}`);
};

describe('programs, half typed and broken', () => {
  it('prefixes', () => {
    for (const text of texts) for (let end = 0; end < text.length; end += 211) mustRead(text.slice(0, end));
  });

  it('tokens left out', () => {
    for (const text of texts) {
      const tokens = text.split(/\b/);
      for (let i = 0; i < tokens.length; i += 89) mustRead(tokens.toSpliced(i, 1 + (i % 3)).join(''));
    }
  });

  it('tokens twice', () => {
    for (const text of texts) {
      const tokens = text.split(/\b/);
      for (let i = 0; i < tokens.length; i += 97) mustRead(tokens.toSpliced(i, 0, ...tokens.slice(i, i + 2)).join(''));
    }
  });

  it('a model added to itself', () => {
    mustRead(
      "import * as tf from '@tensorflow/tfjs';\nconst m = tf.sequential();\nm.add(tf.layers.dense({ units: 2, inputShape: [2] }));\nm.add(m);",
    );
  });
});
