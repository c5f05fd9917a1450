import {
  backend_util,
  util,
  type Conv2DAttrs,
  type Conv2DBackpropInputAttrs,
  type Conv3DAttrs,
  type Conv3DBackpropInputV2Attrs,
  type DepthwiseConv2dNativeAttrs,
  type Dilation2DAttrs,
  type FusedConv2DAttrs,
  type FusedDepthwiseConv2DAttrs,
} from '@tensorflow/tfjs-core';
import { activated } from './activation';
import { add } from './elementwise';
import { info, type Info, type Kernels } from './kernel';

interface Convolved {
  readonly x: Info;
  readonly filter: Info;
}

interface Fused extends Convolved {
  readonly bias?: Info;
  readonly preluActivationWeights?: Info;
}

type Four = [number, number, number, number];
type Five = [number, number, number, number, number];

/** Sizes of images are batch, height, width, channels, or as the data format says; of filters height, width, in, out. */
const info2d = (
  inShape: readonly number[],
  filterShape: readonly number[],
  { strides, pad, dimRoundingMode, dataFormat }: Pick<Conv2DAttrs, 'strides' | 'pad' | 'dimRoundingMode' | 'dataFormat'>,
  dilations: number | [number, number] = 1,
): backend_util.Conv2DInfo =>
  backend_util.computeConv2DInfo(
    inShape as Four,
    filterShape as Four,
    strides,
    dilations,
    pad,
    dimRoundingMode,
    false,
    backend_util.convertConv2DDataFormat(dataFormat),
  );

const conv2d = ({ x, filter }: Convolved, attrs: Conv2DAttrs): Info =>
  info(info2d(x.shape, filter.shape, attrs, attrs.dilations).outShape, x.dtype);

/** The kernel takes no data format: it reads images as NHWC. */
const depthwiseConv2d = ({ x, filter }: Convolved, attrs: DepthwiseConv2dNativeAttrs): Info => {
  const dilations = attrs.dilations ?? [1, 1];
  util.assert(
    backend_util.eitherStridesOrDilationsAreOne(attrs.strides, dilations),
    () => `Error in depthwiseConv2d: Either strides or dilations must be 1. Got strides ${attrs.strides} and dilations '${dilations}'`,
  );
  const { strides, pad, dimRoundingMode } = attrs;
  const sizes = [x.shape as Four, filter.shape as Four] as const;
  return info(backend_util.computeConv2DInfo(...sizes, strides, dilations, pad, dimRoundingMode, true).outShape, x.dtype);
};

const fusedConv2d = ({ x, filter, bias, preluActivationWeights }: Fused, attrs: FusedConv2DAttrs): Info => {
  const perChannel = (y: Info): Info =>
    attrs.dataFormat === 'NCHW' && y.shape.length === 1 && y.shape[0] !== 1 ? info([...y.shape, 1, 1], y.dtype) : y;
  const product = conv2d({ x, filter }, attrs);
  const biased = bias ? add({ a: product, b: perChannel(bias) }) : product;
  return activated(biased, attrs.activation, preluActivationWeights && perChannel(preluActivationWeights));
};

const fusedDepthwise = ({ x, filter, bias, preluActivationWeights }: Fused, attrs: FusedDepthwiseConv2DAttrs): Info => {
  const product = depthwiseConv2d({ x, filter }, attrs);
  return activated(bias ? add({ a: product, b: bias }) : product, attrs.activation, preluActivationWeights);
};

const conv3d = (inShape: readonly number[], filterShape: readonly number[], attrs: Conv3DAttrs): backend_util.Conv3DInfo =>
  backend_util.computeConv3DInfo(inShape as Five, filterShape as Five, attrs.strides, attrs.dilations, attrs.pad);

const dilation2d = ({ x, filter }: Convolved, { strides, pad, dilations }: Dilation2DAttrs): Info =>
  info(
    backend_util.computeDilation2DInfo(x.shape as Four, filter.shape as [number, number, number], strides, pad, 'NHWC', dilations).outShape,
    x.dtype,
  );

interface Upstream {
  readonly dy: Info;
}

export const convolutions: Kernels = {
  Conv2D: conv2d,
  Conv2DBackpropInput: ({ filter }: Upstream & Convolved, attrs: Conv2DBackpropInputAttrs) =>
    info(info2d(attrs.inputShape, filter.shape, attrs).inShape, 'float32'),
  DepthwiseConv2dNative: depthwiseConv2d,
  FusedConv2D: fusedConv2d,
  FusedDepthwiseConv2D: fusedDepthwise,
  Conv3D: ({ x, filter }: Convolved, attrs: Conv3DAttrs) => info(conv3d(x.shape, filter.shape, attrs).outShape, x.dtype),
  Conv3DBackpropInputV2: ({ filter }: Upstream & Convolved, attrs: Conv3DBackpropInputV2Attrs) =>
    info(conv3d(attrs.inputShape, filter.shape, { ...attrs, dataFormat: 'NDHWC', dilations: 1 }).inShape, 'float32'),
  Dilation2D: dilation2d,
};
