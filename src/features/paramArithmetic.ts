import type { PlainObject } from '../model/plain';
import { isShapeList, showCount, type Count, type Dim, type Shapes } from '../model/shape';
import { dimOf, flagOf, numberOf, numbersOf } from '../model/config';
import { agree } from './formula';
import { channels } from '../model/windows';

/**
 * How many parameters a layer has, spelt out: `11*11*3*96 + 96 = 34,944`. The sum is checked against the count that TensorFlow.js gave
 * and left out where it does not come out.
 */
export function paramArithmetic(className: string, config: PlainObject, input: Shapes | undefined, params: Count): string {
  // A recurrent layer may be given its first states beside the sequence.
  const shape = input && isShapeList(input) ? (RECURRENT.has(className) ? input[0] : undefined) : input;
  const sum =
    shape && Object.hasOwn(SUMS, className) ? SUMS[className]?.(config, channels(shape, config) ?? null, shape.length) : undefined;
  return sum !== undefined && !saysTheSame(sum, String(params)) && agree(sum, params) ? `${sum} = ${showCount(params)}` : showCount(params);
}

const RECURRENT: ReadonlySet<string> = new Set(['SimpleRNN', 'GRU', 'LSTM']);

/** True where two formulas differ in the order of their factors and terms alone. */
const saysTheSame = (one: string, other: string): boolean => inOrder(one) === inOrder(other);

const inOrder = (formula: string): string =>
  /[()]/.test(formula)
    ? formula
    : formula
        .split(' + ')
        .map((term) => term.split('*').sort().join('*'))
        .sort()
        .join(' + ');

/** A sum of products over numbers and names; undefined where a factor is missing. */
type Sum = (config: PlainObject, input: Dim, rank: number) => string | undefined;

type Factor = Dim | undefined;

const product = (...factors: readonly Factor[]): string | undefined =>
  factors.every((factor) => factor !== undefined && factor !== null) ? factors.map(wrapped).join('*') : undefined;

/** A formula inside a product needs parentheses. */
const wrapped = (factor: Factor): string => (typeof factor === 'string' && /[-+/ ]/.test(factor) ? `(${factor})` : String(factor));

const withBias = (config: PlainObject, weights: string | undefined, bias: string | undefined): string | undefined => {
  const useBias = flagOf(config, 'useBias', true);
  if (weights === undefined || bias === undefined || useBias === undefined) return undefined;
  return useBias ? `${weights} + ${bias}` : weights;
};

const convolution =
  (axes: number): Sum =>
  (config, input) =>
    withBias(
      config,
      product(...(numbersOf(config, 'kernelSize', axes) ?? [undefined]), input, dimOf(config, 'filters')),
      product(dimOf(config, 'filters')),
    );

const depthwise: Sum = (config, input) => {
  const kernel = numbersOf(config, 'kernelSize', 2) ?? [undefined];
  const multiplier = numberOf(config, 'depthMultiplier') ?? 1;
  const made = multiplier === 1 ? [input] : [input, multiplier];
  return withBias(config, product(...kernel, ...made), product(...made));
};

const separable: Sum = (config, input) => {
  const multiplier = numberOf(config, 'depthMultiplier') ?? 1;
  const depth = product(...(numbersOf(config, 'kernelSize', 2) ?? [undefined]), input, multiplier);
  const point = product(input, multiplier, dimOf(config, 'filters'));
  return withBias(config, depth && point && `${depth} + ${point}`, product(dimOf(config, 'filters')));
};

const dense: Sum = (config, input) => withBias(config, product(input, dimOf(config, 'units')), product(dimOf(config, 'units')));

/** `gates` weight matrices over the input and over the layer's own last output. */
const recurrent =
  (gates: number): Sum =>
  (config, input) => {
    const units = dimOf(config, 'units');
    const useBias = flagOf(config, 'useBias', true);
    const weights = product(units, units);
    if (weights === undefined || useBias === undefined || input === null) return undefined;
    const one = [product(input, units), weights, ...(useBias ? [product(units)] : [])].join(' + ');
    return gates === 1 ? one : `${gates}*(${one})`;
  };

/** Scale, centre and both moving statistics, each as long as the axis has channels. */
const normalization =
  (statistics: 0 | 2): Sum =>
  (config, input, rank) => {
    const [scale, center] = [flagOf(config, 'scale', true), flagOf(config, 'center', true)];
    // Once built, a layer normalisation states its axes as a list counted from the front.
    const [axis] = numbersOf(config, 'axis', 1) ?? [-1];
    // Another axis than the last has its own length, which is not known here.
    if (scale === undefined || center === undefined || (axis !== -1 && axis !== rank - 1)) return undefined;
    return product(statistics + Number(scale) + Number(center), input);
  };

const embedding: Sum = (config) => product(dimOf(config, 'inputDim'), dimOf(config, 'outputDim'));

const SUMS: Readonly<Record<string, Sum>> = {
  Conv1D: convolution(1),
  Conv2D: convolution(2),
  Conv3D: convolution(3),
  Conv2DTranspose: convolution(2),
  DepthwiseConv2D: depthwise,
  SeparableConv2D: separable,
  Dense: dense,
  SimpleRNN: recurrent(1),
  GRU: recurrent(3),
  LSTM: recurrent(4),
  BatchNormalization: normalization(2),
  LayerNormalization: normalization(0),
  Embedding: embedding,
};
