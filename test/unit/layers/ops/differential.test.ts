import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { runOp } from '../../../../src/layers/ops/run';
import { isOpRefused, type OpArgument } from '../../../../src/layers/ops/spec';
import { families } from './families';
import { realOp } from './real';

type Outcome = 'made' | 'refused' | 'limit';

/** Asks both sides and holds the answers against one another. */
const compare = (path: string, args: readonly OpArgument[]): Outcome => {
  const real = realOp(path, args);
  const ours = runOp(path, args);
  if (isOpRefused(ours)) {
    if (ours.limit) return 'limit';
    assert.deepEqual(ours.error, real.error);
    return 'refused';
  }
  assert.deepEqual(ours.value, real.value, real.error);
  return 'made';
};

describe('tf functions without values', () => {
  before(() => tf.setBackend('cpu'));

  for (const [family, calls] of Object.entries(families)) {
    it(`${family}: the shapes, types and errors of TensorFlow.js itself`, () => {
      const count = { made: 0, refused: 0, limit: 0 };
      fc.assert(
        fc.property(calls, ([path, args]) => void count[compare(path, args)]++),
        { seed: 422, numRuns: 600 },
      );
      assert.ok(count.made > 150 && count.refused > 5 && count.limit < 90, JSON.stringify(count));
    });
  }
});
