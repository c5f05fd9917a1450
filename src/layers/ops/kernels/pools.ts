import { backend_util, util, type AvgPool3DAttrs, type AvgPoolAttrs, type MaxPoolWithArgmaxAttrs } from '@tensorflow/tfjs-core';
import { info, type Info, type Kernel, type Kernels } from './kernel';

interface Input {
  readonly x: Info;
}

const pool2d =
  (name: string): Kernel =>
  ({ x }: Input, { filterSize, strides, pad, dimRoundingMode }: AvgPoolAttrs) => {
    util.assert(
      backend_util.eitherStridesOrDilationsAreOne(strides, 1),
      () => `Error in ${name}: Either strides or dilations must be 1. Got strides ${strides} and dilations '1'`,
    );
    const { outShape } = backend_util.computePool2DInfo(
      x.shape as [number, number, number, number],
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    return info(outShape, x.dtype);
  };

const pool3d: Kernel = ({ x }: Input, { filterSize, strides, pad, dimRoundingMode, dataFormat }: AvgPool3DAttrs) => {
  const shape = x.shape as [number, number, number, number, number];
  return info(backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode, dataFormat).outShape, 'float32');
};

const withArgmax: Kernel = ({ x }: Input, { filterSize, strides, pad }: MaxPoolWithArgmaxAttrs) => {
  const { outShape } = backend_util.computePool2DInfo(x.shape as [number, number, number, number], filterSize, strides, [1, 1], pad);
  return [info(outShape, x.dtype), info(outShape, 'int32')];
};

export const pools: Kernels = {
  AvgPool: pool2d('avgPool'),
  MaxPool: pool2d('maxPool'),
  AvgPool3D: pool3d,
  MaxPool3D: pool3d,
  MaxPoolWithArgmax: withArgmax,
};
