import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { accuracyOn, HELD_OUT_SEED, SHIPPED_SEED } from '../../../scripts/train-lenet/data';
import { drawDigit } from '../../../scripts/train-lenet/drawing';
import { structureOf } from '../../../scripts/train-lenet/network';
import { Random } from '../../../scripts/train-lenet/random';
import type { ModelGraph } from '../../../src/model/graph';
import { compile } from '../../../webview/engine/build/compile';
import { digitValues } from '../../../webview/engine/inputs/digits';
import { takesDigit } from '../../../webview/engine/run/feeds';
import { shippedWeights, type ShippedNote } from '../../../webview/engine/weights/shipped';
import { chain, input, layer, lenet } from '../support/graphs';
import { shippedDigit, shippedLenet } from '../support/reference';

const root = join(__dirname, '../../../webview');
const readFile = (name: string): Promise<ArrayBuffer> => Promise.resolve(new Uint8Array(readFileSync(join(root, name))).buffer);
const note = JSON.parse(readFileSync(join(root, 'assets/lenet5.json'), 'utf8')) as ShippedNote;

describe('shipped LeNet-5', () => {
  before(() => tf.setBackend('cpu'));

  it('knows all ten shipped digits', () => {
    const model = shippedLenet();
    for (let digit = 0; digit < 10; digit++) {
      const scores = [...(model.predict(shippedDigit(digit)) as tf.Tensor).dataSync()];
      assert.equal(scores.indexOf(Math.max(...scores)), digit);
    }
  });

  it('is as good as its note says', () => {
    // The first 300 of the drawings that the note counted; its own share of right ones is within two of a hundred.
    const accuracy = accuracyOn(shippedLenet(), HELD_OUT_SEED, 300);
    assert.ok(Math.abs(accuracy - note.heldOut.accuracy) <= 0.02, `${accuracy}, noted ${note.heldOut.accuracy}`);
    assert.ok(note.heldOut.drawings >= 1000 && note.heldOut.accuracy > 0.97);
  });

  it('is noted as the script notes it: structure, weights, training', () => {
    const model = shippedLenet();
    assert.deepEqual(note.structure, JSON.parse(JSON.stringify(structureOf(model))));
    assert.deepEqual(
      note.weights,
      model.getWeights().map((weight) => weight.shape),
    );
    assert.equal(readFileSync(join(root, 'assets/lenet5.weights.bin')).length, 61_706 * 4);
  });

  it('comes with the digits that the script draws', () => {
    const random = new Random(SHIPPED_SEED);
    const drawn = Array.from({ length: 10 }, (_, digit) => [...drawDigit(digit, random)].map((value) => Math.round(value * 255))).flat();
    assert.deepEqual([...readFileSync(join(root, 'assets/digits.bin'))], drawn);
  });

  it('is given to every model of its structure, whatever the names', async () => {
    const renamed = lenet();
    const other = { ...renamed, layers: renamed.layers.map((one, k) => ({ ...one, name: `layer_${k}` })) };
    const dense: ModelGraph = chain('dense', [
      ...lenet().layers.slice(0, 5),
      layer('flatten', 'flatten'),
      layer('c5', 'dense', { units: 120, activation: 'tanh' }),
      layer('drop', 'dropout', { rate: 0.5 }, { className: 'Dropout' }),
      ...lenet().layers.slice(7),
    ]);
    for (const model of [lenet(), other, dense]) {
      const shipped = await shippedWeights(compile(model), readFile);
      assert.deepEqual(
        shipped?.values.map((values) => values.length),
        [150, 6, 2400, 16, 48_000, 120, 10_080, 84, 840, 10],
      );
    }
  });

  it('is kept from models that compute something else', async () => {
    const [first, ...rest] = lenet().layers;
    const max = rest.map((one) =>
      one.factory === 'averagePooling2d' ? { ...one, factory: 'maxPooling2d', className: 'MaxPooling2D' } : one,
    );
    const sigmoid = rest.map((one) => (one.name === 'f6' ? { ...one, options: { ...one.options, activation: 'sigmoid' } } : one));
    for (const model of [
      lenet('relu'),
      chain('max', [first!, ...max]),
      chain('sigmoid', [first!, ...sigmoid]),
      chain('tiny', [input(4), layer('d', 'dense', { units: 1 })]),
    ])
      assert.equal(await shippedWeights(compile(model), readFile), undefined, model.name);
  });

  it('has digits for pictures of 32×32 and, without their margin, of 28×28', () => {
    const digits = new Uint8Array(readFileSync(join(root, 'assets/digits.bin')));
    assert.equal(takesDigit(compile(lenet())), true);
    assert.equal(takesDigit(compile(chain('mnist', [input(28, 28, 1)]))), true);
    assert.equal(takesDigit(compile(chain('color', [input(32, 32, 3)]))), false);
    const [whole, inner] = [digitValues(digits, 7, 32), digitValues(digits, 7, 28)];
    assert.deepEqual([whole.length, inner.length], [32 * 32, 28 * 28]);
    assert.ok(Math.max(...whole) <= 1 && Math.max(...whole) > 0.5);
    for (let digit = 0; digit < 10; digit++) {
      const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
      assert.ok(sum(digitValues(digits, digit, 28)) > 0.98 * sum(digitValues(digits, digit, 32)), `${digit} loses nothing of note`);
    }
  });
});
