import * as tf from '@tensorflow/tfjs';

const conv = (x: tf.SymbolicTensor, name: string, filters: number, kernelSize: number, strides = 1): tf.SymbolicTensor =>
  tf.layers.conv2d({ name, filters, kernelSize, strides, padding: 'same', activation: 'relu' }).apply(x) as tf.SymbolicTensor;

const pool = (x: tf.SymbolicTensor, name: string, strides: number): tf.SymbolicTensor =>
  tf.layers.maxPooling2d({ name, poolSize: 3, strides, padding: 'same' }).apply(x) as tf.SymbolicTensor;

/** Filters of a module, in the order of the paper's table: 1×1, 3×3 reduce, 3×3, 5×5 reduce, 5×5, pool projection. */
type Filters = readonly [number, number, number, number, number, number];

/** Four branches side by side, joined on the channel axis; 1×1 convolutions keep the wide ones narrow. */
function inception(x: tf.SymbolicTensor, name: string, [one, reduce3, three, reduce5, five, projected]: Filters): tf.SymbolicTensor {
  const branches = [
    conv(x, `${name}_1x1`, one, 1),
    conv(conv(x, `${name}_3x3_reduce`, reduce3, 1), `${name}_3x3`, three, 3),
    conv(conv(x, `${name}_5x5_reduce`, reduce5, 1), `${name}_5x5`, five, 5),
    conv(pool(x, `${name}_pool`, 1), `${name}_pool_proj`, projected, 1),
  ];
  return tf.layers.concatenate({ name: `${name}_output` }).apply(branches) as tf.SymbolicTensor;
}

/** GoogLeNet (Szegedy and others, 2014), without the classifiers that helped to train it. */
export function createGoogLeNet(): tf.LayersModel {
  const input = tf.input({ name: 'data', shape: [224, 224, 3] });
  let x = pool(conv(input, 'conv1_7x7_s2', 64, 7, 2), 'pool1_3x3_s2', 2);
  x = pool(conv(conv(x, 'conv2_3x3_reduce', 64, 1), 'conv2_3x3', 192, 3), 'pool2_3x3_s2', 2);
  x = inception(x, 'inception_3a', [64, 96, 128, 16, 32, 32]);
  x = inception(x, 'inception_3b', [128, 128, 192, 32, 96, 64]);
  x = pool(x, 'pool3_3x3_s2', 2);
  x = inception(x, 'inception_4a', [192, 96, 208, 16, 48, 64]);
  x = inception(x, 'inception_4b', [160, 112, 224, 24, 64, 64]);
  x = inception(x, 'inception_4c', [128, 128, 256, 24, 64, 64]);
  x = inception(x, 'inception_4d', [112, 144, 288, 32, 64, 64]);
  x = inception(x, 'inception_4e', [256, 160, 320, 32, 128, 128]);
  x = pool(x, 'pool4_3x3_s2', 2);
  x = inception(x, 'inception_5a', [256, 160, 320, 32, 128, 128]);
  x = inception(x, 'inception_5b', [384, 192, 384, 48, 128, 128]);
  x = tf.layers.globalAveragePooling2d({ name: 'pool5' }).apply(x) as tf.SymbolicTensor;
  x = tf.layers.dropout({ name: 'drop', rate: 0.4 }).apply(x) as tf.SymbolicTensor;
  const output = tf.layers.dense({ name: 'loss3_classifier', units: 1000, activation: 'softmax' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ name: 'googlenet', inputs: input, outputs: output });
}
