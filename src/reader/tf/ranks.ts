/** Dimensions of one example of the layers that take inputs of one rank only. */
const RANKS: readonly (readonly [RegExp, number])[] = [
  [
    /^(conv2d|conv2dTranspose|separableConv2d|depthwiseConv2d|(global)?(max|average)Pool(ing)?2d|upSampling2d|zeroPadding2d|cropping2D)$/i,
    3,
  ],
  [/^flatten$/, 2],
  [/^(conv1d|(global)?(max|average)Pool(ing)?1d|lstm|gru|simpleRNN)$/i, 2],
  [/^(conv3d|conv3dTranspose|(max|average)Pool(ing)?3d)$/i, 4],
];

/** Dimensions of one example that a layer's input must have, batch not counted; undefined for layers that take any. */
export const rankOf = (factory: string): number | undefined => RANKS.find(([factories]) => factories.test(factory))?.[1];
