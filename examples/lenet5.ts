import * as tf from '@tensorflow/tfjs';

/**
 * LeNet-5 (LeCun, Bottou, Bengio and Haffner, 1998): the network that read the digits on bank cheques.
 *
 * Convolutions (C) look for strokes, averages (S) make the picture smaller, and what is left of 32×32 pixels are 120 numbers
 * that two dense layers turn into ten probabilities. 61,706 parameters: point at any layer to see its share.
 */
export function createLeNet(numClasses = 10): tf.Sequential {
  const model = tf.sequential({ name: 'lenet5' });

  // Six 5×5 filters slide over the digit: one filter, one activation map.
  model.add(tf.layers.conv2d({ name: 'c1', inputShape: [32, 32, 1], filters: 6, kernelSize: 5, activation: 'tanh' }));
  model.add(tf.layers.averagePooling2d({ name: 's2', poolSize: 2 }));

  // Each of these sixteen filters reaches through all six maps below it.
  model.add(tf.layers.conv2d({ name: 'c3', filters: 16, kernelSize: 5, activation: 'tanh' }));
  model.add(tf.layers.averagePooling2d({ name: 's4', poolSize: 2 }));

  // The maps are 5×5 by now, as large as the filters: a convolution that sees everything at once is a dense layer.
  model.add(tf.layers.conv2d({ name: 'c5', filters: 120, kernelSize: 5, activation: 'tanh' }));
  model.add(tf.layers.flatten({ name: 'flatten' }));

  model.add(tf.layers.dense({ name: 'f6', units: 84, activation: 'tanh' }));
  model.add(tf.layers.dense({ name: 'output', units: numClasses, activation: 'softmax' }));
  return model;
}
