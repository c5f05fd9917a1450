/**
 * What a loss computes for one example: `p` is what the model gives, `y` the label, both as long as the output's last axis; `mean`, `max` and Σ
 * go over it, logarithms are natural. Formulas and constants are those of tfjs-layers' `losses.ts` and tfjs-core's `losses` (4.22); a test
 * evaluates each of these texts beside the real function.
 */
export interface Loss {
  readonly formula: string;
  /** What labels must be for it to make sense, and what is done to keep logarithms finite. */
  readonly note?: string;
  /** Where people know another loss by this name: the two apart, in numbers. */
  readonly example?: string;
}

const CLIPPED = 'p is kept in 1e-7 … 1 - 1e-7';

/** The losses that have a name: `compile({ loss: 'hinge' })`. */
const NAMED: Readonly<Record<string, Loss>> = {
  meanSquaredError: { formula: 'mean((y - p)²)' },
  meanAbsoluteError: { formula: 'mean(|y - p|)' },
  meanAbsolutePercentageError: { formula: '100*mean(|y - p|/max(|y|, 1e-7))' },
  meanSquaredLogarithmicError: {
    formula: 'mean((log(1 + max(y, 1e-7)) - log(1 + max(p, 1e-7)))²)',
    note: 'values under 1e-7 count as 1e-7',
  },
  hinge: { formula: 'mean(max(0, 1 - y*p))', note: 'y is -1 or 1' },
  squaredHinge: { formula: 'mean(max(0, 1 - y*p)²)', note: 'y is -1 or 1' },
  categoricalHinge: {
    formula: 'max(0, 1 + max((1 - y)*p) - Σ(y*p))',
    note: 'y is one-hot; the best wrong class counts, not the sum over all wrong ones',
    example: 'scores 3.2, 5.1, -1.7, the third is right: 7.8; the sum would be 13.7',
  },
  logcosh: { formula: 'mean(log(cosh(p - y)))' },
  categoricalCrossentropy: { formula: '-Σ(y*log(p/Σp))', note: 'y is one-hot; p/Σp is kept in 1e-7 … 1 - 1e-7' },
  sparseCategoricalCrossentropy: { formula: '-log(p[y]/Σp)', note: `y is the number of the class; ${CLIPPED}` },
  binaryCrossentropy: { formula: '-mean(y*log(p) + (1 - y)*log(1 - p))', note: `y is 0 or 1; ${CLIPPED}` },
  kullbackLeiblerDivergence: { formula: 'Σ(y*log(y/p))', note: 'inside the logarithm both are kept in 1e-7 … 1' },
  poisson: { formula: 'mean(p - y*log(p + 1e-7))' },
  cosineProximity: { formula: '-Σ(y*p)/(√Σy²*√Σp²)' },
};

/** Functions of `tf.losses`, which a model may be given as well. */
const FUNCTIONS: Readonly<Record<string, Loss>> = {
  absoluteDifference: { formula: 'mean(|y - p|)' },
  meanSquaredError: { formula: 'mean((y - p)²)' },
  hingeLoss: { formula: 'mean(max(0, 1 - (2*y - 1)*p))', note: 'y is 0 or 1' },
  huberLoss: { formula: 'mean(0.5*min(|y - p|, 1)² + |y - p| - min(|y - p|, 1))', note: 'squared up to a difference of 1, linear beyond' },
  logLoss: { formula: '-mean(y*log(p + 1e-7) + (1 - y)*log(1 - p + 1e-7))', note: 'y is 0 or 1' },
  sigmoidCrossEntropy: {
    formula: 'mean(max(p, 0) - p*y + log(1 + exp(-|p|)))',
    note: 'y is 0 or 1; p is taken before the sigmoid',
  },
  softmaxCrossEntropy: { formula: '-Σ(y*(p - log(Σexp(p))))', note: 'y is one-hot; p is taken before the softmax' },
};

/** Other names under which `tf.metrics` has losses. */
const ALIASES: Readonly<Record<string, string>> = {
  mse: 'meanSquaredError',
  MSE: 'meanSquaredError',
  mape: 'meanAbsolutePercentageError',
  MAPE: 'meanAbsolutePercentageError',
};

/** The loss that `compile` takes by this name; undefined where TensorFlow.js throws `Unknown loss`. */
export const namedLoss = (name: string): Loss | undefined => (Object.hasOwn(NAMED, name) ? NAMED[name] : undefined);

/** The loss of a function of TensorFlow.js: `losses.huberLoss`, `metrics.meanSquaredError`. */
export function lossFunction(path: string): Loss | undefined {
  const [room = '', name = ''] = path.split('.');
  if (room === 'losses') return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  return room === 'metrics' ? namedLoss(Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? name) : name) : undefined;
}

export const LOSS_NAMES: readonly string[] = Object.keys(NAMED);
export const LOSS_FUNCTIONS: readonly string[] = Object.keys(FUNCTIONS);
