import assert from 'node:assert/strict';
import { unitsSentence, unitsText } from '../../../webview/state/unitWords';
import type { UnitReport } from '../../../webview/engine/contract/units';

const report: UnitReport = {
  units: 64,
  inputs: 2,
  seen: 1568,
  dead: [4, 9, 60],
  copies: [
    [1, 7],
    [2, 3, 5],
  ],
  cut: false,
};

describe('words of dead and duplicate units', () => {
  it('count them for the list', () => {
    assert.equal(unitsText(report), '3 of 64 dead, 3 duplicates');
    assert.equal(unitsText({ ...report, dead: [], copies: [[1, 7]] }), '1 duplicate');
    assert.equal(unitsText({ ...report, dead: [], copies: [] }), undefined);
    assert.equal(unitsText({ ...report, dead: [], cut: true }), 'at least 3 duplicates');
  });

  it('say which, over how many inputs, and that weights are random where they are', () => {
    assert.equal(
      unitsSentence('conv1', report, { kind: 'fresh', seed: 42 }),
      '3 of 64 units of conv1 are zero everywhere (4, 9, 60). 3 of 64 units of conv1 are duplicates of others (1 = 7; 2 = 3 = 5). ' +
        'This was seen over 2 inputs, with fresh random weights (seed 42).',
    );
    assert.equal(
      unitsSentence('conv1', { ...report, inputs: 1, copies: [] }, { kind: 'none' }),
      '3 of 64 units of conv1 are zero everywhere (4, 9, 60). This was seen over 1 input.',
    );
    assert.equal(unitsSentence('conv1', { ...report, dead: [], copies: [] }, undefined), undefined);
  });

  it('name eight units at most', () => {
    const many = { ...report, dead: Array.from({ length: 20 }, (_, k) => k), copies: [] };
    assert.match(unitsSentence('c', many, undefined) ?? '', /\(0, 1, 2, 3, 4, 5, 6, 7 and 12 more\)/);
  });
});
