import type * as tfl from '@tensorflow/tfjs-layers';
import type { MadeModel } from './model';
import type { ConcreteShape } from './spec';

type Layer = tfl.layers.Layer;
type Shapes = ConcreteShape | readonly ConcreteShape[];

/**
 * Multiply-accumulates for one example, counted as the ResNet paper (He et al., 2015, table 1: "FLOPs (multiply-adds)") and model zoos do:
 * the products of convolutions, matrix products and recurrences. Biases, activations, normalisation, pooling and merging count as nothing.
 * Every output of a convolution counts all its kernel's taps, those over padding too. Each formula below names where it comes from, and a test holds
 * it against the products in the kernels that TensorFlow.js runs.
 */
interface Application {
  readonly layer: LayerInside;
  readonly input: ConcreteShape;
  readonly inputs: readonly ConcreteShape[];
  readonly output: ConcreteShape;
}

/** The parts of layers that the formulas read, under TensorFlow.js' own names. */
interface LayerInside extends Layer {
  readonly dataFormat?: string;
  readonly kernel?: Weight;
  readonly recurrentKernel?: Weight;
  readonly depthwiseKernel?: Weight;
  readonly pointwiseKernel?: Weight;
  readonly layer?: Layer;
  readonly forwardLayer?: Layer;
  readonly backwardLayer?: Layer;
  readonly cell?: LayerInside;
  readonly cells?: readonly LayerInside[];
  readonly axes?: number | readonly number[];
}

interface Weight {
  readonly shape: ConcreteShape;
}

type Formula = (application: Application) => number | undefined;

/** undefined as soon as one size is open, or none at all: TensorFlow.js lets windows pass that are larger than their input. */
const product = (shape: ConcreteShape): number | undefined =>
  shape.reduce<number | undefined>((all, dim) => (all === undefined || dim === null || dim < 0 ? undefined : all * dim), 1);

const times = (...factors: readonly (number | null | undefined)[]): number | undefined => product(factors.map((factor) => factor ?? null));

const plus = (...terms: readonly (number | undefined)[]): number | undefined =>
  terms.reduce<number | undefined>((sum, term) => (sum === undefined || term === undefined ? undefined : sum + term), 0);

const weightSize = (weight: Weight | undefined): number | undefined => weight && product(weight.shape);

/** The positions of an image, sequence or volume, without batch and channels. */
const positions = (shape: ConcreteShape, { dataFormat }: LayerInside): number | undefined =>
  product(dataFormat === 'channelsFirst' ? shape.slice(2) : shape.slice(1, -1));

/** Each output position takes the whole kernel: taps × channels in × filters (tfjs-layers' `convolutional.ts`; He et al., 2015, table 1). */
const convolution: Formula = ({ layer, output }) => times(positions(output, layer), weightSize(layer.kernel));

/** Each input position is spread through the whole kernel: the gradient of a convolution (Dumoulin and Visin, 2016, chapter 4). */
const transposed: Formula = ({ layer, input }) => times(positions(input, layer), weightSize(layer.kernel));

/** Each output position takes one filter for every channel and multiplier (Howard et al., 2017, section 3.1). */
const depthwise: Formula = ({ layer, output }) => times(positions(output, layer), weightSize(layer.depthwiseKernel));

/** A depthwise convolution, then one of 1×1 (Howard et al., 2017, section 3.1, as tfjs-core's `separable_conv2d.ts` runs it). */
const separable: Formula = ({ layer, output }) =>
  times(positions(output, layer), plus(weightSize(layer.depthwiseKernel), weightSize(layer.pointwiseKernel)));

/** One matrix product for every position before the last axis (tfjs-layers' `core.ts`, `K.dot`). */
const dense: Formula = ({ layer, input }) => times(product(input.slice(1, -1)), weightSize(layer.kernel));

/** Per time step: input times kernel, state times recurrent kernel, for all gates, of one cell or of a stack (tfjs-layers' `recurrent.ts`). */
const recurrence: Formula = ({ layer, input }) => {
  const cells = layer.cell?.cells ?? (layer.cell ? [layer.cell] : []);
  if (cells.length === 0) return undefined;
  return times(input[1], plus(...cells.map((cell) => plus(weightSize(cell.kernel), weightSize(cell.recurrentKernel)))));
};

/** Per time step: one convolution of the input, one of the state, both to the output's positions (tfjs-layers' `convolutional_recurrent.ts`; Shi et al., 2015, section 3.1). */
const convolutionalRecurrence: Formula = ({ layer, input, output }) => {
  const { cell } = layer;
  if (!cell) return undefined;
  const image = cell.dataFormat === 'channelsFirst' ? output.slice(-2) : output.slice(-3, -1);
  return times(input[1], product(image), plus(weightSize(cell.kernel), weightSize(cell.recurrentKernel)));
};

