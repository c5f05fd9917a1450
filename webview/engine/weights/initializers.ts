import { normal, truncatedNormal, uniformBetween, type Distribution } from './distributions';

/** What an initializer of TensorFlow.js says of itself. */
export interface Declared {
  getClassName(): string;
  getConfig(): { readonly [key: string]: unknown };
}

/** How a weight's values come about: each by itself from a distribution, all equal, or as a whole. */
export type Plan =
  | { readonly kind: 'random'; readonly distribution: Distribution }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'identity'; readonly gain: number }
  | { readonly kind: 'orthogonal'; readonly gain: number }
  /** An initializer that is not of the public list (an LSTM's bias): TensorFlow.js must be asked. */
  | { readonly kind: 'ask' };

const number = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/** The same distributions as in tfjs-layers' `initializers.ts`, from what an initializer says of itself. */
export const planOf = (initializer: Declared, shape: readonly number[]): Plan => {
  const config = initializer.getConfig();
  switch (initializer.getClassName()) {
    case 'Zeros':
      return { kind: 'constant', value: 0 };
    case 'Ones':
      return { kind: 'constant', value: 1 };
    case 'Constant':
      return { kind: 'constant', value: number(config['value'], 0) };
    case 'Identity':
      return { kind: 'identity', gain: number(config['gain'], 1) };
    case 'Orthogonal':
      return { kind: 'orthogonal', gain: number(config['gain'], 1) };
    case 'RandomUniform':
      return random(uniformBetween(number(config['minval'], -0.05), number(config['maxval'], 0.05)));
    case 'RandomNormal':
      return random(normal(number(config['mean'], 0), number(config['stddev'], 0.05)));
    case 'TruncatedNormal':
      return random(truncatedNormal(number(config['mean'], 0), number(config['stddev'], 0.05)));
    case 'VarianceScaling':
      return random(varianceScaling(config, shape));
    default:
      return { kind: 'ask' };
  }
};

const random = (distribution: Distribution): Plan => ({ kind: 'random', distribution });

/** Glorot, He and LeCun are this with their own scale and mode. */
const varianceScaling = (config: { readonly [key: string]: unknown }, shape: readonly number[]): Distribution => {
  const [fanIn, fanOut] = fansOf(shape);
  const mode = config['mode'];
  const fan = mode === 'fanIn' ? fanIn : mode === 'fanOut' ? fanOut : (fanIn + fanOut) / 2;
  const variance = number(config['scale'], 1) / Math.max(1, fan);
  if (config['distribution'] === 'uniform') return uniformBetween(-Math.sqrt(3 * variance), Math.sqrt(3 * variance));
  return truncatedNormal(0, Math.sqrt(variance));
};

/** Inputs and outputs of one unit; kernels have their channels last: [height, width, in, out]. */
export const fansOf = (shape: readonly number[]): readonly [fanIn: number, fanOut: number] => {
  const size = shape.reduce((total, dim) => total * dim, 1);
  if (shape.length < 2 || shape.length > 5) return [Math.sqrt(size), Math.sqrt(size)];
  const inputs = shape[shape.length - 2] ?? 1;
  const outputs = shape[shape.length - 1] ?? 1;
  const field = size / Math.max(1, inputs * outputs);
  return [inputs * field, outputs * field];
};
