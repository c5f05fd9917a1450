import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { BACKEND_NAME } from '../../../../src/layers/ops/backend';
import { isTensorMethod, NOT_METHODS } from '../../../../src/layers/ops/methods';
import { isOp, NOT_OPS } from '../../../../src/layers/ops/names';
import { runOp } from '../../../../src/layers/ops/run';
import { functionPaths, kernelNames } from './names';
import { T } from './real';

/** Kernels that no function of `tf` asks for: gradients do, or nothing does. */
const UNASKED = new Set([
  ...[
    'AvgPool3DGrad',
    'AvgPoolGrad',
    'BroadcastTo',
    'Conv2DBackpropFilter',
    'Conv3DBackpropFilterV2',
    'DepthwiseConv2dNativeBackpropFilter',
  ],
  ...['DepthwiseConv2dNativeBackpropInput', 'Dilation2DBackpropFilter', 'Dilation2DBackpropInput', 'EluGrad', 'LRNGrad', 'LogSoftmax'],
  ...['LogicalXor', 'LowerBound', 'MatrixBandPart', 'MaxPool3DGrad', 'MaxPoolGrad', 'Pool', 'ResizeBilinearGrad'],
  ...['ResizeNearestNeighborGrad', 'UpperBound'],
]);

/** Kernels of images of a page. */
const PAGE = new Set(['Draw', 'FromPixels']);

describe('what is answered', () => {
  it('every function of tf is, or is left out for a reason', () => {
    const left = functionPaths().filter((path) => !isOp(path) && !NOT_OPS.has(path));
    assert.deepEqual(left, []);
  });

  it('nothing is left out that is not there', () => {
    const all = new Set(functionPaths());
    assert.deepEqual(
      [...NOT_OPS.keys()].filter((path) => !all.has(path)),
      [],
    );
    for (const path of NOT_OPS.keys()) assert.equal(isOp(path), false);
  });

  it('every method of tensors is, or is left out for a reason', () => {
    const names = Object.getOwnPropertyNames(tf.Tensor.prototype);
    const methods = names.filter((name) => {
      const { value } = Object.getOwnPropertyDescriptor(tf.Tensor.prototype, name) as { value?: unknown };
      return typeof value === 'function' && name !== 'constructor';
    });
    assert.deepEqual(
      methods.filter((name) => !isTensorMethod(name) && !NOT_METHODS.has(name)),
      [],
    );
    for (const name of NOT_METHODS.keys()) assert.ok(names.includes(name) && !isTensorMethod(name), name);
  });

  it('every kernel that a function asks for is there', () => {
    runOp('add', [T([1]), T([1])]);
    const missing = kernelNames().filter((name) => !tf.getKernel(name, BACKEND_NAME) && !UNASKED.has(name) && !PAGE.has(name));
    assert.deepEqual(missing, []);
    for (const name of UNASKED) assert.equal(tf.getKernel(name, BACKEND_NAME), undefined, name);
  });

  it('what depends on values is refused as ours', () => {
    const calls = ['unique', 'whereAsync', 'image.nonMaxSuppressionAsync'].map((path) => [path, runOp(path, [T([3])])] as const);
    const suppression = runOp('image.nonMaxSuppression', [T([3, 4]), T([3]), 2]);
    for (const [path, outcome] of [...calls, ['suppression', suppression] as const]) {
      assert.ok('limit' in outcome && /values/.test(outcome.error), path);
    }
  });
});
