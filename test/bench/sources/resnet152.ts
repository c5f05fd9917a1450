/** ResNet-152 (He et al., 2015) as a program writes it: a helper for a convolution with its batch norm, one for a block, and loops. */
export const RESNET_152 = `import * as tf from '@tensorflow/tfjs';

function convolution(x: tf.SymbolicTensor, filters: number, kernelSize: number, strides = 1): tf.SymbolicTensor {
  const y = tf.layers.conv2d({ filters, kernelSize, strides, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  return tf.layers.batchNormalization().apply(y) as tf.SymbolicTensor;
}

const relu = (x: tf.SymbolicTensor): tf.SymbolicTensor => tf.layers.reLU().apply(x) as tf.SymbolicTensor;

function bottleneck(x: tf.SymbolicTensor, filters: number, strides: number, project: boolean): tf.SymbolicTensor {
  const narrow = relu(convolution(x, filters, 1, strides));
  const wide = convolution(relu(convolution(narrow, filters, 3)), 4 * filters, 1);
  const shortcut = project ? convolution(x, 4 * filters, 1, strides) : x;
  return relu(tf.layers.add().apply([wide, shortcut]) as tf.SymbolicTensor);
}

export function createResNet152(): tf.LayersModel {
  const input = tf.input({ shape: [224, 224, 3] });
  let x = relu(convolution(input, 64, 7, 2));
  x = tf.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(x) as tf.SymbolicTensor;
  [3, 8, 36, 3].forEach((blocks, stage) => {
    for (let block = 0; block < blocks; block++) {
      x = bottleneck(x, 64 * 2 ** stage, stage > 0 && block === 0 ? 2 : 1, block === 0);
    }
  });
  x = tf.layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;
  const output = tf.layers.dense({ units: 1000, activation: 'softmax' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output });
}
`;