/** Both directions go through the whole sequence (tfjs-layers' `wrappers.ts`). */
const bidirectional: Formula = ({ layer, inputs, output }) =>
  plus(...[layer.forwardLayer, layer.backwardLayer].map((one) => one && macsOf(one, inputs, output)));

/** The wrapped layer, once a time step (tfjs-layers' `wrappers.ts`). */
const timeDistributed: Formula = ({ layer, input, output }) => {
  const step = (shape: ConcreteShape): ConcreteShape => [...shape.slice(0, 1), ...shape.slice(2)];
  return layer.layer && times(input[1], macsOf(layer.layer, [step(input)], step(output)));
};

/** A dot product of the joined axis for every value of the output (tfjs-layers' `merge.ts`, `batchDot`). */
const dot: Formula = ({ layer, input, output }) => {
  const axis = typeof layer.axes === 'number' ? layer.axes : layer.axes?.[0];
  return axis === undefined ? undefined : times(product(output.slice(1)), input.at(axis));
};

const nothing: Formula = () => 0;

const FREE = [
  ...[
    'InputLayer',
    'ELU',
    'ReLU',
    'LeakyReLU',
    'PReLU',
    'Softmax',
    'ThresholdedReLU',
    'Activation',
    'Dropout',
    'SpatialDropout1D',
    'Flatten',
  ],
  ...['RepeatVector', 'Reshape', 'Permute', 'Masking', 'Embedding', 'Add', 'Average', 'Concatenate', 'Maximum', 'Minimum', 'Multiply'],
  ...['BatchNormalization', 'LayerNormalization', 'ZeroPadding2D', 'Cropping2D', 'UpSampling2D'],
  ...['AveragePooling1D', 'AveragePooling2D', 'AveragePooling3D', 'MaxPooling1D', 'MaxPooling2D', 'MaxPooling3D'],
  ...['GlobalAveragePooling1D', 'GlobalAveragePooling2D', 'GlobalMaxPooling1D', 'GlobalMaxPooling2D'],
  ...['GaussianNoise', 'GaussianDropout', 'AlphaDropout', 'Rescaling', 'CenterCrop', 'Resizing', 'CategoryEncoding', 'RandomWidth'],
];

const formulas: ReadonlyMap<string, Formula> = new Map([
  ...FREE.map((className) => [className, nothing] as const),
  ...['Conv1D', 'Conv2D', 'Conv3D'].map((className) => [className, convolution] as const),
  ...['Conv2DTranspose', 'Conv3DTranspose'].map((className) => [className, transposed] as const),
  ['DepthwiseConv2D', depthwise] as const,
  ['SeparableConv2D', separable] as const,
  ['Dense', dense] as const,
  ...['SimpleRNN', 'LSTM', 'GRU', 'RNN'].map((className) => [className, recurrence] as const),
  ['ConvLSTM2D', convolutionalRecurrence] as const,
  ['Bidirectional', bidirectional] as const,
  ['TimeDistributed', timeDistributed] as const,
  ['Dot', dot] as const,
]);

/** What nested models cost for the shapes that they were made with. */
const nested = new WeakMap<Layer, { readonly inputs: string; readonly macs: number | undefined }>();

const withoutBatch = (shapes: readonly ConcreteShape[]): string => JSON.stringify(shapes.map((shape) => shape.slice(1)));

/** Notes what a model costs, for when it is used as a layer. */
export const rememberMacs = ({ model, nodes }: MadeModel): void => {
  const macs = plus(...nodes.map(({ layer, inputShapes, outputShape }) => macsOf(layer, inputShapes, outputShape)));
  nested.set(model, { inputs: withoutBatch(model.inputs.map(({ shape }) => shape)), macs });
};

const isShape = (shapes: Shapes): shapes is ConcreteShape => !Array.isArray(shapes[0]);

/**
 * Multiply-accumulates of one application for one example; undefined for open sizes, for classes without a known formula,
 * and for a nested model applied to other sizes than those it was made with. `layer` must be built.
 */
export const macsOf = (layer: Layer, inputs: readonly ConcreteShape[], outputShape: Shapes): number | undefined => {
  const model = nested.get(layer);
  if (model) return model.inputs === withoutBatch(inputs) ? model.macs : undefined;
  const output = isShape(outputShape) ? outputShape : outputShape[0];
  const formula = isOwnClass(layer) ? formulas.get(layer.getClassName()) : undefined;
  const [input = []] = inputs;
  return output && formula?.({ layer: layer as LayerInside, input, inputs, output });
};

/** A class of the source may bear the name of a TensorFlow.js class; nothing is known of what it computes. */
const isOwnClass = (layer: Layer): boolean => !foreign.has(layer);

const foreign = new WeakSet<Layer>();

/** Marks a layer as one of a class of the source, whose cost is not known. */
export const markForeign = (layer: Layer): void => void foreign.add(layer);
