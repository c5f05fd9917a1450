import type { LoadedLayer, LoadedModel, LoadedRecord } from './spec';

/**
 * MobileNet v1 as it is published for TensorFlow.js at a well-known address, for the widths whose files were compared with this
 * one layer by layer: names, options, wiring and weight shapes.
 */
const MOBILENET_V1 = /^https?:\/\/storage\.googleapis\.com\/tfjs-models\/tfjs\/mobilenet_v1_(0\.25|0\.75|1\.0)_224\/model\.json$/;

/** The model at an address outside the workspace, where it is one that is known; else undefined. */
export function publishedModel(address: string): LoadedModel | undefined {
  const width = MOBILENET_V1.exec(address.replace(/[?#].*$/, ''))?.[1];
  return width === undefined ? undefined : mobileNetV1(Number(width));
}

const INITIALIZER: LoadedRecord = {
  className: 'VarianceScaling',
  config: { scale: 1, mode: 'fanAvg', distribution: 'uniform', seed: null },
};

/** Filters of the pointwise convolutions at width 1, and the stride of the depthwise one before each. */
const BLOCKS: readonly (readonly [filters: number, stride: number])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
];

const layer = (factory: string, options: LoadedRecord): LoadedLayer => ({ kind: 'factory', factory, options });

const convolution = (factory: string, name: string, size: number, stride: number, options: LoadedRecord): readonly LoadedLayer[] => [
  layer(factory, { name, kernelSize: [size, size], strides: [stride, stride], padding: 'same', useBias: false, ...options }),
  layer('batchNormalization', { name: `${name}_bn`, axis: -1, momentum: 0.99, epsilon: 0.001 }),
  layer('activation', { name: `${name}_relu`, activation: 'relu6' }),
];

/** A chain of layers: 13 blocks of a depthwise and a pointwise convolution, and a head of 1,000 classes. */
function mobileNetV1(width: number): LoadedModel {
  const features = 1024 * width;
  const layers = [
    layer('inputLayer', { name: 'input_1', batchInputShape: [null, 224, 224, 3], dtype: 'float32' }),
    ...convolution('conv2d', 'conv1', 3, 2, { filters: 32 * width, kernelInitializer: INITIALIZER }),
    ...BLOCKS.flatMap(([filters, stride], i) => [
      ...convolution('depthwiseConv2d', `conv_dw_${i + 1}`, 3, stride, { depthMultiplier: 1, depthwiseInitializer: INITIALIZER }),
      ...convolution('conv2d', `conv_pw_${i + 1}`, 1, 1, { filters: filters * width, kernelInitializer: INITIALIZER }),
    ]),
    layer('globalAveragePooling2d', { name: 'global_average_pooling2d_1', dataFormat: 'channelsLast' }),
    layer('reshape', { name: 'reshape_1', targetShape: [1, 1, features] }),
    layer('dropout', { name: 'dropout', rate: 0.001 }),
    layer('conv2d', { name: 'conv_preds', filters: 1000, kernelSize: [1, 1], padding: 'same', kernelInitializer: INITIALIZER }),
    layer('activation', { name: 'act_softmax', activation: 'softmax' }),
    layer('reshape', { name: 'reshape_2', targetShape: [1000] }),
  ];
  return {
    kind: 'functional',
    name: `mobilenet_${width.toFixed(2)}_224`,
    layers,
    nodes: layers.map((_, i) => ({ layer: i, inputs: i === 0 ? [] : [{ node: i - 1, index: 0 }] })),
    inputs: [{ node: 0, index: 0 }],
    outputs: [{ node: layers.length - 1, index: 0 }],
  };
}
