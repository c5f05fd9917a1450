import * as tf from '@tensorflow/tfjs-core';
import type { Step } from '../build/program';

/**
 * How many windows of a max pooling each of its inputs wins; 0 for those that win none. TensorFlow.js' own gradient of the pooling
 * hands each window's share to its winner, so this is the gradient of the sum of all outputs.
 * @returns a tensor of the input's shape and axis order, which belongs to the caller
 */
export const winnersOf = (step: Step, input: tf.Tensor, output: tf.Tensor): tf.Tensor => {
  const config = step.runs?.getConfig() ?? {};
  const first = config['dataFormat'] === 'channelsFirst';
  return tf.tidy(() => {
    const nhwc = (tensor: tf.Tensor): tf.Tensor => {
      if (tensor.rank === 3) return tf.expandDims(tensor, 2);
      return first ? tf.transpose(tensor, [0, 2, 3, 1]) : tensor;
    };
    const [x, y] = [nhwc(tf.cast(input, 'float32')), nhwc(tf.cast(output, 'float32'))];
    const flat = input.rank === 3;
    const wins = tf.engine().runKernel(
      'MaxPoolGrad',
      { dy: tf.onesLike(y), input: x, output: y },
      {
        filterSize: pair(config['poolSize'], flat),
        strides: pair(config['strides'] ?? config['poolSize'], flat),
        pad: config['padding'] === 'same' ? 'same' : 'valid',
      },
    ) as tf.Tensor;
    if (flat) return tf.squeeze(wins, [2]);
    return first ? tf.transpose(wins, [0, 3, 1, 2]) : tf.clone(wins);
  });
};

/** [down, right] of a layer's option: a number, or a list. A 1-D pooling slides over rows of one column. */
const pair = (option: unknown, flat: boolean): [number, number] => {
  const [down, right] = Array.isArray(option) ? (option as number[]) : [Number(option), Number(option)];
  return flat ? [down ?? 1, 1] : [down ?? 1, right ?? down ?? 1];
};
