import * as tf from '@tensorflow/tfjs';

/** A convolution: its filters, and its kernel's size where that is not 3. */
type Convolution = readonly [filters: number, kernelSize?: number];

/** Columns of the paper's table 1, a list of convolutions for each block. */
const CONFIGURATIONS = {
  b: [
    [[64], [64]],
    [[128], [128]],
    [[256], [256]],
    [[512], [512]],
    [[512], [512]],
  ],
  c: [
    [[64], [64]],
    [[128], [128]],
    [[256], [256], [256, 1]],
    [[512], [512], [512, 1]],
    [[512], [512], [512, 1]],
  ],
  e: [
    [[64], [64]],
    [[128], [128]],
    [[256], [256], [256], [256]],
    [[512], [512], [512], [512]],
    [[512], [512], [512], [512]],
  ],
} as const satisfies Record<string, readonly (readonly Convolution[])[]>;

/** VGG (Simonyan and Zisserman, 2014) in one of its configurations; D is among the examples. */
function createVGG(name: string, blocks: readonly (readonly Convolution[])[]): tf.Sequential {
  const model = tf.sequential({ name });
  blocks.forEach((convolutions, block) => {
    convolutions.forEach(([filters, kernelSize = 3], index) => {
      const inputShape = block === 0 && index === 0 ? [224, 224, 3] : undefined;
      const layer = `conv${block + 1}_${index + 1}`;
      model.add(tf.layers.conv2d({ name: layer, inputShape, filters, kernelSize, padding: 'same', activation: 'relu' }));
    });
    model.add(tf.layers.maxPooling2d({ name: `pool${block + 1}`, poolSize: 2, strides: 2 }));
  });
  model.add(tf.layers.flatten({ name: 'flatten' }));
  for (const index of [6, 7]) {
    model.add(tf.layers.dense({ name: `fc${index}`, units: 4096, activation: 'relu' }));
    model.add(tf.layers.dropout({ name: `drop${index}`, rate: 0.5 }));
  }
  model.add(tf.layers.dense({ name: 'fc8', units: 1000, activation: 'softmax' }));
  return model;
}

export const createVGG13 = (): tf.Sequential => createVGG('vgg13', CONFIGURATIONS.b);
export const createVGG16C = (): tf.Sequential => createVGG('vgg16c', CONFIGURATIONS.c);
export const createVGG19 = (): tf.Sequential => createVGG('vgg19', CONFIGURATIONS.e);
