import * as tf from '@tensorflow/tfjs';

/** Blocks in each of the four stages; the first block of every stage but the first halves the picture. */
const stages = [
  { filters: 64, blocks: 3 },
  { filters: 128, blocks: 4 },
  { filters: 256, blocks: 6 },
  { filters: 512, blocks: 3 },
];

const relu = (x: tf.SymbolicTensor, name: string) => tf.layers.activation({ name, activation: 'relu' }).apply(x) as tf.SymbolicTensor;

const pad = (x: tf.SymbolicTensor, padding: number, name: string) =>
  tf.layers.zeroPadding2d({ name, padding: [padding, padding] }).apply(x) as tf.SymbolicTensor;

/**
 * A convolution and its batch normalisation. The convolution needs no bias: the normalisation would subtract it again, and has its own.
 * A stride of 2 pads both sides by hand, as the paper's networks do; 'same' would pad one side only.
 */
function convBn(x: tf.SymbolicTensor, filters: number, kernelSize: number, strides: number, name: string): tf.SymbolicTensor {
  const padding = strides === 1 ? 'same' : 'valid';
  const conv = tf.layers.conv2d({ name, filters, kernelSize, strides, padding, useBias: false, kernelInitializer: 'heNormal' });
  return tf.layers.batchNormalization({ name: `${name}_bn` }).apply(conv.apply(x)) as tf.SymbolicTensor;
}

/**
 * Two convolutions beside a shortcut. They only have to learn what to change about their input: to change nothing, all they need is zeros.
 * Where the picture is halved the shortcut no longer fits, and a 1×1 convolution projects it.
 */
function basicBlock(x: tf.SymbolicTensor, filters: number, strides: number, name: string): tf.SymbolicTensor {
  const halves = strides > 1;
  const shortcut = halves ? convBn(x, filters, 1, strides, `${name}_shortcut`) : x;

  let y = halves ? pad(x, 1, `${name}_pad`) : x;
  y = relu(convBn(y, filters, 3, strides, `${name}_1`), `${name}_1_relu`);
  y = convBn(y, filters, 3, 1, `${name}_2`);

  const sum = tf.layers.add({ name: `${name}_add` }).apply([y, shortcut]) as tf.SymbolicTensor;
  return relu(sum, `${name}_2_relu`);
}

/**
 * ResNet-34 (He, Zhang, Ren and Sun, 2015): deeper than VGG, and with 21,814,696 parameters a sixth of its size.
 * The line with batchNormalization makes 36 layers: point at it to see all of their shapes.
 */
export function createResNet34(numClasses = 1000): tf.LayersModel {
  const input = tf.input({ name: 'data', shape: [224, 224, 3] });

  let x = pad(input, 3, 'pad1');
  x = relu(convBn(x, 64, 7, 2, 'conv1'), 'conv1_relu');
  x = pad(x, 1, 'pad_pool1');
  x = tf.layers.maxPooling2d({ name: 'pool1', poolSize: 3, strides: 2 }).apply(x) as tf.SymbolicTensor;

  stages.forEach(({ filters, blocks }, stage) => {
    for (let block = 1; block <= blocks; block++) {
      const strides = stage > 0 && block === 1 ? 2 : 1;
      x = basicBlock(x, filters, strides, `conv${stage + 2}_${block}`);
    }
  });

  x = tf.layers.globalAveragePooling2d({ name: 'avgpool' }).apply(x) as tf.SymbolicTensor;
  const output = tf.layers.dense({ name: 'fc1000', units: numClasses, activation: 'softmax' }).apply(x) as tf.SymbolicTensor;
  return tf.model({ name: 'resnet34', inputs: input, outputs: output });
}
