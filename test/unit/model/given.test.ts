import assert from 'node:assert/strict';
import { readTyped, restoreGiven, showGiven, suggestedFor, withGiven } from '../../../src/model/given';

const size = { name: 'numClasses', reason: '', isSize: true };
const option = { name: 'config.rate', reason: '', isSize: false };

describe('what a person gives for a name that the source leaves open', () => {
  it('is a positive whole number where shapes depend on it, or a list of them', () => {
    assert.deepEqual(readTyped(' 10 ', size), { value: 10 });
    assert.deepEqual(readTyped('[3, 3]', size), { value: [3, 3] });
    for (const typed of ['', '0', '-1', '2.5', 'ten', '[3,', '[]', '1e30', '3, 3', 'NaN', 'Infinity', '[3, 0]'])
      assert.ok('refusal' in readTyped(typed, size), typed);
  });

  it('is any value elsewhere', () => {
    assert.deepEqual(readTyped('0.5', option), { value: 0.5 });
    assert.deepEqual(readTyped('-.5e1', option), { value: -5 });
    assert.deepEqual(readTyped('true', option), { value: true });
    assert.deepEqual(readTyped("'relu'", option), { value: 'relu' });
    assert.deepEqual(readTyped('relu', option), { value: 'relu' });
    assert.ok('refusal' in readTyped('  ', option));
    assert.ok('refusal' in readTyped('x'.repeat(201), option));
  });

  it('is suggested in a form that is taken', () => {
    const names = [
      'numClasses',
      'vocabSize',
      'opts.seqLen',
      'filters',
      'dims[0]',
      'hiddenUnits',
      'x',
      'kernelSize',
      'config.activation',
      'rate',
    ];
    for (const name of names)
      for (const isSize of [true, false]) {
        const open = { name, reason: '', isSize };
        assert.ok('value' in readTyped(suggestedFor(open), open), name);
      }
    assert.equal(suggestedFor(size), '10');
    assert.equal(suggestedFor(option), '0.5');
  });

  it('is shown as it would be written', () => {
    assert.equal(showGiven({ name: 'kernel', value: [3, 3] }), 'kernel = [3, 3]');
    assert.equal(showGiven({ name: 'useBias', value: false }), 'useBias = false');
  });

  it('is remembered by name, and what is remembered is checked', () => {
    const given = withGiven(withGiven([{ name: 'a', value: 1 }], { name: 'b', value: 2 }), { name: 'a', value: 3 });
    assert.deepEqual(given, [
      { name: 'b', value: 2 },
      { name: 'a', value: 3 },
    ]);
    assert.deepEqual(
      restoreGiven([...given, { name: 'c' }, null, { name: 4, value: 1 }, { name: 'd', value: {} }, { name: 'e', value: NaN }]),
      given,
    );
    assert.deepEqual(restoreGiven('nothing'), []);
  });
});
