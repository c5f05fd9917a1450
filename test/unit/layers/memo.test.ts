import assert from 'node:assert/strict';
import { Memo, structureOf } from '../../../src/layers/memo';

/** Asks for keys in turn and says which had to be made. */
const asker = (memo: Memo<string>) => {
  const made: string[] = [];
  const ask = (...keys: string[]): string[] => {
    made.length = 0;
    for (const key of keys) {
      const answer = memo.get(key, () => {
        made.push(key);
        return `for ${key}`;
      });
      assert.equal(answer, `for ${key}`);
    }
    return [...made];
  };
  return ask;
};

describe('answers that are kept', () => {
  it('are made once', () => {
    assert.deepEqual(asker(new Memo(3, 1000))('a', 'b', 'a', 'b'), ['a', 'b']);
  });

  it('go when they were not asked for longest', () => {
    const ask = asker(new Memo(3, 1000));
    ask('a', 'b', 'c', 'a', 'd');
    assert.deepEqual(ask('a', 'c', 'd'), []);
    assert.deepEqual(ask('b'), ['b']);
  });

  it('go when their keys take too much room, and a key that would take most of it is not kept at all', () => {
    const ask = asker(new Memo(100, 40));
    const keys = Array.from({ length: 6 }, (_, index) => `${index}`.repeat(8));
    ask(...keys);
    assert.deepEqual(ask(...keys.slice(1)), []);
    assert.deepEqual(ask(keys[0]!), [keys[0]]);
    const long = 'x'.repeat(11);
    assert.deepEqual(ask(long, long), [long, long]);
    assert.deepEqual(ask(''), ['']);
    assert.deepEqual(ask(''), ['']);
  });
});

describe('structures', () => {
  it('have different texts when a layer could tell them apart', () => {
    const values = [
      null,
      undefined,
      NaN,
      Infinity,
      -Infinity,
      0,
      '',
      'NaN',
      '\0NaN',
      '\0\0NaN',
      '\0undefined',
      [],
      {},
      [null],
      [[]],
      { a: undefined },
      { a: null },
      'null',
      true,
    ];
    const texts = values.map((value) => structureOf({ value }));
    assert.equal(new Set(texts).size, values.length, texts.join('\n'));
  });

  it('have none when they are circles', () => {
    const circle: { next?: unknown } = {};
    circle.next = circle;
    assert.equal(structureOf(circle), '');
  });
});
