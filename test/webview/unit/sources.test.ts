import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ModelGraph } from '../../../src/model/graph';
import { compile } from '../../../webview/engine/build/compile';
import type { FeedInfo, FeedInput, InputChoice } from '../../../webview/engine/contract/input';
import { describeFeeds } from '../../../webview/engine/describe';
import { digitValues } from '../../../webview/engine/inputs/digits';
import { feedTensors, inputName } from '../../../webview/engine/run/feeds';
import { layoutOf, refolded } from '../../../webview/draw/layout';
import { chosenFor, inputFor, inputOfSource, restoreSource, type Held, type Source } from '../../../webview/state/sources';
import { exampleText, missingText, sourceText } from '../../../webview/views/input/words';
import { chain, input, layer } from '../support/graphs';

const DIGITS = readFileSync('webview/assets/digits.bin');
const readFile = (): Promise<ArrayBuffer> => Promise.resolve(Uint8Array.from(DIGITS).buffer);

/** The values of a model's only feed. */
const fed = async (graph: ModelGraph, choice: InputChoice, batch = 1): Promise<{ shape: number[]; values: number[] }> => {
  const [tensor] = await feedTensors(compile(graph, { batch, sizes: {} }), choice, readFile);
  assert.ok(tensor);
  const values = [...tensor.dataSync<'float32'>()];
  tensor.dispose();
  return { shape: tensor.shape, values };
};

const feedOf = (graph: ModelGraph): FeedInfo => {
  const [feed] = describeFeeds(compile(graph));
  assert.ok(feed);
  return feed;
};

const mnist = chain('mnist', [input(28, 28, 1)]);
const colour = chain('colour', [input(8, 6, 3)]);
const vector = chain('vector', [input(3)]);
const words = chain('words', [input(4), layer('e', 'embedding', { inputDim: 10, outputDim: 4 })]);

describe('what is fed in', () => {
  before(() => tf.setBackend('cpu'));

  it('is a batch of the digits that follow one another', async () => {
    const { shape, values } = await fed(mnist, { kind: 'digit', digit: 8 }, 4);
    assert.deepEqual(shape, [4, 28, 28, 1]);
    [8, 9, 0, 1].forEach((digit, k) => {
      assert.deepEqual(values.slice(k * 784, (k + 1) * 784), [...digitValues(new Uint8Array(DIGITS), digit, 28)]);
    });
  });

  it('is a batch of consecutive seeds, each as it is by itself', async () => {
    for (const graph of [colour, words]) {
      const { values } = await fed(graph, { kind: 'random', seed: 5 }, 2);
      const alone = await Promise.all([5, 6].map((seed) => fed(graph, { kind: 'random', seed })));
      assert.deepEqual(
        values,
        alone.flatMap((one) => one.values),
      );
      assert.notDeepEqual(alone[0]?.values, alone[1]?.values);
    }
    assert.ok((await fed(words, { kind: 'random', seed: 1 })).values.every((value) => Number.isInteger(value) && value >= 0 && value < 10));
  });

  it('is the same values in each example, or zeros', async () => {
    const values = Float32Array.of(1, 2, 3);
    const one = { kind: 'values', name: 'v', values, gray: false } as const;
    assert.deepEqual(await fed(vector, one, 2), { shape: [2, 3], values: [1, 2, 3, 1, 2, 3] });
    assert.deepEqual((await fed(vector, { kind: 'zeros' }, 2)).values, [0, 0, 0, 0, 0, 0]);
    // Values of another input's size are no values of this one.
    assert.deepEqual(await fed(colour, one), await fed(colour, { kind: 'random', seed: 0 }));
    assert.deepEqual(await fed(colour, { kind: 'digit', digit: 1 }), await fed(colour, { kind: 'random', seed: 0 }));
  });

  it('leaves no tensors behind, and has a name that is as long as a person reads', async () => {
    const before = tf.memory().numTensors;
    await fed(mnist, { kind: 'digit', digit: 1 }, 2);
    assert.equal(tf.memory().numTensors, before);
    assert.ok(inputName({ kind: 'values', name: 'pixels 1', values: new Float32Array(1000), gray: true }).length < 80);
  });
});

describe('open sizes', () => {
  it('are the usual ones, or those that a person chose', () => {
    const graph = chain('open', [input(null, null, 3)]);
    assert.deepEqual(compile(graph, { batch: 2, sizes: { input: [64, 48] } }).feeds[0]?.shape, [2, 64, 48, 3]);
    assert.deepEqual(compile(graph, { batch: 1, sizes: { input: [64] } }).feeds[0]?.shape, [1, 64, 224, 3]);
    assert.deepEqual(compile(graph, { batch: 1, sizes: { input: [-4, 0.5], other: [3] } }).feeds[0]?.shape, [1, 224, 224, 3]);
    assert.deepEqual(compile(colour, { batch: 1, sizes: { input: [64, 48, 4] } }).feeds[0]?.shape, [1, 8, 6, 3]);
  });
});

