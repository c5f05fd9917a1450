import { util, type EinsumAttrs } from '@tensorflow/tfjs-core';
import { stepsOfEinsum } from './linear';
import type { Info } from './kernel';

type Inputs = Readonly<Record<string, Info>>;

/**
 * Multiply-accumulates of the kernels that add up products, as `layers/cost.ts` counts them for layers: the products of convolutions and of
 * matrix products, taps over padding included (He et al., 2015, table 1). Other kernels count nothing. NaN where no count is agreed on.
 */
type Count = (inputs: Inputs, attrs: unknown, output: Info) => number;

const size = (tensor: Info | undefined): number => (tensor ? util.sizeFromShape(tensor.shape) : NaN);

/** Products that are added up for each value of the output. */
const perValue =
  (taps: (inputs: Inputs, attrs: unknown) => number): Count =>
  (inputs, attrs, output) =>
    size(output) * taps(inputs, attrs);

/** Height × width × channels in of a filter [height, width, in, out]; the channels are one in a depthwise one. */
const taps = (axes: number): Count => perValue(({ filter }) => (filter ? util.sizeFromShape(filter.shape.slice(0, axes)) : NaN));

/** Each value of what is spread meets the filter [height, width, out, in] for every channel out. */
const spread: Count = ({ dy, filter }) => (size(dy) * size(filter)) / (filter?.shape.at(-1) ?? NaN);

const inner: Count = perValue(({ a }, attrs) => {
  const isTransposed = (attrs as { readonly transposeA?: boolean }).transposeA === true;
  return a?.shape.at(isTransposed ? -2 : -1) ?? NaN;
});

/** Every value that a step multiplies into what was there before. */
const einsum: Count = (inputs, attrs) =>
  stepsOfEinsum(Object.values(inputs), attrs as EinsumAttrs).reduce(
    (sum, { multiplied }) => sum + multiplied.reduce((all, one) => all + size(one), 0),
    0,
  );

/** Fast transforms take n*log(n) products, in as many ways as there are libraries. */
const open: Count = () => NaN;

export const PRODUCTS: Readonly<Record<string, Count>> = {
  BatchMatMul: inner,
  _FusedMatMul: inner,
  Conv2D: taps(3),
  FusedConv2D: taps(3),
  Conv2DBackpropInput: spread,
  DepthwiseConv2dNative: taps(2),
  FusedDepthwiseConv2D: taps(2),
  Conv3D: taps(4),
  Conv3DBackpropInputV2: spread,
  Einsum: einsum,
  FFT: open,
  IFFT: open,
};
