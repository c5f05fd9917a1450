import assert from 'node:assert/strict';
import { mentionsTensorFlow } from '../../../src/protocol/mentions';

describe('mentionsTensorFlow', () => {
  for (const text of [
    "import * as tf from '@tensorflow/tfjs';",
    "import { layers } from '@tensorflow/tfjs-layers';",
    'const tf = require("@tensorflow/tfjs-node-gpu")',
    '<script src="https://cdn/tfjs@4.22.0/dist/tf.min.js">',
    'const model = tf.sequential();',
    'model.add(tf\n  .layers.dense({ units: 1 }))',
    'const { layers, sequential } = tf;',
    'buildModel(tf, 10)',
    'const f = (tf) => tf.layers',
    'tf["layers"]',
  ]) {
    it(`says yes to ${JSON.stringify(text)}`, () => assert.equal(mentionsTensorFlow(text), true));
  }

  for (const text of ['', 'const shelf = { layers: [] };', 'leaf.layers', "import ts from 'typescript'", 'gtf.model']) {
    it(`says no to ${JSON.stringify(text)}`, () => assert.equal(mentionsTensorFlow(text), false));
  }

  it('looks at the first million characters only', () => {
    assert.equal(mentionsTensorFlow(`${' '.repeat(1_000_000)}@tensorflow/tfjs`), false);
  });
});
