import type { Tensor } from '@tensorflow/tfjs-core';
import { activationOf } from './activations';
import { fromTerms, inSteps, nothingKnown, operand, result, type Arithmetic, type Term } from './arithmeticTypes';
import { sampleAxis, type LayerFacts } from './options';
import { readElement, readExample, readPart, readWeight, weightOf, type Operands } from './values';

/** Batch norm at inference: gamma (x - mean) / sqrt(variance + epsilon) + beta, with the moving mean and variance (Ioffe and Szegedy 2015). */
export const batchNorm = async (
  facts: LayerFacts,
  { layer, inputs, example, training }: Operands,
  at: readonly number[],
): Promise<Arithmetic> => {
  const [input] = inputs;
  if (training || !input)
    return nothingKnown('In training mode the mean and variance are those of the batch; the batch norm view has them.');
  const axis = sampleAxis(facts.config['axis'], at.length);
  const weight = (name: string): Promise<number | undefined> => readWeight(layer, name, at[axis] ?? 0);
  const [x, gamma, beta, mean = 0, variance = 1] = await Promise.all([
    readElement(input, example, at),
    weight('gamma'),
    weight('beta'),
    weight('moving_mean'),
    weight('moving_variance'),
  ]);
  const epsilon = Number(facts.config['epsilon'] ?? 1e-3);
  const normal = (x - mean) / Math.sqrt(variance + epsilon);
  const value = (gamma ?? 1) * normal + (beta ?? 0);
  const lines = [
    operand('x', x),
    operand('moving mean', mean),
    operand('moving variance', variance),
    operand('epsilon', epsilon),
    result('(x − mean) / √(variance + ε)', normal),
    ...(gamma === undefined ? [] : [operand('gamma', gamma)]),
    ...(beta === undefined ? [] : [operand('beta', beta)]),
    result('gamma · that + beta', value),
  ];
  return inSteps(lines, value);
};

/** An activation that is a layer of its own. */
export const activation = async (facts: LayerFacts, operands: Operands, at: readonly number[]): Promise<Arithmetic> => {
  const [input] = operands.inputs;
  if (!input) return nothingKnown('The layer has no input.');
  if (facts.className === 'Softmax') return softmax('softmax', input, operands, at, sampleAxis(facts.config['axis'], at.length));
  if (/softmax/i.test(facts.activation)) return softmax(facts.activation, input, operands, at, at.length - 1);
  const x = await readElement(input, operands.example, at);
  const { label, value, more } = await layerActivation(facts, operands, at, x);
  if (value === undefined) return nothingKnown(`${label} is not recomputed.`);
  return inSteps([operand('x', x), ...more, result(label, value)], value);
};

interface Activated {
  readonly label: string;
  readonly value: number | undefined;
  readonly more: readonly ReturnType<typeof operand>[];
}

const layerActivation = async (facts: LayerFacts, { layer }: Operands, at: readonly number[], x: number): Promise<Activated> => {
  const { className, config } = facts;
  const given = (name: string, otherwise: number): number => (typeof config[name] === 'number' ? config[name] : otherwise);
  switch (className) {
    case 'ReLU':
      return { label: 'relu', value: Math.min(Math.max(0, x), given('maxValue', Infinity)), more: [] };
    case 'ELU':
      return { label: 'elu', value: x < 0 ? Math.expm1(x) : x, more: [] };
    case 'LeakyReLU': {
      const alpha = given('alpha', 0.3);
      return { label: 'x < 0 ? alpha · x : x', value: x < 0 ? alpha * x : x, more: [operand('alpha', alpha)] };
    }
    case 'ThresholdedReLU': {
      const theta = given('theta', 1);
      return { label: 'x > theta ? x : 0', value: x > theta ? x : 0, more: [operand('theta', theta)] };
    }
    case 'PReLU': {
      const alpha = await readAlpha(weightOf(layer, 'alpha'), at);
      return { label: 'x < 0 ? alpha · x : x', value: x < 0 ? alpha * x : x, more: [operand('alpha', alpha)] };
    }
    case 'Rescaling': {
      const [scale, offset] = [given('scale', 1), given('offset', 0)];
      return { label: 'scale · x + offset', value: scale * x + offset, more: [operand('scale', scale), operand('offset', offset)] };
    }
    default:
      return { label: facts.activation, value: activationOf(facts.activation)?.(x), more: [] };
  }
};

/** Axes that share their alpha have one element. */
const readAlpha = async (alpha: Tensor | undefined, at: readonly number[]): Promise<number> => {
  if (!alpha) return Number.NaN;
  const place = at.map((index, axis) => Math.min(index, (alpha.shape[axis] ?? 1) - 1));
  return (
    (
      await readPart(
        alpha,
        place,
        place.map(() => 1),
      )
    ).values[0] ?? Number.NaN
  );
};

/** exp(x) by the sum of exp over one axis, the largest x taken off both, as TensorFlow.js does against overflow. */
const softmax = async (name: string, input: Tensor, { example }: Operands, at: readonly number[], axis: number): Promise<Arithmetic> => {
  const line = await readExample(
    input,
    example,
    at.map((index, k) => (k === axis ? 0 : index)),
    at.map((_, k) => (k === axis ? (input.shape[axis + 1] ?? 1) : 1)),
  );
  return softmaxOf(name, Array.from(line.values), at[axis] ?? 0);
};

export const softmaxOf = (name: string, values: readonly number[], index: number): Arithmetic => {
  const x = values[index] ?? Number.NaN;
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = values.reduce((total, value) => total + Math.exp(value - most), 0);
  const value = name === 'logSoftmax' ? x - most - Math.log(sum) : Math.exp(x - most) / sum;
  const lines = [
    operand('x', x),
    operand('largest x', most),
    result('exp(x − largest)', Math.exp(x - most)),
    result(`sum of exp(x − largest) over ${values.length}`, sum),
    result(name, value),
  ];
  return inSteps(lines, value);
};

const MERGES = {
  Add: 'sum',
  Average: 'mean',
  Multiply: 'product',
  Maximum: 'maximum',
  Minimum: 'minimum',
} as const;

export const isMerge = (facts: LayerFacts): boolean => Object.hasOwn(MERGES, facts.className);

/** Layers that join their inputs element by element; an axis of one element serves every index. */
export const merge = async (facts: LayerFacts, { inputs, example }: Operands, at: readonly number[]): Promise<Arithmetic> => {
  const rule = MERGES[facts.className as keyof typeof MERGES];
  const terms = await Promise.all(
    inputs.map(async (input, k): Promise<Term> => {
      const sizes = input.shape.slice(1);
      const place = sizes.map((size, axis) => (size === 1 ? 0 : (at[at.length - sizes.length + axis] ?? 0)));
      const value = await readElement(input, example, place);
      return { input: k, at: place, value, weight: undefined, product: value };
    }),
  );
  const values = terms.map((term) => term.value);
  const sum = values.reduce((total, value) => total + value, 0);
  switch (rule) {
    case 'sum':
      return fromTerms(rule, terms, [result('sum', sum)], sum);
    case 'mean':
      return fromTerms(rule, terms, [result('sum', sum), operand('count', values.length)], sum / values.length);
    case 'product':
      return fromTerms(
        rule,
        terms,
        [],
        values.reduce((total, value) => total * value, 1),
      );
    case 'maximum':
      return fromTerms(rule, terms, [], Math.max(...values));
    case 'minimum':
      return fromTerms(rule, terms, [], Math.min(...values));
  }
};
