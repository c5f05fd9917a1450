import assert from 'node:assert/strict';
import type { Built, WeightsInfo } from '../../../webview/engine/contract/program';
import { evidence } from '../../../webview/state/unitWords';
import { isTrained, weightsBadge, weightsTitle } from '../../../webview/views/words';

const built = (weights: WeightsInfo): Built =>
  ({ weights, need: { parameters: 1000, weights: 4000, activations: 0, working: 0, largest: 0 } }) as Built;

const shipped = { kind: 'shipped', accuracy: 0.999, drawings: 2000, edited: false, parameters: 1000, fresh: 0, of: 10 } as const;
const loaded = { kind: 'loaded', file: 'model.json', parameters: 1000, fresh: 0, of: 10 } as const;

describe('the badge of weights', () => {
  const told = (weights: WeightsInfo): readonly [string, boolean] => [weightsBadge(built(weights)), isTrained(built(weights))];

  it('calls weights trained only while all of them are, and verdicts follow it', () => {
    assert.deepEqual(told(shipped), ['trained, shipped', true]);
    assert.deepEqual(told({ ...shipped, edited: true }), ['shipped, model edited', true]);
    assert.deepEqual(told({ ...shipped, edited: true, parameters: 900, fresh: 2 }), ['partly fresh: 2 of 10 weights', false]);
    assert.deepEqual(told(loaded), ['from model.json', true]);
    assert.deepEqual(told({ ...loaded, parameters: 10, fresh: 9 }), ['partly fresh: 9 of 10 weights', false]);
    assert.deepEqual(told({ kind: 'fresh', seed: 1 }), ['fresh random weights', false]);
    assert.deepEqual(told({ kind: 'none' }), ['no weights', false]);
  });

  it('says at length what is fresh, and promises nothing of an edited model', () => {
    const edited = { ...shipped, edited: true };
    assert.match(
      weightsTitle(built({ ...edited, parameters: 900, fresh: 2 })),
      /^900 of 1,000 parameters are shipped, trained ones; the others are fresh/,
    );
    assert.match(
      weightsTitle(built({ ...loaded, parameters: 900, fresh: 2 })),
      /^900 of 1,000 parameters are from model\.json; the others are fresh/,
    );
    assert.match(weightsTitle(built(shipped)), /99\.9 % rightly/);
    assert.doesNotMatch(weightsTitle(built(edited)), /%/);
  });

  it('is part of what is said of dead units', () => {
    const report = { units: 4, seen: 4, dead: [1], copies: [], cut: false, inputs: 1 };
    assert.match(evidence(report, { ...loaded, fresh: 1 }), /partly fresh and random$/);
    assert.equal(evidence(report, loaded), 'seen over 1 input');
  });
});
