import * as tf from '@tensorflow/tfjs';

const conv = (x: tf.SymbolicTensor, name: string, filters: number, kernelSize: number, strides = 1): tf.SymbolicTensor => {
  const padding = kernelSize === 3 ? 'same' : 'valid';
  const y = tf.layers.conv2d({ name: `${name}_conv`, filters, kernelSize, strides, padding }).apply(x) as tf.SymbolicTensor;
  return tf.layers.batchNormalization({ name: `${name}_bn` }).apply(y) as tf.SymbolicTensor;
};

const relu = (x: tf.SymbolicTensor, name: string): tf.SymbolicTensor =>
  tf.layers.activation({ name, activation: 'relu' }).apply(x) as tf.SymbolicTensor;

const pad = (x: tf.SymbolicTensor, name: string, padding: number): tf.SymbolicTensor =>
  tf.layers.zeroPadding2d({ name, padding: [padding, padding] }).apply(x) as tf.SymbolicTensor;

/** 1×1 down, 3×3, 1×1 up, beside a shortcut; the first block of a stage projects it. */
function bottleneck(x: tf.SymbolicTensor, name: string, filters: number, strides: number, projects: boolean): tf.SymbolicTensor {
  const shortcut = projects ? conv(x, `${name}_0`, 4 * filters, 1, strides) : x;
  let y = relu(conv(x, `${name}_1`, filters, 1, strides), `${name}_1_relu`);
  y = relu(conv(y, `${name}_2`, filters, 3), `${name}_2_relu`);
  y = conv(y, `${name}_3`, 4 * filters, 1);
  return relu(tf.layers.add({ name: `${name}_add` }).apply([shortcut, y]) as tf.SymbolicTensor, `${name}_out`);
}

/** ResNet (He and others, 2015) of bottleneck blocks, as Keras has it: its convolutions have biases. `blocks` for each of the four stages. */
function createResNet(name: string, blocks: readonly number[]): tf.LayersModel {
  const input = tf.input({ name: 'data', shape: [224, 224, 3] });
  let x = relu(conv(pad(input, 'conv1_pad', 3), 'conv1', 64, 7, 2), 'conv1_relu');
  x = tf.layers.maxPooling2d({ name: 'pool1_pool', poolSize: 3, strides: 2 }).apply(pad(x, 'pool1_pad', 1)) as tf.SymbolicTensor;
  blocks.forEach((count, stage) => {
    for (let block = 1; block <= count; block++) {
      const strides = stage > 0 && block === 1 ? 2 : 1;
      x = bottleneck(x, `conv${stage + 2}_block${block}`, 64 * 2 ** stage, strides, block === 1);
    }
  });
  x = tf.layers.globalAveragePooling2d({ name: 'avg_pool' }).apply(x) as tf.SymbolicTensor;
  const output = tf.layers.dense({ name: 'predictions', units: 1000, activation: 'softmax' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ name, inputs: input, outputs: output });
}

export const createResNet50 = (): tf.LayersModel => createResNet('resnet50', [3, 4, 6, 3]);
export const createResNet101 = (): tf.LayersModel => createResNet('resnet101', [3, 4, 23, 3]);
export const createResNet152 = (): tf.LayersModel => createResNet('resnet152', [3, 8, 36, 3]);
