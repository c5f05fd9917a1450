import { fromTerms, inSteps, MOST_READ, nothingKnown, operand, result, type Arithmetic, type Term } from './arithmeticTypes';
import { ruleOf } from './backwards';
import { activation, batchNorm, isMerge, merge, softmaxOf } from './elementwise';
import { factsOf, type LayerFacts } from './options';
import { globalPool, pool } from './pools';
import { convolution, finish } from './products';
import { countOf, pointBlock } from './region';
import { partAt, readElement, readExample, readPart, weightOf, type Operands } from './values';
import { isConvolution, isPool, isTransposed } from './windows';

/** How an element's value comes about, and what the device has for it. */
export interface Recomputed {
  readonly arithmetic: Arithmetic;
  /** What the device computed. */
  readonly device: number;
  /** How far float32 may be from the exact sum: 1e-6, and 1e-5 of what the terms add up to without their signs. */
  readonly tolerance: number;
  /** undefined where the value was not recomputed. */
  readonly agrees: boolean | undefined;
}

/**
 * Recomputes one element in float64 from the inputs and weights of its window, which are read for this alone.
 * @param at the element's index in the output, without the batch axis
 * @param channel the input channel whose window is to be shown; the strongest one where it is left open
 */
export const recompute = async (operands: Operands, at: readonly number[], channel?: number): Promise<Recomputed> => {
  const [arithmetic, device] = await Promise.all([
    arithmeticOf(factsOf(operands.layer), operands, at, channel),
    readElement(operands.output, operands.example, at),
  ]);
  const { value, terms, rest, lines } = arithmetic;
  const size = [...terms.map((term) => term.product), rest.sum, ...lines.map((line) => line.value), device]
    .filter(Number.isFinite)
    .reduce((total, one) => total + Math.abs(one), 0);
  const tolerance = 1e-6 + 1e-5 * size;
  const agrees = value === undefined ? undefined : Object.is(value, device) || Math.abs(value - device) <= tolerance;
  return { arithmetic, device, tolerance, agrees };
};

const arithmeticOf = (facts: LayerFacts, operands: Operands, at: readonly number[], channel?: number): Promise<Arithmetic> => {
  if (isConvolution(facts) || isTransposed(facts)) return convolution(facts, operands, at, channel);
  if (isPool(facts)) return pool(facts, operands, at);
  if (isMerge(facts)) return merge(facts, operands, at);
  switch (facts.className) {
    case 'Dense':
      return dense(facts, operands, at);
    case 'BatchNormalization':
      return batchNorm(facts, operands, at);
    case 'GlobalMaxPooling1D':
    case 'GlobalMaxPooling2D':
    case 'GlobalAveragePooling1D':
    case 'GlobalAveragePooling2D':
      return globalPool(facts, operands, at);
    case 'Activation':
    case 'Softmax':
    case 'ReLU':
    case 'LeakyReLU':
    case 'PReLU':
    case 'ELU':
    case 'ThresholdedReLU':
    case 'Rescaling':
      return activation(facts, operands, at);
    case 'Embedding':
      return embedding(operands, at);
    default:
      return copy(facts, operands, at);
  }
};

const dense = async (facts: LayerFacts, operands: Operands, at: readonly number[]): Promise<Arithmetic> => {
  const { layer, inputs, example } = operands;
  const [input] = inputs;
  const kernel = weightOf(layer, 'kernel');
  const [count = 0, units = 0] = kernel?.shape ?? [];
  const unit = at[at.length - 1] ?? 0;
  if (!input || !kernel || count > MOST_READ) return nothingKnown('The element has too many terms to list them.');
  const place = at.slice(0, -1);
  const [x, w] = await Promise.all([
    readExample(input, example, [...place, 0], [...place.map(() => 1), count]),
    readPart(kernel, [0, unit], [count, 1]),
  ]);
  const terms = Array.from({ length: count }, (_, k): Term => {
    const [value, weight] = [x.values[k] ?? Number.NaN, w.values[k] ?? Number.NaN];
    return { input: 0, at: [...place, k], value, weight, product: value * weight };
  });
  const done = await finish(facts, operands, terms, unit);
  const soft = /softmax/i.test(facts.activation) && count * units <= MOST_READ;
  if (!soft) return done;
  const over = softmaxOf(facts.activation, await logits(operands, x.values), unit);
  return { ...done, lines: [...done.lines, ...over.lines.slice(1)], value: over.value, reason: undefined };
};

