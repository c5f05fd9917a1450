import {
  util,
  type CropAndResizeAttrs,
  type DepthToSpaceAttrs,
  type FusedBatchNormInputs,
  type TransformAttrs,
} from '@tensorflow/tfjs-core';
import { LimitError } from '../../limits';
import { dependsOnValues, info, like, type Info, type Kernels } from './kernel';

interface Images {
  readonly images: Info;
}

interface Image {
  readonly image: Info;
}

/** Images are batch, height, width, channels. */
const resized = ({ shape }: Info, [height, width]: readonly [number, number]): number[] => {
  const [batch, , , channels] = shape as [number, number, number, number];
  return [batch, height, width, channels];
};

interface Resize {
  readonly size: [number, number];
}

const depthToSpace = ({ x }: { readonly x: Info }, { blockSize, dataFormat }: DepthToSpaceAttrs): Info => {
  if (dataFormat !== 'NHWC') throw new LimitError(`Which backends take ${String(dataFormat).slice(0, 20)} in tf.depthToSpace differs.`);
  const [batch, height, width, depth] = x.shape as [number, number, number, number];
  return info([batch, height * blockSize, width * blockSize, depth / (blockSize * blockSize)], x.dtype);
};

const batchNorm = (inputs: FusedBatchNormInputs): Info => {
  const { x, mean, variance, offset, scale } = inputs as unknown as Record<string, Info | undefined>;
  const rank = (mean as Info).shape.length;
  const equal = (other: Info | undefined, what: string): void =>
    util.assert(
      other == null || rank === other.shape.length,
      () => `Batch normalization gradient requires mean and ${what} to have equal ranks.`,
    );
  equal(variance, 'variance');
  equal(offset, 'offset');
  equal(scale, 'scale');
  return like(x as Info);
};

interface Suppression {
  readonly maxOutputSize: number;
  readonly padToMaxOutputSize: boolean;
}

const suppressionPadded = (_: unknown, { maxOutputSize, padToMaxOutputSize }: Suppression): Info[] =>
  padToMaxOutputSize ? [info([maxOutputSize], 'int32'), info([], 'int32')] : dependsOnValues('a non-maximum suppression')();

export const images: Kernels = {
  ResizeBilinear: ({ images }: Images, { size }: Resize) => info(resized(images, size), 'float32'),
  ResizeNearestNeighbor: ({ images }: Images, { size }: Resize) => info(resized(images, size), images.dtype),
  CropAndResize: ({ image, boxes }: Image & { readonly boxes: Info }, { cropSize }: CropAndResizeAttrs) =>
    info([boxes.shape[0] as number, ...cropSize, image.shape[3] as number], 'float32'),
  DepthToSpace: depthToSpace,
  Transform: ({ image }: Image, { outputShape }: TransformAttrs) =>
    info(resized(image, outputShape ?? (image.shape.slice(1, 3) as [number, number])), image.dtype),
  FlipLeftRight: ({ image }: Image) => like(image),
  RotateWithOffset: ({ image }: Image) => like(image),
  FusedBatchNorm: batchNorm,
  NonMaxSuppressionV3: dependsOnValues('a non-maximum suppression'),
  NonMaxSuppressionV4: suppressionPadded,
  NonMaxSuppressionV5: dependsOnValues('a non-maximum suppression'),
};
