import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { hoverAt } from '../../../src/features/hover';
import { HEAD, readSource } from '../../support/readSource';

tf.env().set('IS_TEST', true);

const firstLine = (source: string, word: string): string | undefined =>
  hoverAt(readSource(HEAD + source), HEAD + source, (HEAD + source).indexOf(word) + 1)?.markdown.split('\n')[1];

const shapeOf = (...layers: readonly tf.layers.Layer[]): string =>
  `[${JSON.stringify(tf.sequential({ layers: [...layers] }).outputShape)
    .slice(1, -1)
    .split(',')
    .join(', ')}]`;

describe('what the neighbours of an option would give', () => {
  it('is, of a dropout, what TensorFlow.js scales by', () => {
    const source = 'const m = tf.sequential({ layers: [tf.layers.dropout({ rate: 0.5, inputShape: [4] })] });';
    assert.equal(
      firstLine(source, 'rate:'),
      'rate    0.25 → 25 % dropped, the rest times 1.33; 0.5 → 50 % dropped, the rest times 2; 0.75 → 75 % dropped, the rest times 4',
    );
    const kept = tf.tidy(() => [...tf.dropout(tf.ones([400]), 0.75, undefined, 1).dataSync()].filter((value) => value !== 0));
    assert.ok(kept.every((value) => value === 4));
  });

  it('is, of a batch norm’s momentum, how long it remembers', () => {
    const source = 'const m = tf.sequential({ layers: [tf.layers.batchNormalization({ momentum: 0.99, inputShape: [4] })] });';
    assert.equal(firstLine(source, 'momentum:'), 'memory  half forgotten after so many batches: 0.9 → 7, 0.99 → 69, 0.999 → 693');
  });

  it('is, of a concatenation’s axis, each shape that it can make', () => {
    const source = `const a = tf.input({ shape: [4, 6] }); const b = tf.input({ shape: [4, 2] });
const c = tf.layers.concatenate({ axis: -1 }).apply([a, b]) as tf.SymbolicTensor; const m = tf.model({ inputs: [a, b], outputs: c });`;
    assert.equal(firstLine(source, 'axis:'), 'axis    1 → refused, 2 → [null, 4, 8]');
    assert.throws(() => tf.layers.concatenate({ axis: 1 }).apply([tf.input({ shape: [4, 6] }), tf.input({ shape: [4, 2] })]));
  });

  it('is, of returnSequences, both shapes', () => {
    const source = 'const m = tf.sequential({ layers: [tf.layers.lstm({ units: 7, returnSequences: true, inputShape: [5, 3] })] });';
    const [every, last] = [true, false].map((returnSequences) =>
      shapeOf(tf.layers.lstm({ units: 7, returnSequences, inputShape: [5, 3] })),
    );
    assert.equal(firstLine(source, 'returnSeq'), `returns true → ${every}, false → ${last}`);
  });

  it('is, of an upsampling’s size, the sizes that it makes', () => {
    const source = 'const m = tf.sequential({ layers: [tf.layers.upSampling2d({ size: [2, 2], inputShape: [5, 5, 3] })] });';
    assert.equal(firstLine(source, 'size:'), 'size    1 → 5, 2 → 10, 3 → 15');
    assert.equal(shapeOf(tf.layers.upSampling2d({ size: [3, 3], inputShape: [5, 5, 3] })), '[null, 15, 15, 3]');
  });

  it('is, of units and filters, what half and twice as many cost', () => {
    const source = 'const m = tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [84] })] });';
    const params = [5, 10, 20].map((units) => tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [84] })] }).countParams());
    assert.equal(
      firstLine(source, 'units:'),
      `unit    each 84 + 1 = 85 params; 5 → ${params[0]}, 10 → ${params[1]}, 20 → ${params[2]?.toLocaleString('en-US')}`,
    );
  });
});
