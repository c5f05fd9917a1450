import * as tf from '@tensorflow/tfjs';

/** The LeNet-5 of `examples/lenet5.ts`: 32×32×1 values of 0 to 1 in, ten probabilities out, 61,706 parameters. */
export const lenet = (seed = 1): tf.Sequential => {
  const kernel = (offset: number) => tf.initializers.glorotNormal({ seed: seed + offset });
  // On maps of its own size a convolution is a dense layer, and starts best with a dense layer's spread, (400 + 120) / 2 values wide.
  // The shipped weights were trained in that dense form; the values of the kernel are the same ones in the same order.
  const c5 = tf.initializers.varianceScaling({
    scale: (5 * 5 * (16 + 120)) / (400 + 120),
    mode: 'fanAvg',
    distribution: 'normal',
    seed: seed + 3,
  });
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        name: 'c1',
        inputShape: [32, 32, 1],
        filters: 6,
        kernelSize: 5,
        activation: 'tanh',
        kernelInitializer: kernel(1),
      }),
      tf.layers.averagePooling2d({ name: 's2', poolSize: 2, strides: 2 }),
      tf.layers.conv2d({ name: 'c3', filters: 16, kernelSize: 5, activation: 'tanh', kernelInitializer: kernel(2) }),
      tf.layers.averagePooling2d({ name: 's4', poolSize: 2, strides: 2 }),
      tf.layers.conv2d({ name: 'c5', filters: 120, kernelSize: 5, activation: 'tanh', kernelInitializer: c5 }),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dense({ name: 'f6', units: 84, activation: 'tanh', kernelInitializer: kernel(4) }),
      tf.layers.dense({ name: 'output', units: 10, activation: 'softmax', kernelInitializer: kernel(5) }),
    ],
  });
};

/** What another model must agree with to be the same network; flatten layers move no value and are left out. */
export const structureOf = (model: tf.Sequential): object[] =>
  model.layers
    .filter((layer) => layer.getClassName() !== 'Flatten')
    .map((layer) => {
      const config = layer.getConfig();
      const {
        activation = null,
        poolSize = null,
        strides = null,
      } = config as { activation?: string; poolSize?: number[]; strides?: number[] };
      return { className: layer.getClassName(), activation, poolSize, strides, outputShape: (layer.outputShape as number[]).slice(1) };
    });
