import assert from 'node:assert/strict';
import type { Prediction } from '../../../webview/engine/contract/predictions';
import { readClassNames } from '../../../webview/state/classNames';
import { kindText, namesTrouble, percent, ranked, scoreText } from '../../../webview/views/predictions/words';
import { firstBroken, signalText, type Deviation } from '../../../webview/views/status/words';

const prediction = (kind: Prediction['kind'], values: readonly number[]): Prediction => ({ key: 'out@3', name: 'out', kind, values });

describe('words about predictions', () => {
  it('rank values, with names where there are any, and NaN last', () => {
    const scores = ranked(prediction('softmax', [0.2, NaN, 0.7, 0.1]), ['a', 'b', 'c', 'd']);
    assert.deepEqual(
      scores.map(({ name }) => name),
      ['c', 'a', 'd', 'b'],
    );
    assert.equal(ranked(prediction('softmax', [0.2, 0.8]), undefined)[0]?.name, 'class 1');
    assert.equal(ranked(prediction('values', [21.5]), undefined)[0]?.name, 'value');
  });

  it('print parts as percentages and raw values as they are, and say which they are', () => {
    const [first] = ranked(prediction('values', [-3, 21.5]), undefined);
    assert.ok(first);
    assert.equal(scoreText(prediction('values', [-3, 21.5]), first), '21.5');
    assert.equal(scoreText(prediction('sigmoid', [0.25]), { index: 0, name: '', value: 0.25 }), '25 %');
    assert.deepEqual([1, 0.99999, 0.98, 0.004, NaN].map(percent), ['100 %', '>99.9 %', '98 %', '0.4 %', 'NaN']);
    assert.equal(kindText(prediction('softmax', [1])), undefined);
    assert.match(kindText(prediction('values', [1, 2])) ?? '', /^no softmax: raw values/);
    assert.match(kindText(prediction('sigmoid', [1, 2])) ?? '', /each class by itself/);
  });

  it('say where a file of names does not fit', () => {
    assert.equal(namesTrouble('a.txt', 10, 10), undefined);
    assert.equal(namesTrouble('a.txt', 1001, 1000), 'a.txt has 1,001 names, the output 1,000 values: they are not used.');
  });
});

describe('a file of class names', () => {
  it('is a list, an object either way round, or lines', () => {
    const names = ['cat', 'dog'];
    for (const text of [
      '["cat", "dog"]',
      '{"1": "dog", "0": "cat"}',
      '{"0": ["n02", "cat"], "1": ["n03", "dog"]}',
      '{"dog": 1, "cat": 0}',
      'cat\r\ndog\r\n\r\n',
      '\uFEFFcat\ndog',
    ])
      assert.deepEqual(readClassNames(text), names, text);
  });

  it('is refused with a sentence where it is none', () => {
    assert.throws(() => readClassNames(''), /holds no names/);
    assert.throws(() => readClassNames('{"a": '), /begins like JSON, but is none/);
    assert.throws(() => readClassNames('[1, {}]'), /no name/);
    assert.throws(() => readClassNames('{"0": "a", "2": "b"}'), /indices in the file are not 0, 1, 2/);
    assert.throws(() => readClassNames('{"a": 0, "b": 0}'), /indices/);
    assert.throws(() => readClassNames('a\n'.repeat(100_001)), /100,001 names/);
    assert.equal(readClassNames('x'.repeat(1000))[0]?.length, 80);
  });
});

describe('words about the signal', () => {
  const layers = (...stds: readonly number[]): Deviation[] => stds.map((std, k) => ({ key: `l${k}`, name: `l${k}`, std, broken: 0 }));

  it('say that it shrinks, grows, keeps its size, or is gone', () => {
    assert.equal(signalText(layers(1, 0.1, 0.01)), 'The signal shrinks from 1 at l0 to 0.01 at l2: to 10 % a layer.');
    assert.equal(signalText(layers(1, 4, 16)), 'The signal grows from 1 at l0 to 16 at l2: by a factor of 4 a layer.');
    assert.equal(signalText(layers(1, 3, 2)), 'The signal keeps its size, from 1 at l0 to 2 at l2.');
    assert.match(signalText(layers(1, 0, 0)), /^From l1 on the signal is gone/);
    assert.equal(signalText(layers(1)), '');
    assert.equal(signalText(layers(NaN, NaN)), '');
  });

  it('name the first layer that is broken', () => {
    const [a, b, c] = layers(1, 2, 3);
    assert.ok(a && b && c);
    assert.equal(firstBroken([a, { ...b, broken: 2 }, { ...c, broken: 9 }])?.name, 'l1');
    assert.equal(firstBroken([a, b, c]), undefined);
  });
});
