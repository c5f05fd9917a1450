import * as tf from '@tensorflow/tfjs-core';
import type { Step } from '../build/program';
import { volumeWins, type Windows } from './volumeWinners';

/**
 * How many windows of a max pooling each of its inputs wins; 0 for those that win none. TensorFlow.js' own gradient of the pooling
 * hands each window's share to its winner, so this is the gradient of the sum of all outputs.
 * @returns a tensor of the input's shape and axis order, which belongs to the caller
 */
export const winnersOf = (step: Step, input: tf.Tensor, output: tf.Tensor): tf.Tensor => {
  const config = step.runs?.getConfig() ?? {};
  const spatial = input.rank - 2;
  // A 1-D pooling is a 2-D one over rows of one column.
  const isFlat = spatial === 1;
  const isFirst = config['dataFormat'] === 'channelsFirst';
  return tf.tidy(() => {
    const last = (tensor: tf.Tensor): tf.Tensor => {
      if (isFlat) return tf.expandDims(tensor, 2);
      return isFirst ? tf.transpose(tensor, [0, ...axes(2, spatial), 1]) : tensor;
    };
    const [x, y] = [last(tf.cast(input, 'float32')), last(tf.cast(output, 'float32'))];
    const sizes = (option: unknown): number[] => {
      const list = Array.isArray(option) ? (option as number[]) : axes(0, spatial).map(() => Number(option));
      return isFlat ? [list[0] ?? 1, 1] : list;
    };
    const filterSize = sizes(config['poolSize']);
    const strides = sizes(config['strides'] ?? filterSize);
    const pad = config['padding'] === 'same' ? 'same' : 'valid';
    const windows = { filterSize, strides, pad } as const;
    const wins = spatial === 3 ? volumeWins(x, y, windows) : share(x, y, windows);
    if (isFlat) return tf.squeeze(wins, [2]);
    return isFirst ? tf.transpose(wins, [0, spatial + 1, ...axes(1, spatial)]) : tf.clone(wins);
  });
};

const share = (input: tf.Tensor, output: tf.Tensor, windows: Windows): tf.Tensor =>
  tf.engine().runKernel('MaxPoolGrad', { dy: tf.onesLike(output), input, output }, { ...windows });

const axes = (from: number, count: number): number[] => Array.from({ length: count }, (_, k) => from + k);