describe('an example of a batch', () => {
  it('lies behind the ones before it, however it is drawn', () => {
    assert.equal(layoutOf([4, 5, 6, 7], false, 2).offset, 2 * 5 * 6 * 7);
    assert.equal(layoutOf([4, 7, 5, 6], true, 3).offset, 3 * 5 * 6 * 7);
    assert.equal(layoutOf([4, 300], false, 1).offset, 300);
    assert.equal(refolded(layoutOf([4, 300], false, 1), 50).offset, 300);
    // A layer that makes one example of all.
    assert.equal(layoutOf([1, 300], false, 3).offset, 0);
  });
});

describe('the choice for an input', () => {
  const picture: Source = { kind: 'picture', fit: 'crop', range: '0-1', inverted: false };
  const held: Held = { picture: { name: 'cat.png', pixels: { width: 1, height: 1, data: Uint8ClampedArray.of(255, 0, 0, 255) } } };

  it('holds where the input takes it; else a digit, or random values', () => {
    assert.deepEqual(chosenFor(feedOf(mnist), undefined, undefined, 4), { kind: 'digit', digit: 7 });
    assert.deepEqual(chosenFor(feedOf(colour), { kind: 'digit', digit: 3 }, undefined, 4), { kind: 'random', seed: 4 });
    assert.deepEqual(chosenFor(feedOf(colour), picture, undefined, 4), { kind: 'random', seed: 4 });
    assert.deepEqual(chosenFor(feedOf(colour), picture, held, 4), picture);
    assert.deepEqual(chosenFor(feedOf(vector), picture, held, 4), { kind: 'random', seed: 4 });
    const typed: Source = { kind: 'typed', text: '1 2 3' };
    assert.deepEqual(chosenFor(feedOf(vector), typed, undefined, 4), typed);
    assert.deepEqual(chosenFor(feedOf(words), typed, undefined, 4), { kind: 'random', seed: 4 });
  });

  it('adapts where an edit changes the size of the input', () => {
    const values = (graph: ModelGraph, from: Source, of: Held): FeedInput => inputOfSource(feedOf(graph), from, of);
    const fedIn = values(colour, picture, held);
    assert.ok(fedIn.kind === 'values');
    assert.deepEqual([...fedIn.values.slice(0, 6)], [1, 0, 0, 1, 0, 0]);
    assert.equal(fedIn.values.length, 8 * 6 * 3);
    assert.equal(values(colour, picture, held), fedIn, 'nothing is computed twice');
    const ink = { drawing: { side: 28, values: new Float32Array(784).fill(1) } };
    const small = values(chain('small', [input(14, 14, 1)]), { kind: 'drawing' }, ink);
    assert.ok(small.kind === 'values' && small.values.length === 196 && small.values.every((value) => Math.abs(value - 1) < 1e-6));
  });

  it('is one for each input, whatever they are called', () => {
    const feeds = [
      { ...feedOf(vector), name: 'constructor' },
      { ...feedOf(mnist), name: 'b' },
    ];
    assert.deepEqual(
      inputFor(feeds, { b: { kind: 'zeros' } }, () => undefined, 9),
      { kind: 'each', feeds: [{ kind: 'random', seed: 9 }, { kind: 'zeros' }] }, // prettier-ignore
    );
  });

  it('is remembered, and read with care', () => {
    const all: Source[] = [
      picture,
      { kind: 'digit', digit: 0 },
      { kind: 'random', seed: -3 },
      { kind: 'zeros' },
      { kind: 'drawing' },
      { kind: 'typed', text: '1' },
    ];
    for (const one of all) assert.deepEqual(restoreSource(JSON.parse(JSON.stringify(one))), one);
    for (const one of [
      null,
      3,
      {},
      { kind: 'digit', digit: 10 },
      { kind: 'random', seed: 0.5 },
      { kind: 'typed' },
      { kind: 'picture', range: '0-7' },
    ])
      assert.equal(restoreSource(one), undefined);
  });

  it('is said in words', () => {
    assert.equal(sourceText(feedOf(mnist), { kind: 'digit', digit: 7 }, undefined), 'digit 7 · 28×28×1 · 0-1');
    assert.equal(sourceText(feedOf(words), { kind: 'random', seed: 4 }, undefined), 'random whole numbers below 10 · seed 4 · 4');
    assert.equal(
      sourceText(feedOf(colour), { ...picture, range: 'mean' }, held),
      "cat.png · 8×6×3 · 0 to 255 minus ImageNet's mean 123.68, 116.78, 103.94 (RGB)",
    );
    assert.equal(missingText(picture, { kind: 'random', seed: 0 }), 'picture, choose again');
    assert.equal(missingText(picture, picture), undefined);
    assert.equal(exampleText({ kind: 'digit', digit: 8 }, 3), 'digit 1');
    assert.equal(exampleText({ kind: 'random', seed: 8 }, 3), 'seed 11');
    assert.equal(exampleText({ kind: 'zeros' }, 3), 'example 4');
  });
});
