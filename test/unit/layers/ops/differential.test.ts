import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { isTensorMethod } from '../../../../src/layers/ops/methods';
import { isOp } from '../../../../src/layers/ops/names';
import { runOp, runTensorMethod } from '../../../../src/layers/ops/run';
import { isOpRefused, isOpTensor, type OpArgument, type OpRefused, type OpResult } from '../../../../src/layers/ops/spec';
import { families } from './families';
import { furtherFamilies } from './furtherFamilies';
import { functionPaths } from './names';
import { realMethod, realOp, T, type Real } from './real';

type Outcome = 'made' | 'refused' | 'limit';

/** Positions that are values: no kernel without values can look at them. */
const LOOKED_UP = /^GatherV2: the index value|^Invalid indices:/;

/** Holds what both sides answered against one another. */
const compare = (ours: OpResult | OpRefused, ask: () => Real): Outcome => {
  if (isOpRefused(ours) && ours.limit) return 'limit';
  const real = ask();
  if (isOpRefused(ours)) {
    assert.deepEqual(ours.error, real.error);
    return 'refused';
  }
  if (LOOKED_UP.test(real.error ?? '')) return 'limit';
  assert.deepEqual(ours.value, real.value, real.error);
  return 'made';
};

const compareOp = (path: string, args: readonly OpArgument[]): Outcome => compare(runOp(path, args), () => realOp(path, args));

const compareMethod = (method: string, [self, ...args]: readonly OpArgument[]): Outcome => {
  if (!isOpTensor(self)) return 'limit';
  return compare(runTensorMethod(method, self, args), () => realMethod(method, self, args));
};

const counting = (): Record<Outcome, number> => ({ made: 0, refused: 0, limit: 0 });

describe('tf functions without values', () => {
  before(() => tf.setBackend('cpu'));

  for (const [family, calls] of Object.entries({ ...families, ...furtherFamilies })) {
    it(`${family}: the shapes, types and errors of TensorFlow.js itself`, () => {
      const count = counting();
      fc.assert(
        fc.property(calls, ([path, args]) => void count[compareOp(path, args)]++),
        { seed: 422, numRuns: 400 },
      );
      assert.ok(count.made > 100 && count.refused > 5 && count.limit < 80, JSON.stringify(count));
    });
  }
});

describe('tensor methods without values', () => {
  before(() => tf.setBackend('cpu'));

  it('answer as the functions that they stand for, in every family', () => {
    const calls = fc.oneof(...Object.values({ ...families, ...furtherFamilies }));
    const count = counting();
    fc.assert(
      fc.property(calls, ([path, args]) => {
        const method = path.split('.').at(-1) as string;
        if (isTensorMethod(method)) count[compareMethod(method, args)]++;
      }),
      { seed: 422, numRuns: 3000 },
    );
    assert.ok(count.made > 700 && count.refused > 300, JSON.stringify(count));
  });

  it('answer where they are more than that', () => {
    const self = T([2, 3]);
    const calls: [string, OpArgument[]][] = [
      ...['as1D', 'flatten', 'asScalar', 'toBool', 'toFloat', 'toInt', 'clone', 'variable'].map((name): [string, OpArgument[]] => [
        name,
        [],
      ]),
      ...['as2D', 'as3D', 'as4D', 'as5D'].map((name): [string, OpArgument[]] => [name, [2, 3, 1, 1, 1]]),
      ['as2D', [3, 2]],
      ['as2D', [4, 2]],
      ['asType', ['int32']],
      ['asType', ['text']],
      ['reshapeAs', [T([3, 2])]],
      ['reshapeAs', [T([3])]],
      ['reshapeAs', [3]],
      ['concat', [T([4, 3])]],
      ['concat', [[T([4, 3]), T([1, 3])], 0]],
      ['concat', [T([2, 1]), 1]],
      ['concat', [T([2, 1])]],
      ['stack', [T([2, 3])]],
      ['stack', [[T([2, 3]), T([2, 3])], 1]],
      ['stack', [T([2])]],
      ['where', [T([2, 3], 'bool'), T([2, 3])]],
      ['where', [T([2, 3]), T([2, 3])]],
      ['resizeBilinear', [[4, 4]]],
      ['add', [1, 'ignored']],
      ['sum', [0, true, 'ignored']],
      ['variable', [false, 'v', 'int32']],
      ['reshape', []],
      ['matMul', [T([3, 2]), false, true]],
    ];
    for (const [method, args] of calls) assert.notEqual(compareMethod(method, [self, ...args]), 'limit', method);
    assert.equal(compareMethod('asScalar', [T([1, 1])]), 'made');
    const variable = { tensor: { shape: [2, 3], dtype: 'float32', variable: true } } as const;
    for (const args of [[T([2, 3])], [T([3, 2])], [T([2, 3], 'int32')]]) compareMethod('assign', [variable, ...args]);
    for (const args of [[T([3])], [T([4])]]) compareMethod('add', [variable, ...args]);
  });
});

const types = fc.constantFrom('float32', 'float32', 'float32', 'int32', 'bool', 'complex64', 'string');
const tensors = fc
  .tuple(fc.array(fc.constantFrom(0, 1, 2, 3, 4), { maxLength: 5 }), types)
  .map(([shape, dtype]): OpArgument => T(shape, dtype));
const plain = fc.constantFrom<OpArgument>(0, 1, 2, 3, -1, 0.5, undefined, null, true, 'same', 'valid', 'float32', 'int32', 'x');
const matrix = fc.array(fc.array(fc.constantFrom(0, 1, 2), { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 3 });
const anything = fc.oneof(
  { weight: 6, arbitrary: tensors },
  { weight: 4, arbitrary: plain },
  { weight: 3, arbitrary: fc.array(fc.constantFrom(0, 1, 2, 3, -1), { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.oneof(fc.array(tensors, { maxLength: 3 }), matrix) },
);

describe('arguments by chance', () => {
  before(() => tf.setBackend('cpu'));

  it('get the answer of TensorFlow.js itself, from every function', () => {
    // What makes random numbers loops for ever over some of these where it is real.
    const paths = functionPaths().filter((path) => isOp(path) && !/Async$|^randomGamma$|^truncatedNormal$/.test(path));
    const count = counting();
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.array(anything, { maxLength: 6 }), (path, args) => void count[compareOp(path, args)]++),
      { seed: 7, numRuns: 4000 },
    );
    assert.ok(count.made > 400 && count.refused > 1500 && count.limit < 1000, JSON.stringify(count));
  });
});
