import * as tf from '@tensorflow/tfjs';

const STAGES = [
  { filters: 64, blocks: 3 },
  { filters: 128, blocks: 4 },
  { filters: 256, blocks: 6 },
  { filters: 512, blocks: 3 },
];

const pad = (x: tf.SymbolicTensor, padding: number, name: string): tf.SymbolicTensor =>
  tf.layers.zeroPadding2d({ name, padding: [padding, padding] }).apply(x) as tf.SymbolicTensor;

/** A convolution, its batch normalisation, its ReLU. A stride of 2 takes an input that was padded by hand. */
function convolution(x: tf.SymbolicTensor, name: string, filters: number, kernelSize: number, strides: number): tf.SymbolicTensor {
  const padding = strides === 1 ? 'same' : 'valid';
  let y = tf.layers.conv2d({ name, filters, kernelSize, strides, padding, useBias: false }).apply(x) as tf.SymbolicTensor;
  y = tf.layers.batchNormalization({ name: `${name}_bn` }).apply(y) as tf.SymbolicTensor;
  return tf.layers.activation({ name: `${name}_relu`, activation: 'relu' }).apply(y) as tf.SymbolicTensor;
}

/** ResNet-34 without its shortcuts (He and others, 2015): the deep net that was harder to train than a shallow one. */
export function createPlain34(): tf.LayersModel {
  const input = tf.input({ name: 'data', shape: [224, 224, 3] });
  let x = convolution(pad(input, 3, 'pad1'), 'conv1', 64, 7, 2);
  x = tf.layers.maxPooling2d({ name: 'pool1', poolSize: 3, strides: 2 }).apply(pad(x, 1, 'pad_pool1')) as tf.SymbolicTensor;
  STAGES.forEach(({ filters, blocks }, stage) => {
    for (let block = 1; block <= blocks; block++) {
      const name = `conv${stage + 2}_${block}`;
      const halves = stage > 0 && block === 1;
      x = convolution(halves ? pad(x, 1, `${name}_pad`) : x, `${name}_1`, filters, 3, halves ? 2 : 1);
      x = convolution(x, `${name}_2`, filters, 3, 1);
    }
  });
  x = tf.layers.globalAveragePooling2d({ name: 'avgpool' }).apply(x) as tf.SymbolicTensor;
  const output = tf.layers.dense({ name: 'fc1000', units: 1000, activation: 'softmax' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ name: 'plain34', inputs: input, outputs: output });
}
