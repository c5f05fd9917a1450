import * as tf from '@tensorflow/tfjs';

/** AlexNet with a finer first layer (Zeiler and Fergus, 2013); `filters` are those of its last three convolutions. */
function createZFNet(name: string, filters: readonly number[]): tf.Sequential {
  const model = tf.sequential({ name });
  const convolution = (index: number, count: number): void =>
    model.add(tf.layers.conv2d({ name: `conv${index}`, filters: count, kernelSize: 3, padding: 'same', activation: 'relu' }));
  const pool = (index: number, padding: 'valid' | 'same'): void =>
    model.add(tf.layers.maxPooling2d({ name: `pool${index}`, poolSize: 3, strides: 2, padding }));

  model.add(tf.layers.zeroPadding2d({ name: 'pad1', inputShape: [224, 224, 3], padding: [1, 1] }));
  model.add(tf.layers.conv2d({ name: 'conv1', filters: 96, kernelSize: 7, strides: 2, activation: 'relu' }));
  pool(1, 'same');
  model.add(tf.layers.conv2d({ name: 'conv2', filters: 256, kernelSize: 5, strides: 2, activation: 'relu' }));
  pool(2, 'same');
  filters.forEach((count, index) => convolution(index + 3, count));
  pool(5, 'valid');
  model.add(tf.layers.flatten({ name: 'flatten' }));
  for (const index of [6, 7]) {
    model.add(tf.layers.dense({ name: `fc${index}`, units: 4096, activation: 'relu' }));
    model.add(tf.layers.dropout({ name: `drop${index}`, rate: 0.5 }));
  }
  model.add(tf.layers.dense({ name: 'fc8', units: 1000, activation: 'softmax' }));
  return model;
}

/** With the filters that the lecture gives. */
export const createZFNetOfLecture = (): tf.Sequential => createZFNet('zfnet', [512, 1024, 512]);

/** With the filters of the paper's figure. */
export const createZFNetOfPaper = (): tf.Sequential => createZFNet('zfnet_paper', [384, 384, 256]);
