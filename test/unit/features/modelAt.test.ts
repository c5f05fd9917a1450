import assert from 'node:assert/strict';
import type { ModelRead, Reading, Site } from '../../../src/model/reading';
import { modelAt, sitesOn } from '../../../src/features/modelAt';
import { model, reading, site, spanOf } from './handmade';

const text = `import * as tf from '@tensorflow/tfjs';
function helper() { return tf.layers.dense({ units: 1 }); }
function createA() {
  const a = tf.sequential({ layers: [helper()] });
  return a;
}
function createB() {
  const inner = tf.sequential({ layers: [tf.layers.flatten()] });
  const outer = tf.model(inner);
  return outer;
}
`;

const scope = (name: string): { start: number; end: number } => {
  const { start } = spanOf(text, `function ${name}`);
  return { start, end: text.indexOf('\n}', start) + 2 };
};

const graphOf = (...sites: Site[]): ModelRead['graph'] => ({
  name: 'm',
  kind: 'sequential',
  layers: sites.map(({ id, className, factory }, index) => ({
    name: `layer${index}`,
    className,
    factory,
    options: {},
    site: { id, call: 0, of: 1, line: 1 },
  })),
  nodes: [],
  inputs: [],
  outputs: [],
});

const dense = site(text, 'tf.layers.dense({ units: 1 })', { factory: 'dense', className: 'Dense' });
const flatten = site(text, 'tf.layers.flatten()', { factory: 'flatten', className: 'Flatten' });
const a = model(text, 'tf.sequential({ layers: [helper()] })', { title: 'createA', scope: scope('createA'), graph: graphOf(dense) });
const inner = model(text, 'tf.sequential({ layers: [tf.layers.flatten()] })', {
  title: 'inner',
  scope: scope('createB'),
  graph: graphOf(flatten),
});
const outer = model(text, 'tf.model(inner)', {
  title: 'createB',
  scope: scope('createB'),
  graph: { ...graphOf(), layers: [{ name: 'inner', className: 'Sequential', factory: 'model', options: {}, model: inner.graph }] },
});
const whole = reading({ sites: [dense, flatten], models: [a, inner, outer] });

/** The caret's offset and its line, for the `$0` before `word`. */
const caret = (word: string, nth = 0): [number, { start: number; end: number }] => {
  const offset = spanOf(text, word, nth).start;
  return [offset, { start: text.lastIndexOf('\n', offset - 1) + 1, end: text.indexOf('\n', offset) }];
};

const titleAt = (read: Reading, word: string, nth = 0): string => {
  const meant = modelAt(read, ...caret(word, nth));
  return 'model' in meant ? meant.model.title : meant.reason;
};

describe('the model that a caret means', () => {
  it('is the one whose call or function it is in', () => {
    assert.equal(titleAt(whole, 'sequential'), 'createA');
    assert.equal(titleAt(whole, 'return a'), 'createA');
    assert.equal(titleAt(whole, 'tf.model'), 'createB');
    assert.equal(titleAt(whole, 'return outer'), 'createB');
  });

  it('is the one that the layer on the line is part of', () => {
    assert.equal(titleAt(whole, 'tf.layers.dense'), 'createA');
    assert.equal(titleAt(whole, 'return tf.layers'), 'createA');
  });

  it('is, of several in one function, the last before the caret', () => {
    assert.equal(titleAt(whole, 'const inner'), 'createB');
    assert.equal(titleAt(whole, 'tf.layers.flatten'), 'inner');
  });

  it('is the only one of its file wherever the caret is', () => {
    assert.equal(titleAt(reading({ models: [a] }), 'import'), 'createA');
    assert.equal(
      titleAt(
        reading({
          models: [
            { ...a, when: 'x' },
            { ...a, when: 'not x' },
          ],
        }),
        'import',
      ),
      'createA',
    );
  });

  it('is one that can be run rather than one that is refused', () => {
    const refused = { ...a, title: 'refused', error: 'no' };
    assert.equal(titleAt(reading({ models: [refused, a] }), 'sequential'), 'createA');
    assert.equal(titleAt(reading({ models: [refused] }), 'sequential'), 'refused');
  });

  it('is none, with the reason, where it could be any', () => {
    assert.equal(titleAt(whole, 'import'), "The caret is in none of this file's models. Put it into one of: createA, inner, createB.");
    assert.match(titleAt(reading({}), 'import'), /defines no model/);
    assert.match(titleAt(reading({ sites: [dense] }), 'import'), /^A layer is made in this file, but no call/);
    assert.match(titleAt(reading({ limits: ['step budget used up'] }), 'import'), /stopped: step budget used up/);
  });
});

describe('the layers that a caret means', () => {
  const factories = (word: string, nth = 0): readonly string[] => sitesOn(whole, ...caret(word, nth)).map(({ factory }) => factory);

  it('are those of its line, the one under it first', () => {
    assert.deepEqual(factories('units: 1'), ['dense']);
    assert.deepEqual(factories('function helper'), ['dense']);
    assert.deepEqual(factories('import'), []);
    assert.deepEqual(factories('return outer'), []);
  });
});
