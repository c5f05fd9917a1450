import type { ConcreteShape, LayerSpec, SpecValue } from '../../../src/layers/spec';

/** A layer to apply: factory, options and the shapes of its inputs. */
export interface Case {
  readonly factory: string;
  readonly options: SpecValue;
  readonly inputs: readonly ConcreteShape[];
}

type Options = { readonly [key: string]: SpecValue };

/** A layer spec as the reader makes it. */
export const layer = (factory: string, options?: SpecValue): LayerSpec => ({ spec: 'factory', factory, options });

/** A call of one of the namespaces beside `tf.layers`. */
export const made = (path: string, ...args: SpecValue[]): SpecValue => ({ $tf: path, args });

const N = null;
const image: ConcreteShape = [N, 28, 30, 3];
const sequence: ConcreteShape = [N, 12, 5];
const vector: ConcreteShape = [N, 8];
const volume: ConcreteShape = [N, 9, 10, 11, 2];
const film: ConcreteShape = [N, 4, 12, 12, 3];

/** `[options, inputs…]` a row, under the factory's name. */
const rows: { readonly [factory: string]: readonly (readonly [SpecValue, ...ConcreteShape[]])[] } = {
  activation: [
    [{ activation: 'relu' }, image],
    [{ activation: 'softmax' }, vector],
    [{ activation: 'no-such' }, vector],
    [{}, vector],
    [undefined, vector],
  ],
  elu: [
    [undefined, vector],
    [{ alpha: 0.5 }, image],
  ],
  reLU: [
    [undefined, vector],
    [{ maxValue: 6 }, image],
  ],
  leakyReLU: [
    [{}, vector],
    [{ alpha: 0.3 }, image],
  ],
  prelu: [
    [undefined, vector],
    [{ sharedAxes: [1, 2] }, image],
    [{ sharedAxes: 1, alphaInitializer: 'ones', alphaRegularizer: made('regularizers.l1l2', { l1: 0.1 }) }, sequence],
    [{}, [N, N, 3]],
  ],
  softmax: [
    [undefined, vector],
    [{ axis: 1 }, image],
  ],
  thresholdedReLU: [
    [undefined, vector],
    [{ theta: 2 }, image],
  ],
  conv1d: [
    [{ filters: 4, kernelSize: 3 }, sequence],
    [{ filters: 4, kernelSize: [5], strides: 2, padding: 'same', useBias: false }, sequence],
    [{ filters: 4, kernelSize: 3, padding: 'causal', dilationRate: 2 }, sequence],
    [{ filters: 4, kernelSize: 3 }, image],
    [{ filters: 4, kernelSize: [3, 3] }, sequence],
    [{ filters: 4, kernelSize: 20 }, sequence],
    [{ filters: 4, kernelSize: 3 }, [N, N, 5]],
    [{ filters: 4, kernelSize: 3 }, [N, 12, N]],
    [{ kernelSize: 3 }, sequence],
    [{ filters: 4 }, sequence],
  ],
  conv2d: [
    [{ filters: 6, kernelSize: 5 }, image],
    [{ filters: 6, kernelSize: [3, 5], strides: [2, 3], padding: 'same', activation: 'relu' }, image],
    [{ filters: 6, kernelSize: 3, dilationRate: 2, useBias: false }, image],
    [{ filters: 6, kernelSize: 3, dataFormat: 'channelsFirst' }, [N, 3, 28, 30]],
    [
      {
        filters: 6,
        kernelSize: 3,
        kernelInitializer: made('initializers.heNormal', { seed: 3 }),
        kernelRegularizer: made('regularizers.l2', { l2: 0.01 }),
      },
      image,
    ],
    [{ filters: 6, kernelSize: 3, kernelInitializer: 'orthogonal', biasInitializer: made('initializers.constant', { value: 0.1 }) }, image],
    [
      { filters: 6, kernelSize: 3, kernelConstraint: made('constraints.maxNorm', { maxValue: 2, axis: 0 }), biasConstraint: 'nonNeg' },
      image,
    ],
    [{ filters: 6, kernelSize: 3, inputShape: [28, 30, 3], trainable: false, dtype: 'float32' }, image],
    [{ filters: 6, kernelSize: 3, inputShape: [20, 20, 3] }, image],
    [{ filters: 6, kernelSize: 3, inputShape: [20, 3] }, image],
    [{ filters: 6, kernelSize: 3, strides: 2, dilationRate: 2 }, image],
    [{ filters: 6, kernelSize: 3 }, [N, N, N, 3]],
    [{ filters: 6, kernelSize: 3 }, [N, 28, 28, N]],
    [{ filters: 6, kernelSize: 40 }, image],
    [{ filters: 6, kernelSize: 3, padding: 'samee' }, image],
    [{ filters: 6, kernelSize: 3, dataFormat: 'NHWC' }, image],
    [{ filters: 6, kernelSize: 3, activation: 'Relu' }, image],
    [{ filters: 6, kernelSize: 3, kernelInitializer: 'identity' }, image],
    [{ filters: 6, kernelSize: 3, kernelInitializer: 'glorot' }, image],
    [{ filters: -6, kernelSize: 3 }, image],
    [{ filters: 0, kernelSize: 3 }, image],
    [{ filters: 2.5, kernelSize: 3 }, image],
    [{ filters: '6', kernelSize: 3 }, image],
    [{ filters: NaN, kernelSize: 3 }, image],
    [{ filters: 6, kernelSize: [3, 3, 3] }, image],
    [{ filters: 6, kernelSize: 3, strides: 0 }, image],
    [{ filters: 6, kernelSize: 3, strides: [1, 2, 3] }, image],
    [{ filters: 6, kernelSize: 2.5 }, image],
    [{ filters: 6, kernelSize: 3 }, sequence],
    [{ filters: 6, kernelSize: 3 }, image, image],
    [{ filters: 6 }, image],
    [{ kernelSize: 3 }, image],
    [undefined, image],
    [{}, image],
  ],
  conv2dTranspose: [
    [{ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }, [N, 7, 7, 16]],
    [{ filters: 4, kernelSize: [4, 5], strides: [2, 3] }, [N, 7, 9, 16]],
    [{ filters: 4, kernelSize: 3, dataFormat: 'channelsFirst' }, [N, 16, 7, 7]],
    [{ filters: 4, kernelSize: 3, padding: 'causal' }, [N, 7, 7, 16]],
    [{ filters: 4, kernelSize: 3 }, sequence],
    [{ filters: 4, kernelSize: 3, strides: 2 }, [N, N, N, 16]],
  ],
  conv3d: [
    [{ filters: 4, kernelSize: 3 }, volume],
    [{ filters: 4, kernelSize: [1, 2, 3], strides: 2, padding: 'same' }, volume],
    [{ filters: 4, kernelSize: 3 }, image],
    [{ filters: 4, kernelSize: [3, 3] }, volume],
  ],
  conv3dTranspose: [
    [{ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }, volume],
    [{ filters: 4, kernelSize: [2, 3, 4], strides: [1, 2, 3] }, volume],
    [{ filters: 4, kernelSize: 3 }, image],
  ],
  separableConv2d: [
    [{ filters: 8, kernelSize: 3 }, image],
    [{ filters: 8, kernelSize: [3, 5], depthMultiplier: 2, strides: 2, padding: 'same', useBias: false }, image],
    [{ filters: 8, kernelSize: 3, dataFormat: 'channelsFirst' }, [N, 3, 28, 28]],
    [{ filters: 8, kernelSize: 3, kernelInitializer: 'zeros' }, image],
    [{ kernelSize: 3 }, image],
    [{ filters: 8, kernelSize: 3 }, [N, 28, 28, N]],
  ],
  depthwiseConv2d: [
    [{ kernelSize: 3 }, image],
    [{ kernelSize: [3, 2], depthMultiplier: 3, strides: 2, padding: 'same', useBias: false }, image],
    [{ kernelSize: 3, dataFormat: 'channelsFirst' }, [N, 3, 28, 28]],
    [{ kernelSize: 3 }, [N, 28, 28, N]],
    [{ kernelSize: 3 }, sequence],
    [{}, image],
  ],
  cropping2D: [
    [{ cropping: 2 }, image],
    [{ cropping: [1, 2] }, image],
    [
      {
        cropping: [
          [1, 2],
          [3, 4],
        ],
      },
      image,
    ],
    [{ cropping: 20 }, image],
    [
      {
        cropping: [
          [1, 2],
          [3, 4],
        ],
        dataFormat: 'channelsFirst',
      },
      [N, 3, 28, 30],
    ],
    [{}, image],
  ],
  upSampling2d: [
    [{}, image],
    [{ size: [3, 4] }, image],
    [{ size: [2, 2], dataFormat: 'channelsFirst', interpolation: 'bilinear' }, [N, 3, 7, 8]],
    [{ interpolation: 'cubic' }, image],
    [{ size: 2 }, image],
  ],
  zeroPadding2d: [
    [undefined, image],
    [{ padding: 3 }, image],
    [{ padding: [1, 2] }, image],
    [
      {
        padding: [
          [1, 2],
          [3, 4],
        ],
      },
      image,
    ],
    [{ padding: [1, 2, 3] }, image],
    [{ padding: 1, dataFormat: 'channelsFirst' }, [N, 3, 7, 8]],
    [{}, sequence],
  ],
  dense: [
    [{ units: 10 }, vector],
    [{ units: 10, useBias: false, activation: 'softmax' }, vector],
    [{ units: 10 }, sequence],
    [{ units: 10 }, image],
    [{ units: 10, inputDim: 8 }, vector],
    [{ units: 10, kernelInitializer: 'identity' }, vector],
    [{ units: 8, kernelInitializer: 'identity' }, vector],
    [{ units: 10, biasInitializer: 'orthogonal' }, vector],
    [
      {
        units: 10,
        kernelInitializer: 'varianceScaling',
        kernelRegularizer: 'l1l2',
        biasRegularizer: made('regularizers.l1'),
        kernelConstraint: 'unitNorm',
      },
      vector,
    ],
    [{ units: 10, kernelInitializer: made('initializers.varianceScaling', { scale: -1 }) }, vector],
    [{ units: 10, activityRegularizer: made('regularizers.l1') }, vector],
    [{ units: 10, batchInputShape: [4, 8] }, [4, 8]],
    [{ units: 10 }, [N, N]],
    [{ units: 10 }, [N, 2.5]],
    [{ units: 10 }, [N, -2]],
    [{ units: 10 }, [N, 0]],
    [{ units: 10 }, [N, NaN]],
    [{ units: 10 }, [N]],
    [{ units: 10 }, []],
    [{ units: 10 }, vector, vector],
    [{ units: 2.5 }, vector],
    [{ units: -1 }, vector],
    [{ units: 0 }, vector],
    [{ units: '10' }, vector],
    [{ units: null }, vector],
    [{ units: 10, name: 'a b' }, vector],
    [{ units: 10, name: '' }, vector],
    [{ units: 10, name: '__proto__' }, vector],
    [{ units: 10, name: '<img src=x onerror=alert(1)>' }, vector],
    [{}, vector],
    [undefined, vector],
  ],
  dropout: [
    [{ rate: 0.5 }, image],
    [{ rate: 0.5, noiseShape: [2, 1], seed: 1 }, vector],
    [{}, vector],
    [undefined, vector],
  ],
  spatialDropout1d: [
    [{ rate: 0.5 }, sequence],
    [{ rate: 0.5 }, image],
  ],
  flatten: [
    [undefined, image],
    [{}, sequence],
    [{ dataFormat: 'channelsFirst' }, [N, 3, 4, 5]],
    [undefined, [N, N, 3]],
    [undefined, [N]],
    [undefined, vector],
    [{ dataFormat: 'nchw' }, image],
  ],
  repeatVector: [
    [{ n: 4 }, vector],
    [{ n: 4 }, sequence],
    [{}, vector],
    [{ n: 2.5 }, vector],
  ],
  reshape: [
    [{ targetShape: [2, 4] }, vector],
    [{ targetShape: [-1, 2] }, vector],
    [{ targetShape: [-1, -1] }, vector],
    [{ targetShape: [3, 3] }, vector],
    [{ targetShape: [-1, 3] }, vector],
    [{ targetShape: [N, 4] }, [N, N, 4]],
    [{ targetShape: [28 * 30 * 3] }, image],
    [{ targetShape: [4] }, [N, N, 4]],
    [{}, vector],
    [undefined, vector],
  ],
  permute: [
    [{ dims: [2, 1] }, sequence],
    [{ dims: [3, 1, 2] }, image],
    [{ dims: [0, 1] }, sequence],
    [{ dims: [1, 3] }, sequence],
    [{}, sequence],
    [{ dims: 2 }, sequence],
    [{ dims: [1, 2] }, image],
  ],
  embedding: [
    [{ inputDim: 100, outputDim: 16 }, [N, 12]],
    [{ inputDim: 100, outputDim: 16, inputLength: 12, maskZero: true }, [N, 12]],
    [{ inputDim: 100, outputDim: 16, inputLength: 7 }, [N, 12]],
    [{ inputDim: 100, outputDim: 16, inputLength: [3, 4] }, [N, 3, 4]],
    [{ inputDim: 100, outputDim: 16, inputLength: [3, 4] }, [N, 12]],
    [{ inputDim: 100, outputDim: 16, embeddingsInitializer: 'ones', embeddingsConstraint: 'unitNorm' }, [N, N]],
    [{ inputDim: 0, outputDim: 16 }, [N, 12]],
    [{ outputDim: 16 }, [N, 12]],
  ],
  add: [
    [undefined, vector, vector],
    [{}, image, image, image],
    [undefined, [N, 56, 56, 64], [N, 28, 28, 128]],
    [undefined, vector],
    [undefined, [N, 1, 5], [N, 7, 5]],
    [undefined, [4, 8], [5, 8]],
    [undefined, sequence, vector],
    [undefined, [N, N, 5], [N, 12, 5]],
  ],
  average: [
    [undefined, vector, vector],
    [undefined, vector, [N, 9]],
  ],
  maximum: [
    [undefined, vector, vector],
    [undefined, vector],
  ],
  minimum: [[undefined, vector, vector]],
  multiply: [
    [undefined, image, [N, 1, 1, 3]],
    [undefined, image, [N, 3]],
  ],
  concatenate: [
    [undefined, image, [N, 28, 30, 7]],
    [{ axis: 1 }, sequence, [N, 3, 5]],
    [{ axis: 1 }, sequence, [N, 3, 6]],
    [undefined, image, [N, 27, 30, 7]],
    [undefined, image],
    [undefined, image, sequence],
    [{ axis: -1 }, [N, N, 3], [N, 4, 3]],
    [{ axis: 9 }, vector, vector],
    [{ axis: 0 }, [2, 5], [3, 5]],
  ],
  dot: [
    [{ axes: -1 }, vector, vector],
    [{ axes: 1, normalize: true }, vector, vector],
    [{ axes: [2, 2] }, sequence, [N, 7, 5]],
    [{ axes: [1, 2] }, sequence, [N, 7, 5]],
    [{ axes: 1 }, vector, [N, 9]],
    [{ axes: 1 }, image, image],
    [{ axes: 1 }, vector],
    [{}, vector, vector],
  ],
  batchNormalization: [
    [undefined, image],
    [{ axis: 1 }, [N, 3, 28, 28]],
    [{ scale: false }, vector],
    [{ center: false, momentum: 0.9, epsilon: 1e-5 }, vector],
    [{ trainable: false }, image],
    [{ gammaInitializer: 'zeros', gammaRegularizer: 'l1l2', betaConstraint: 'nonNeg' }, image],
    [{ axis: 7 }, image],
    [undefined, [N, 28, 28, N]],
  ],
  layerNormalization: [
    [undefined, image],
    [{ axis: [1, 2] }, image],
    [{ axis: -2, center: false }, sequence],
    [{ axis: 9 }, image],
    [{ axis: 2.5 }, image],
    [{ axis: [1, 1] }, image],
    [{ axis: [] }, image],
    [{ epsilon: 1e-5, scale: false }, vector],
  ],
  averagePooling1d: [
    [{ poolSize: 3 }, sequence],
    [{ poolSize: [3], strides: [2], padding: 'same' }, sequence],
    [{}, sequence],
    [undefined, sequence],
    [{ poolSize: 3 }, image],
    [{ poolSize: [3, 3] }, sequence],
  ],
  maxPooling1d: [
    [{ poolSize: 3, strides: 1 }, sequence],
    [{ poolSize: 20 }, sequence],
    [{ poolSize: 0 }, sequence],
    [{ strides: 2.5 }, sequence],
  ],
  averagePooling2d: [
    [{ poolSize: 2 }, image],
    [{ poolSize: [3, 2], strides: 2, padding: 'same' }, image],
    [{ poolSize: 2, dataFormat: 'channelsFirst' }, [N, 3, 9, 9]],
    [{ poolSize: 2 }, sequence],
  ],
  maxPooling2d: [
    [{}, image],
    [{ poolSize: 3, strides: 2 }, [N, 55, 55, 96]],
    [{ poolSize: 3, strides: [1, 2] }, image],
    [{ poolSize: [2, 2, 2] }, image],
    [{ poolSize: -1 }, image],
    [{ poolSize: 2 }, [N, N, N, 3]],
    [{ poolSize: 40 }, image],
    [undefined, image],
    [{ poolSize: 2, padding: 'causal' }, image],
  ],
  averagePooling3d: [
    [{ poolSize: 2 }, volume],
    [{ poolSize: [1, 2, 3], strides: 2, padding: 'same' }, volume],
    [{ poolSize: 2 }, image],
  ],
  maxPooling3d: [
    [{ poolSize: 2 }, volume],
    [{ poolSize: [2, 2] }, volume],
    [{ poolSize: 2, dataFormat: 'channelsFirst' }, [N, 2, 9, 9, 9]],
  ],
  globalAveragePooling1d: [
    [undefined, sequence],
    [undefined, image],
  ],
  globalMaxPooling1d: [[{}, sequence]],
  globalAveragePooling2d: [
    [{}, image],
    [{ dataFormat: 'channelsFirst' }, image],
    [{}, sequence],
    [undefined, image],
  ],
  globalMaxPooling2d: [
    [{}, image],
    [{ dataFormat: 'x' }, image],
  ],
  simpleRNN: [
    [{ units: 6 }, sequence],
    [{ units: 6, returnSequences: true, activation: 'relu', useBias: false }, sequence],
    [{ units: 6, returnState: true }, sequence],
    [{ units: 6, stateful: true }, [3, 12, 5]],
    [{ units: 6, stateful: true }, sequence],
    [{ units: 6, stateful: true }, [2.5, 12, 5]],
    [{ units: 6, recurrentInitializer: 'identity' }, sequence],
    [{ units: 6, dropout: 0.2, recurrentDropout: 0.1, goBackwards: true, unroll: true }, sequence],
    [{ units: 6 }, vector],
    [{ units: 6 }, [N, N, 5]],
    [{ units: 6 }, [N, 12, N]],
    [{ units: 0 }, sequence],
    [{ units: 6 }, sequence, [N, 6]],
    [{ units: 6 }, sequence, [N, 7]],
    [{}, sequence],
  ],
  gru: [
    [{ units: 6 }, sequence],
    [{ units: 6, returnSequences: true, useBias: false, recurrentActivation: 'sigmoid' }, sequence],
    [{ units: 6, resetAfter: true }, sequence],
    [{ units: 6, implementation: 2, returnState: true }, sequence],
    [{ units: 6 }, image],
    [{ units: 6, implementation: 0 }, sequence],
  ],
  lstm: [
    [{ units: 6 }, sequence],
    [{ units: 6, returnSequences: true, returnState: true }, sequence],
    [{ units: 6, unitForgetBias: false }, sequence],
    [{ units: 6, useBias: false, stateful: true }, [3, 12, 5]],
    [{ units: 6, biasInitializer: 'identity' }, sequence],
    [{ units: 60 }, sequence],
    [{ units: 6 }, sequence, [N, 6], [N, 6]],
    [{ units: 6 }, vector],
  ],
  convLstm2d: [
    [{ filters: 4, kernelSize: 3 }, film],
    [{ filters: 4, kernelSize: [3, 5], padding: 'same', returnSequences: true, strides: 2 }, film],
    [{ filters: 4, kernelSize: 3, returnState: true }, film],
    [{ filters: 4, kernelSize: 3, stateful: true }, [2, 4, 12, 12, 3]],
    [{ filters: 4, kernelSize: 3, stateful: true }, film],
    [{ filters: 4, kernelSize: 3, dataFormat: 'channelsFirst' }, [N, 4, 3, 12, 12]],
    [{ filters: 4, kernelSize: 3 }, image],
    [{ filters: 4 }, film],
    [{ filters: 4, kernelSize: 3, unroll: true }, film],
  ],
  simpleRNNCell: [
    [{ units: 4 }, vector],
    [{}, vector],
  ],
  gruCell: [[{ units: 4 }, vector]],
  lstmCell: [
    [{ units: 4 }, vector],
    [{ units: 4, unitForgetBias: false }, vector],
  ],
  convLstm2dCell: [[{ filters: 4, kernelSize: 3 }, image]],
  stackedRNNCells: [
    [{ cells: [layer('lstmCell', { units: 4 }), layer('gruCell', { units: 6 })] }, vector],
    [{ cells: [] }, vector],
  ],
  rnn: [
    [{ cell: layer('lstmCell', { units: 4 }), returnSequences: true }, sequence],
    [{ cell: [layer('simpleRNNCell', { units: 4 }), layer('gruCell', { units: 6 })], returnState: true }, sequence],
    [{ cell: layer('stackedRNNCells', { cells: [layer('lstmCell', { units: 4 }), layer('lstmCell', { units: 3 })] }) }, sequence],
    [{ cell: layer('dense', { units: 4 }) }, sequence],
    [{}, sequence],
  ],
  bidirectional: [
    [{ layer: layer('lstm', { units: 6 }) }, sequence],
    [{ layer: layer('gru', { units: 6, returnSequences: true }), mergeMode: 'sum' }, sequence],
    [{ layer: layer('simpleRNN', { units: 6, returnState: true }) }, sequence],
    [{ layer: layer('lstm', { units: 6 }), mergeMode: N }, sequence],
    [{ layer: layer('lstm', { units: 6 }), mergeMode: 'best' }, sequence],
    [{ layer: layer('dense', { units: 6 }) }, sequence],
    [{ layer: layer('lstm', { units: 6, stateful: true }) }, [2, 12, 5]],
    [{ layer: layer('lstm', { units: 6 }) }, sequence, [N, 6]],
    [{}, sequence],
  ],
  timeDistributed: [
    [{ layer: layer('dense', { units: 6 }) }, sequence],
    [{ layer: layer('conv2d', { filters: 6, kernelSize: 3 }) }, film],
    [{ layer: layer('flatten') }, film],
    [{ layer: layer('batchNormalization', { trainable: false }) }, film],
    [{ layer: layer('dense', { units: 6 }) }, vector],
    [{}, sequence],
  ],
  gaussianNoise: [
    [{ stddev: 1 }, vector],
    [undefined, vector],
  ],
  gaussianDropout: [[{ rate: 0.5 }, vector]],
  alphaDropout: [
    [{ rate: 0.5 }, vector],
    [{ rate: 0.5, noiseShape: [1] }, vector],
  ],
  masking: [
    [undefined, sequence],
    [{ maskValue: -1 }, sequence],
  ],
  rescaling: [
    [{ scale: 1 / 255 }, image],
    [{ scale: 2, offset: -1 }, image],
    [undefined, image],
  ],
  resizing: [
    [{ height: 14, width: 15 }, image],
    [{ height: 14, width: 15, interpolation: 'nearest', cropToAspectRatio: true }, image],
    [{ height: 14, width: 15, interpolation: 'cubic' }, image],
    [{ height: 14, width: 15 }, [28, 30, 3]],
  ],
  centerCrop: [
    [{ height: 14, width: 15 }, image],
    [{ height: 14, width: 15 }, [28, 30, 3]],
  ],
  categoryEncoding: [
    [{ numTokens: 4 }, [N, 3]],
    [{ numTokens: 4, outputMode: 'oneHot' }, [N, 3]],
    [{ numTokens: 4, outputMode: 'oneHot' }, [N, 1]],
    [{ numTokens: 4, outputMode: 'count' }, [N, 3]],
  ],
  randomWidth: [
    [{ factor: 0.2 }, [28, 30, 3]],
    [{ factor: [-0.1, 0.2], interpolation: 'nearest', seed: 1 }, [28, 30, 3]],
    [{ factor: -1 }, [28, 30, 3]],
    [{ factor: [0.2, 0.1] }, [28, 30, 3]],
  ],
  inputLayer: [
    [{ inputShape: [3] }, vector],
    [{}, vector],
  ],
};

