import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { runOp } from '../../../../src/layers/ops/run';
import { isOpRefused, isOpTensor, type OpArgument } from '../../../../src/layers/ops/spec';
import { T } from './real';

const macs = (op: string, args: readonly OpArgument[]): number => {
  const answer = runOp(op, args);
  assert.ok(!isOpRefused(answer), JSON.stringify(answer));
  return answer.macs;
};

/** With ones everywhere each product is 1, so the outputs of TensorFlow.js' own op add up to the number of products. */
const products = (work: () => tf.Tensor): number => tf.tidy(() => tf.sum(work()).arraySync() as number);

const ones = (...shape: number[]): tf.Tensor => tf.ones(shape);

describe('multiply-accumulates of functions of TensorFlow.js are the products that it adds up', () => {
  const counted: readonly [string, readonly OpArgument[], () => tf.Tensor][] = [
    ['matMul', [T([3, 4]), T([4, 5])], () => tf.matMul(ones(3, 4), ones(4, 5))],
    ['matMul', [T([4, 3]), T([5, 4]), true, true], () => tf.matMul(ones(4, 3), ones(5, 4), true, true)],
    ['matMul', [T([2, 3, 4]), T([1, 4, 5])], () => tf.matMul(ones(2, 3, 4), ones(1, 4, 5))],
    ['dot', [T([7]), T([7])], () => tf.dot(ones(7) as tf.Tensor1D, ones(7) as tf.Tensor1D)],
    ['outerProduct', [T([3]), T([5])], () => tf.outerProduct(ones(3) as tf.Tensor1D, ones(5) as tf.Tensor1D)],
    ['einsum', ['bij,bjk->bik', T([2, 3, 4]), T([2, 4, 5])], () => tf.einsum('bij,bjk->bik', ones(2, 3, 4), ones(2, 4, 5))],
    [
      'einsum',
      ['bqhd,bkhd->bhqk', T([2, 3, 2, 4]), T([2, 5, 2, 4])],
      () => tf.einsum('bqhd,bkhd->bhqk', ones(2, 3, 2, 4), ones(2, 5, 2, 4)),
    ],
    [
      'conv1d',
      [T([1, 9, 2]), T([3, 2, 4]), 2, 'valid'],
      () => tf.conv1d(ones(1, 9, 2) as tf.Tensor3D, ones(3, 2, 4) as tf.Tensor3D, 2, 'valid'),
    ],
    [
      'conv2d',
      [T([2, 9, 8, 3]), T([3, 2, 3, 5]), [2, 1], 'valid'],
      () => tf.conv2d(ones(2, 9, 8, 3) as tf.Tensor4D, ones(3, 2, 3, 5) as tf.Tensor4D, [2, 1], 'valid'),
    ],
    [
      'depthwiseConv2d',
      [T([1, 9, 8, 3]), T([3, 2, 3, 2]), 1, 'valid'],
      () => tf.depthwiseConv2d(ones(1, 9, 8, 3) as tf.Tensor4D, ones(3, 2, 3, 2) as tf.Tensor4D, 1, 'valid'),
    ],
    [
      'conv2dTranspose',
      [T([1, 4, 5, 3]), T([2, 2, 6, 3]), [1, 8, 10, 6], 2, 'valid'],
      () => tf.conv2dTranspose(ones(1, 4, 5, 3) as tf.Tensor4D, ones(2, 2, 6, 3) as tf.Tensor4D, [1, 8, 10, 6], 2, 'valid'),
    ],
    [
      'conv3d',
      [T([1, 5, 6, 7, 2]), T([2, 3, 2, 2, 4]), 1, 'valid'],
      () => tf.conv3d(ones(1, 5, 6, 7, 2) as tf.Tensor5D, ones(2, 3, 2, 2, 4) as tf.Tensor5D, 1, 'valid'),
    ],
  ];
  for (const [op, args, real] of counted)
    it(`${op} of ${args.flatMap((arg) => (isOpTensor(arg) ? `[${arg.tensor.shape.join(', ')}]` : [])).join(' and ')}`, () => {
      assert.equal(macs(op, args), products(real));
    });

  it('a separable convolution is a depthwise and a pointwise one', () => {
    const [pointwise, depthwise] = [T([1, 1, 6, 4]), T([3, 3, 3, 2])];
    assert.equal(macs('separableConv2d', [T([1, 8, 8, 3]), depthwise, pointwise, 1, 'valid']), 6 * 6 * (9 * 6 + 6 * 4));
  });

  it('what only adds, compares, scales or moves takes none', () => {
    const x = T([2, 5, 5, 4]);
    for (const [op, args] of [
      ['add', [x, x]],
      ['mul', [x, x]],
      ['localResponseNormalization', [x, 2]],
      ['maxPool', [x, 2, 2, 'valid']],
      ['softmax', [x]],
      ['transpose', [x]],
    ] as const)
      assert.equal(macs(op, args), 0, op);
  });

  it('a fast transform has no count', () => {
    assert.ok(Number.isNaN(macs('spectral.rfft', [T([2, 16])])));
  });
});
