import assert from 'node:assert/strict';
import { ts } from 'ts-morph';
import { bystanders } from '../../../src/reader/syntax/bystanders';
import { readSource } from '../../support/readSource';

/** The names of a module's functions that are found to be of no matter. */
function leftOut(source: string, isShared = false): readonly string[] {
  const file = ts.createSourceFile('/main.ts', source, ts.ScriptTarget.ES2022, true);
  const cannotMatter = bystanders(file, isShared);
  return file.statements.flatMap((one) =>
    (ts.isFunctionDeclaration(one) || ts.isClassDeclaration(one)) && one.name && cannotMatter(one) ? [one.name.text] : [],
  );
}

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";

describe('functions that cannot matter', () => {
  it('share no name with anything that comes to TensorFlow.js', () => {
    assert.deepEqual(
      leftOut(`${HEAD}export function build() { return tf.sequential(); }\nexport function format(n: number) { return n + 'px'; }`),
      ['format'],
    );
  });

  it('are none where one of their names leads there through others', () => {
    const chain = `${HEAD}const size = 3;\nfunction build() { return tf.input({ shape: [size] }); }\nfunction a() { return b(); }\nfunction b() { return size; }\nfunction c() { return 1; }`;
    assert.deepEqual(leftOut(chain), ['c']);
  });

  it('are none where they assign or share what a builder reads', () => {
    assert.deepEqual(
      leftOut(`${HEAD}let units = 1;\nfunction grow() { units = 8; }\nexport const net = () => tf.layers.dense({ units });`),
      [],
    );
    assert.deepEqual(leftOut(`${HEAD}function grow() { units = 8; }\nexport const net = () => tf.layers.dense({ units });`), []);
  });

  it('are none in scripts, and none that reach for TensorFlow.js or other files by themselves', () => {
    assert.deepEqual(leftOut('function format() { return 1; }'), []);
    const doors = ['window.tf.input({})', "window['tf']", "require('./net')", "import('./net')", 'helper()'];
    for (const door of doors) assert.deepEqual(leftOut(`import { helper } from './helper';\nfunction f() { return ${door}; }`), [], door);
  });

  it('are none where other files hold what they share', () => {
    const source = `${HEAD}const state = { model: undefined };\nexport { state };\nfunction f() { return state.model; }\nexport class C { run() {} }\nfunction g() {}`;
    assert.deepEqual(leftOut(source), ['f', 'C', 'g']);
    assert.deepEqual(leftOut(source, true), ['g']);
  });

  it('are none where they state shapes', () => {
    assert.deepEqual(leftOut(`${HEAD}function f(n: number) {\n  // @shape n = 3\n  return n;\n}`), []);
  });

  it('spend no step and set no limit', () => {
    const slow = 'export function slow() { for (let i = 0; i < 1e9; i++) for (let j = 0; j < 1e9; j++) {} }';
    const reading = readSource(`${HEAD}${slow}\nexport const create = () => tf.layers.dense({ units: 3, inputShape: [2] });`, {
      stepBudget: 500,
    });
    assert.deepEqual(reading.limits, []);
    assert.equal(reading.sites.length, 1);
  });
});
