import * as tf from '@tensorflow/tfjs';

/** ConvNetJS' CIFAR-10 demo: three convolutions, each followed by a pool, and one dense layer. */
export function createConvNetJs(): tf.Sequential {
  const model = tf.sequential({ name: 'convnetjs_cifar10' });
  [16, 20, 20].forEach((filters, index) => {
    const inputShape = index === 0 ? [32, 32, 3] : undefined;
    const name = `conv${index + 1}`;
    model.add(tf.layers.conv2d({ name, inputShape, filters, kernelSize: 5, padding: 'same', activation: 'relu' }));
    model.add(tf.layers.maxPooling2d({ name: `pool${index + 1}`, poolSize: 2, strides: 2 }));
  });
  model.add(tf.layers.flatten({ name: 'flatten' }));
  model.add(tf.layers.dense({ name: 'fc', units: 10, activation: 'softmax' }));
  return model;
}
