import assert from 'node:assert/strict';
import { foldsOf } from '../../../src/extension/readables/folds';

describe('folds of a document for reading', () => {
  const of = (lines: string): unknown => foldsOf([...lines].map((line) => (line === 's' ? { isFoldable: true } : {})));

  it('are stretches of three lines and more, to the end as well', () => {
    assert.deepEqual(of('..sss.ssss'), [
      { start: 2, end: 4 },
      { start: 6, end: 9 },
    ]);
  });

  it('are none where there is little to fold', () => {
    assert.deepEqual(of(''), []);
    assert.deepEqual(of('ss.s.'), []);
  });
});
