import * as tf from '@tensorflow/tfjs';

interface LocalResponseNormalizationArgs {
  name?: string;
  /** Neighbours on each side that a channel is compared with. */
  depthRadius?: number;
  bias?: number;
  alpha?: number;
  beta?: number;
}

/**
 * AlexNet's NORM: a loud channel quietens its neighbours. TensorFlow.js has the operation but no layer for it, so this is one.
 * The defaults are the paper's: five channels, k = 2, α = 0.0001, β = 0.75.
 */
export class LocalResponseNormalization extends tf.layers.Layer {
  static className = 'LocalResponseNormalization';

  private readonly depthRadius: number;
  private readonly bias: number;
  private readonly alpha: number;
  private readonly beta: number;

  constructor(args: LocalResponseNormalizationArgs = {}) {
    super(args);
    this.depthRadius = args.depthRadius ?? 2;
    this.bias = args.bias ?? 2;
    this.alpha = args.alpha ?? 1e-4;
    this.beta = args.beta ?? 0.75;
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
      return tf.localResponseNormalization(x, this.depthRadius, this.bias, this.alpha, this.beta);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { depthRadius, bias, alpha, beta } = this;
    return { ...super.getConfig(), depthRadius, bias, alpha, beta };
  }
}
tf.serialization.registerClass(LocalResponseNormalization);

/** 3×3 with stride 2: the windows overlap by one row, which the authors found to help a little. */
const pool = (name: string) => tf.layers.maxPooling2d({ name, poolSize: 3, strides: 2 });

const norm = (name: string) => new LocalResponseNormalization({ name });

/** Padding 'same' at stride 1 keeps the map's size: a 5×5 filter needs 2 rows on each side, a 3×3 filter 1. */
const conv = (name: string, filters: number, kernelSize: number) =>
  tf.layers.conv2d({ name, filters, kernelSize, padding: 'same', activation: 'relu' });

/** A dense layer and its dropout: half of the 4,096 neurons sit out each training step. */
const fullyConnected = (number: number, units: number) => [
  tf.layers.dense({ name: `fc${number}`, units, activation: 'relu' }),
  tf.layers.dropout({ name: `drop${number}`, rate: 0.5 }),
];

/**
 * AlexNet (Krizhevsky, Sutskever and Hinton, 2012) won that year's ImageNet by more than ten points, and everyone else started over.
 * Here as one stream; the paper splits some layers over two graphics cards. 62,378,344 parameters, and fc6 alone holds 60 % of them.
 */
export function createAlexNet(numClasses = 1000): tf.Sequential {
  return tf.sequential({
    name: 'alexnet',
    layers: [
      // (227 - 11) / 4 + 1 = 55. Try strides: 3 and watch every later line change.
      tf.layers.conv2d({ name: 'conv1', inputShape: [227, 227, 3], filters: 96, kernelSize: 11, strides: 4, activation: 'relu' }),
      pool('pool1'),
      norm('norm1'),
      conv('conv2', 256, 5),
      pool('pool2'),
      norm('norm2'),
      conv('conv3', 384, 3),
      conv('conv4', 384, 3),
      conv('conv5', 256, 3),
      pool('pool3'),
      tf.layers.flatten({ name: 'flatten' }),
      ...fullyConnected(6, 4096),
      ...fullyConnected(7, 4096),
      tf.layers.dense({ name: 'fc8', units: numClasses, activation: 'softmax' }),
    ],
  });
}
