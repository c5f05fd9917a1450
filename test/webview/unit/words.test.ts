import assert from 'node:assert/strict';
import { phaseText, showSizes, showTime, showValue } from '../../../webview/views/words';

describe('words of the panel', () => {
  it('show values with three digits and a true minus', () => {
    assert.deepEqual([0, 0.28, -0.871, 1.5, 12.345, 1234.5, 123456.7, 0.00002, -3e-7, 1, 100, NaN, Infinity, -Infinity].map(showValue), [
      '0',
      '0.28',
      '−0.871',
      '1.5',
      '12.35',
      '1,235',
      '123,457',
      '2.0e-5',
      '−3.0e-7',
      '1',
      '100',
      'NaN',
      '∞',
      '−∞',
    ]);
  });

  it('show times as people say them', () => {
    assert.deepEqual([0.04, 0.4, 9.94, 9.96, 18.4, 999.4, 999.6, 2340].map(showTime), [
      '0.0 ms',
      '0.4 ms',
      '9.9 ms',
      '10 ms',
      '18 ms',
      '999 ms',
      '1.0 s',
      '2.3 s',
    ]);
  });

  it('say what the panel is at, without a size that is not known yet', () => {
    assert.equal(phaseText({ kind: 'filling', done: 0, total: 0 }), 'Filling weights');
    assert.equal(phaseText({ kind: 'filling', done: 15.9e6, total: 553e6 }), 'Filling weights, 15.9 MB of 553 MB');
    assert.equal(phaseText({ kind: 'running', done: 24, total: 25 }), 'Running layer 25 of 25');
    assert.equal(phaseText({ kind: 'ready' }), '');
  });

  it('show shapes without their batch', () => {
    assert.deepEqual([[1, 28, 28, 6], [1, 10], [1], undefined].map(showSizes), ['28×28×6', '10', 'scalar', '?']);
  });
});
