import * as tf from '@tensorflow/tfjs';
import type { NamedAttrMap, NamedTensorMap } from '@tensorflow/tfjs';

/**
 * Counts the products that TensorFlow.js itself adds up while something runs: each kernel that makes any is run once more, with ones for its
 * tensors, so that its outputs add up to the number of its products. Nothing here knows a formula.
 */
type Attributes = { readonly [name: string]: unknown };
type Tensors = { readonly [name: string]: tf.Tensor };
type Again = (inputs: Tensors, attributes: Attributes) => tf.Tensor;

const ones = (x: tf.Tensor | undefined): never => tf.ones(x!.shape) as never;

const filter5 = (filter: tf.Tensor | undefined): tf.Tensor5D => ones(filter);

const dilationsIn = (attributes: Attributes): number => (attributes['dilations'] ?? 1) as number;

/** By the custom, taps over padding count as well: an image of ones that is larger by the padding. */
function padded(x: tf.Tensor, filter: tf.Tensor, attributes: Attributes, isDepthwise: boolean): tf.Tensor4D {
  const { strides, pad, dataFormat = 'NHWC' } = attributes as { strides: number; pad: number; dataFormat: 'NHWC' };
  const shapes = [x.shape as [number, number, number, number], filter.shape as [number, number, number, number]] as const;
  const format = tf.backend_util.convertConv2DDataFormat(dataFormat);
  const { padInfo } = tf.backend_util.computeConv2DInfo(...shapes, strides, dilationsIn(attributes), pad, undefined, isDepthwise, format);
  const [batch, rows, columns, depth] = x.shape as [number, number, number, number];
  return tf.ones([batch, rows + padInfo.top + padInfo.bottom, columns + padInfo.left + padInfo.right, depth]);
}

const convolution: Again = ({ x, filter }, attributes) =>
  tf.conv2d(
    padded(x!, filter!, attributes, false),
    ones(filter),
    attributes['strides'] as number,
    'valid',
    'NHWC',
    dilationsIn(attributes),
  );

const depthwise: Again = ({ x, filter }, attributes) =>
  tf.depthwiseConv2d(
    padded(x!, filter!, attributes, true),
    ones(filter),
    attributes['strides'] as number,
    'valid',
    'NHWC',
    dilationsIn(attributes),
  );

const matrices: Again = ({ a, b }, { transposeA, transposeB }) => tf.matMul(ones(a), ones(b), transposeA as boolean, transposeB as boolean);

/** Of every position that is spread out, also what falls beside the output: as large an output as it takes. */
const spread: Again = ({ dy, filter }, { strides }) => {
  const [batch, ...sizes] = dy!.shape as [number, number, number, number];
  const steps = (typeof strides === 'number' ? [strides, strides] : strides) as [number, number];
  const [rows, columns] = steps.map((step, axis) => (sizes[axis]! - 1) * step + filter!.shape[axis]!) as [number, number];
  return tf.conv2dTranspose(ones(dy), ones(filter), [batch, rows, columns, filter!.shape[2]!], steps, 'valid');
};

const volume: Again = ({ x, filter }, attributes) => {
  const { strides, pad, dilations } = attributes as { strides: number; pad: 'same'; dilations: number };
  type Five = [number, number, number, number, number];
  const { padInfo } = tf.backend_util.computeConv3DInfo(x!.shape as Five, filter!.shape as Five, strides, dilations, pad);
  const [batch, planes, rows, columns, depth] = x!.shape as Five;
  const { front, back, top, bottom, left, right } = padInfo;
  const image: tf.Tensor5D = tf.ones([batch, planes + front + back, rows + top + bottom, columns + left + right, depth]);
  return tf.conv3d(image, filter5(filter), strides, 'valid');
};

const spreadVolume: Again = ({ dy, filter }, { strides }) => {
  const [batch, ...sizes] = dy!.shape as [number, number, number, number, number];
  const steps = (typeof strides === 'number' ? [strides, strides, strides] : strides) as [number, number, number];
  const [planes, rows, columns] = steps.map((step, axis) => (sizes[axis]! - 1) * step + filter!.shape[axis]!) as [number, number, number];
  return tf.conv3dTranspose(ones(dy), ones(filter), [batch, planes, rows, columns, filter!.shape[3]!], steps, 'valid');
};

/** Two tensors; of more, each step's products would have to be told apart. */
const einsum: Again = (inputs, { equation }) => tf.einsum(equation as string, ...Object.values(inputs).map(ones));

const AGAIN: Readonly<Record<string, Again>> = {
  BatchMatMul: matrices,
  _FusedMatMul: matrices,
  Conv2D: convolution,
  FusedConv2D: convolution,
  DepthwiseConv2dNative: depthwise,
  FusedDepthwiseConv2D: depthwise,
  Conv2DBackpropInput: spread,
  Conv3D: volume,
  Conv3DBackpropInputV2: spreadVolume,
  Einsum: einsum,
};

/** Products in all kernels that run while `work` does. */
export function productsIn(work: () => unknown): number {
  const engine = tf.engine();
  const { runKernel } = engine;
  let products = 0;
  let isCounting = false;
  engine.runKernel = (<T>(name: string, inputs: NamedTensorMap, attributes?: NamedAttrMap): T => {
    const again = AGAIN[name];
    if (again && !isCounting) {
      isCounting = true;
      products += tf.tidy(() => tf.sum(again(inputs, (attributes ?? {}) as Attributes)).arraySync() as number);
      isCounting = false;
    }
    return runKernel.call(engine, name, inputs, attributes as NamedAttrMap) as T;
  }) as typeof runKernel;
  try {
    work();
    return products;
  } finally {
    engine.runKernel = runKernel;
  }
}