/** Names of one and the same factory. */
const aliases: { readonly [alias: string]: string } = {
  avgPool1d: 'averagePooling1d',
  avgPooling1d: 'averagePooling1d',
  avgPool2d: 'averagePooling2d',
  avgPooling2d: 'averagePooling2d',
  avgPool3d: 'averagePooling3d',
  avgPooling3d: 'averagePooling3d',
  maxPool1d: 'maxPooling1d',
  maxPool2d: 'maxPooling2d',
  globalMaxPool1d: 'globalMaxPooling1d',
  globalMaxPool2d: 'globalMaxPooling2d',
};

/** The runtime must count from the same name, so every layer has one: the outer `it`, those in its options `inner`. */
const withName = (value: SpecValue, name: string): SpecValue => {
  if (Array.isArray(value)) return value.map((inner: SpecValue) => withName(inner, name));
  if (typeof value !== 'object' || value === null) return value;
  const plain = value as Options;
  if (plain['spec'] === 'factory') return { ...plain, options: named(plain['options'] ?? {}, 'inner') };
  return value;
};

const named = (options: SpecValue, name: string): SpecValue => {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return options;
  return { name, ...Object.fromEntries(Object.entries(options as Options).map(([key, value]) => [key, withName(value, name)])) };
};

export const cases: readonly Case[] = [
  ...Object.entries(rows),
  ...Object.entries(aliases).map(([alias, factory]) => [alias, rows[factory]!.slice(0, 2)] as const),
].flatMap(([factory, list]) => list.map(([options, ...inputs]) => ({ factory, options: named(options, 'it'), inputs })));
