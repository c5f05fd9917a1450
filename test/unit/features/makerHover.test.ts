import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { hoverAt } from '../../../src/features/hover';
import { generalFilling, GENERAL_NAMES } from '../../../src/features/initializers';
import { evaluateFormula } from '../../support/formula';
import { HEAD, readSource } from '../../support/readSource';

tf.env().set('IS_TEST', true);

describe('hover of what layers and compile are given', () => {
  const source = `${HEAD}const begin = tf.initializers.heNormal({ seed: 1 });
const weigh = tf.regularizers.l2({ l2: 0.0005 });
const optimizer = tf.train.momentum(0.01, 0.9);
export function later(rate: number) { return tf.train.adam(rate); }
for (const rate of [1, 2]) tf.train.sgd(rate);
const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3], kernelInitializer: begin, kernelRegularizer: weigh })] });
`;
  const reading = readSource(source);
  const at = (word: string): readonly string[] =>
    hoverAt(reading, source, source.indexOf(word) + 1)
      ?.markdown.split('\n')
      .slice(1, -1) ?? [];

  it('tells an initializer by its fans', () => {
    assert.deepEqual(at('heNormal'), ['heNormal begin', 'begins  normal, σ = √(2/in), cut at ±2σ']);
    assert.deepEqual(at('begin ='), at('heNormal'));
  });

  it('tells a penalty, and the rule of an optimizer', () => {
    assert.deepEqual(at('l2('), ['l2 weigh', 'penalty 0.0005*Σw²   added to the loss while training']);
    assert.deepEqual(at('momentum'), ['momentum optimizer', 'step    v ← 0.9*v + g', '        w ← w - 0.01*v']);
    assert.match(at('adam').join('\n'), /w ← w - rate\*m/);
  });

  it('says nothing of a call that is made with different numbers', () => {
    assert.deepEqual(at('sgd'), []);
  });

  for (const name of GENERAL_NAMES.filter((one) => /Normal|Uniform/.test(one)))
    it(`${name} draws within what its text says`, () => {
      const [into, out] = [30, 50];
      const make = (tf.initializers as unknown as Record<string, (args: object) => ReturnType<typeof tf.initializers.heNormal>>)[name];
      const values = tf.tidy(() => [...(make?.({ seed: 3 }).apply([into, out]).dataSync() ?? [])]);
      const text = generalFilling(name) ?? '';
      const formula = (/√.*\)(?=, cut|$)/.exec(text) ?? [''])[0];
      const size = Number(evaluateFormula(formula, { in: into, out }));
      const bound = text.startsWith('normal') ? 2 * size : size;
      const largest = Math.max(...values.map(Math.abs));
      assert.ok(largest <= bound * 1.0001 && largest > bound * 0.95, `${text}: ${bound}, drawn up to ${largest}`);
    });
});
