import type { GraphLayer } from '../model/graph';
import type { PlainObject } from '../model/plain';
import { isShapeList, type Shape } from '../model/shape';
import { unknownsIn } from '../model/config';
import { frameOf } from '../model/frames';
import { slide, windowsOf } from '../model/windows';
import { perGraph } from './perGraph';

/** What one element of a map sees of the model's input along one axis: `size` elements, and `step` further for each next element. */
export interface Sight {
  readonly size: number;
  readonly step: number;
}

/** Element i sees the inputs from step*i + first to step*i + last. */
interface Reach {
  readonly step: number;
  readonly first: number;
  readonly last: number;
}

/** Layers whose elements see what the element at their own place sees. */
const IN_PLACE = new Set([
  'Activation',
  'BatchNormalization',
  'Dropout',
  'ELU',
  'LeakyReLU',
  'PReLU',
  'ReLU',
  'ThresholdedReLU',
  'GaussianNoise',
  'GaussianDropout',
  'AlphaDropout',
  'LayerNormalization',
  'Softmax',
  'SpatialDropout1D',
  'Masking',
  'Rescaling',
  'InputLayer',
]);

/** Ops that make each value of what stands at its place, or beside it on the channels' axis. */
const IN_PLACE_OPS = new Set([
  ...[
    'localResponseNormalization',
    'add',
    'sub',
    'mul',
    'div',
    'pow',
    'maximum',
    'minimum',
    'neg',
    'abs',
    'square',
    'sqrt',
    'rsqrt',
    'exp',
  ],
  ...['log', 'relu', 'relu6', 'elu', 'selu', 'leakyRelu', 'prelu', 'sigmoid', 'tanh', 'softplus', 'erf', 'clipByValue', 'cast', 'clone'],
]);
const MERGES = new Set(['Add', 'Average', 'Concatenate', 'Maximum', 'Minimum', 'Multiply']);

/** The receptive field of each node of a model of sequences, images or volumes, as many axes as these have, rows before columns; undefined for a node where it is not certain. */
export const sights = perGraph((graph): readonly (readonly Sight[] | undefined)[] => {
  const reaches: (readonly Reach[] | undefined)[] = [];
  for (const node of graph.nodes) {
    const layer = graph.layers[node.layer];
    const inputs = node.inputs.map((ref) => (ref.index === 0 ? reaches[ref.node] : undefined));
    const shape = node.inputs[0] && graph.nodes[node.inputs[0].node]?.outputShape;
    reaches.push(layer && (node.inputs.length === 0 ? start(node.outputShape) : reach(layer, shape, inputs)));
  }
  return reaches.map((axes) => axes?.map(({ step, first, last }) => ({ step, size: last - first + 1 })));
});

const start = (shape: unknown): readonly Reach[] | undefined =>
  Array.isArray(shape) && shape.length >= 3 && shape.length <= 5
    ? Array<Reach>(shape.length - 2).fill({ step: 1, first: 0, last: 0 })
    : undefined;

function reach(
  layer: GraphLayer,
  shape: Shape | readonly Shape[] | undefined,
  inputs: readonly (readonly Reach[] | undefined)[],
): readonly Reach[] | undefined {
  const [input] = inputs;
  if (layer.factory === 'custom') return input && inputs.length === 1 && worksInPlace(layer) ? input : undefined;
  if (!isCertain(layer, (input?.length ?? 0) + 1)) return undefined;
  if (MERGES.has(layer.className)) return merged(inputs);
  if (!input || inputs.length !== 1) return undefined;
  if (IN_PLACE.has(layer.className)) return input;
  const options = withDefaults(layer);
  if (layer.className === 'ZeroPadding2D' || layer.className === 'Cropping2D') return framed(layer, input);
  const windows = shape && !isShapeList(shape) ? windowsOf(layer.className, options, shape) : undefined;
  if (windows?.length !== input.length) return undefined;
  const axes = windows.map((window, axis) => {
    const from = input[axis];
    const result = slide(window);
    if (!from || !result) return undefined;
    // Element i reads the elements from stride*i - before on, as many as the window reaches over.
    const first = from.step * -result.before + from.first;
    return { step: from.step * window.stride, first, last: first - from.first + from.step * (result.extent - 1) + from.last };
  });
  return axes.every((axis) => axis !== undefined) ? axes : undefined;
}

/** A layer class of the source that computes each value of what stands at its place. */
const worksInPlace = ({ ops }: GraphLayer): boolean => ops?.steps.every(({ op }) => IN_PLACE_OPS.has(op)) ?? false;

/** What lies at the edge is no part of the input; the elements behind it stand further on, or further back. */
function framed({ className, options }: GraphLayer, input: readonly Reach[]): readonly Reach[] | undefined {
  const isCropped = className === 'Cropping2D';
  const frame = frameOf({ frame: options[isCropped ? 'cropping' : 'padding'] ?? (isCropped ? 0 : 1) }, 'frame');
  const sign = isCropped ? 1 : -1;
  if (!frame || options['dataFormat'] === 'channelsFirst') return undefined;
  return input.map(({ step, first, last }, axis) => {
    const by = sign * step * (frame[axis]?.[0] ?? NaN);
    return { step, first: first + by, last: last + by };
  });
}

/** False where an option that decides is open, or the channels do not come last. `last` is their axis. */
const isCertain = ({ options }: GraphLayer, last: number): boolean =>
  DECIDING.every((key) => typeof options[key] !== 'object' || unknownsIn(options[key]).length === 0) &&
  (options['axis'] === undefined || options['axis'] === -1 || options['axis'] === last);

/** A layer's options with the defaults of those that matter here. */
const withDefaults = ({ factory, options }: GraphLayer): PlainObject => ({
  padding: 'valid',
  ...(/pool/i.test(factory) ? { poolSize: 2 } : { strides: 1 }),
  ...options,
});

const DECIDING = ['kernelSize', 'poolSize', 'strides', 'padding', 'cropping', 'dilationRate', 'dataFormat', 'axis'];

/** Sees what any branch sees; branches that step differently do not meet element by element. */
function merged(inputs: readonly (readonly Reach[] | undefined)[]): readonly Reach[] | undefined {
  const [head, ...others] = inputs;
  if (!head || !others.every((other) => other !== undefined)) return undefined;
  const axes = head.map((axis, index) => {
    const all = [axis, ...others.map((other) => other[index] ?? axis)];
    if (all.some(({ step }) => step !== axis.step)) return undefined;
    return { step: axis.step, first: Math.min(...all.map(({ first }) => first)), last: Math.max(...all.map(({ last }) => last)) };
  });
  return axes.every((axis) => axis !== undefined) ? axes : undefined;
}