/** What goes into a dense layer's softmax, for all of its units. */
const logits = async ({ layer }: Operands, x: ArrayLike<number>): Promise<number[]> => {
  const kernel = weightOf(layer, 'kernel');
  const bias = weightOf(layer, 'bias');
  if (!kernel) return [];
  const [count = 0, units = 0] = kernel.shape;
  const [w, b] = await Promise.all([readPart(kernel, [0, 0], [count, units]), bias && readPart(bias, [0], [units])]);
  const sums = Array.from({ length: units }, (_, unit) => b?.values[unit] ?? 0);
  for (let k = 0; k < count; k++)
    for (let unit = 0; unit < units; unit++) sums[unit] = (sums[unit] ?? 0) + (x[k] ?? 0) * (w.values[k * units + unit] ?? 0);
  return sums;
};

/** A row of the table of embeddings: the input says which. */
const embedding = async ({ layer, inputs, example }: Operands, at: readonly number[]): Promise<Arithmetic> => {
  const [input] = inputs;
  const table = weightOf(layer, 'embeddings');
  if (!input || !table) return nothingKnown('The layer has no table.');
  const feature = at[at.length - 1] ?? 0;
  const index = await readElement(input, example, at.slice(0, -1));
  const [rows = 0] = table.shape;
  if (!Number.isInteger(index) || index < 0 || index >= rows)
    return nothingKnown(`The index ${index} is not in the table of ${rows} rows.`);
  const part = await readPart(table, [index, feature], [1, 1]);
  const value = partAt(part, [index, feature]);
  return inSteps([operand('index', index), result(`row ${index}, column ${feature} of the table`, value)], value, 'copy');
};

/** Layers that move values about: the value is that of another place, or the zero of a padding. */
const copy = async (facts: LayerFacts, operands: Operands, at: readonly number[]): Promise<Arithmetic> => {
  const { layer, inputs, output, example, training } = operands;
  if (!COPIES.has(facts.className) || (facts.className === 'UpSampling2D' && facts.config['interpolation'] === 'bilinear'))
    return nothingKnown(`The arithmetic of ${layer.name} is not spelled out here; the value is the device\u2019s.`);
  if (training && /Dropout|Noise/.test(facts.className)) return nothingKnown('In training mode this layer draws random numbers.');
  const sizes = { inputs: inputs.map((input) => input.shape.slice(1)), output: output.shape.slice(1), training };
  const regions = ruleOf(layer, sizes).back(pointBlock(at));
  const which = regions.findIndex((region) => region.blocks.length > 0);
  const block = regions[which]?.blocks[0];
  if (!block) return inSteps([operand('padding', 0)], 0, 'copy');
  const input = inputs[which];
  if (!input || countOf(block) !== 1) return nothingKnown('The value does not come from one place.');
  const from = block.map((set) => set[0]?.start ?? 0);
  const value = await readElement(input, example, from);
  return fromTerms('copy', [{ input: which, at: from, value, weight: undefined, product: value }], [], value);
};

const COPIES = new Set([
  'Flatten',
  'Reshape',
  'Permute',
  'RepeatVector',
  'Concatenate',
  'ZeroPadding2D',
  'Cropping2D',
  'UpSampling2D',
  'Dropout',
  'SpatialDropout1D',
  'GaussianNoise',
  'GaussianDropout',
  'AlphaDropout',
]);
