import * as tf from '@tensorflow/tfjs';

/** Configuration D of the paper's table: in each block so many convolutions with so many filters, then the picture is halved. */
const blocks = [
  { filters: 64, convolutions: 2 },
  { filters: 128, convolutions: 2 },
  { filters: 256, convolutions: 3 },
  { filters: 512, convolutions: 3 },
  { filters: 512, convolutions: 3 },
];

/** The only kind of convolution in the whole network. Two of them in a row see 5×5 pixels, three see 7×7, with fewer parameters. */
function convolution(name: string, filters: number, inputShape?: number[]) {
  return tf.layers.conv2d({
    name,
    inputShape,
    filters,
    kernelSize: 3,
    padding: 'same',
    activation: 'relu',
    kernelInitializer: 'heNormal',
  });
}

/**
 * VGG-16 (Simonyan and Zisserman, 2014): small filters, and many of them. One line above makes thirteen layers: point at it.
 * Half of the activations are in the first block, three quarters of the 138,357,544 parameters in fc6.
 */
export function createVGG16(numClasses = 1000): tf.Sequential {
  const model = tf.sequential({ name: 'vgg16' });

  blocks.forEach(({ filters, convolutions }, block) => {
    for (let i = 0; i < convolutions; i++) {
      const isFirst = block === 0 && i === 0;
      model.add(convolution(`conv${block + 1}_${i + 1}`, filters, isFirst ? [224, 224, 3] : undefined));
    }
    model.add(tf.layers.maxPooling2d({ name: `pool${block + 1}`, poolSize: 2, strides: 2 }));
  });

  model.add(tf.layers.flatten({ name: 'flatten' }));
  for (const number of [6, 7]) {
    model.add(tf.layers.dense({ name: `fc${number}`, units: 4096, activation: 'relu' }));
    model.add(tf.layers.dropout({ name: `drop${number}`, rate: 0.5 }));
  }
  model.add(tf.layers.dense({ name: 'fc8', units: numClasses, activation: 'softmax' }));
  return model;
}
