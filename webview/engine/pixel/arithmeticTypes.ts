/**
 * How one element of a layer's output comes about, number by number, in float64 from the float32 values that the layer itself used. Places are
 * indices in one example, the batch axis left out.
 */
export interface Arithmetic {
  readonly rule: ArithmeticRule;
  /** The terms of the largest size, largest first. */
  readonly terms: readonly Term[];
  /** All terms that there are, those on padding left out. */
  readonly count: number;
  /** What is not in `terms`: how many, and their sum. */
  readonly rest: { readonly count: number; readonly sum: number };
  /** Elements of the window that stand on padding. They count as zeros in a convolution, and not at all in a pool. */
  readonly padded: number;
  /** The sum of the terms of each input channel, in the order of channels; empty where there is one channel, or no sum. */
  readonly channels: readonly number[];
  /** What follows the terms, in the order of computing. */
  readonly lines: readonly Line[];
  /** The window on one input channel, and the kernel's values for it. */
  readonly window: WindowValues | undefined;
  /** The result; undefined where it is not recomputed, and `reason` says why. */
  readonly value: number | undefined;
  readonly reason: string | undefined;
}

/**
 * `products`: terms are input times weight. `sum`, `product`, `mean`, `maximum`, `minimum`: of the terms. `steps`: the lines alone say it.
 * `copy`: the value of another place. `none`: not recomputed.
 */
export type ArithmeticRule = 'products' | 'sum' | 'product' | 'mean' | 'maximum' | 'minimum' | 'steps' | 'copy' | 'none';

export interface Term {
  /** Which of the layer's inputs. */
  readonly input: number;
  readonly at: readonly number[];
  readonly value: number;
  /** undefined where the input is taken as it is. */
  readonly weight: number | undefined;
  readonly product: number;
}

export interface Line {
  /** `operand`: a number that enters. `result`: what has been computed so far. */
  readonly kind: 'operand' | 'result';
  /** In TensorFlow.js' words: `bias`, `gamma`, `tanh`. */
  readonly label: string;
  readonly value: number;
}

/** Rows of columns. NaN stands for padding in `values`. */
export interface WindowValues {
  readonly rows: number;
  readonly columns: number;
  readonly channel: number;
  readonly values: readonly number[];
  /** Empty where the layer has no kernel. */
  readonly weights: readonly number[];
  /** Index into `values` of the element that won; undefined but for max pooling. */
  readonly winner: number | undefined;
}

/** Terms that are listed one by one. */
export const MOST_TERMS = 24;

/** Terms that are read at all: an element of more is not recomputed. */
export const MOST_READ = 1 << 22;

export const nothingKnown = (reason: string): Arithmetic => ({
  ...blank,
  rule: 'none',
  reason,
});

const blank = {
  terms: [],
  count: 0,
  rest: { count: 0, sum: 0 },
  padded: 0,
  channels: [],
  lines: [],
  window: undefined,
  value: undefined,
  reason: undefined,
} as const;

/** An element that a few numbers make, without terms. */
export const inSteps = (lines: readonly Line[], value: number, rule: ArithmeticRule = 'steps'): Arithmetic => ({
  ...blank,
  rule,
  lines,
  value,
});

/** Terms in short: the largest in full, the rest as a sum. */
export const inTerms = (terms: readonly Term[]): Pick<Arithmetic, 'terms' | 'count' | 'rest'> => {
  const largest = [...terms].sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  const left = largest.slice(MOST_TERMS);
  return {
    terms: largest.slice(0, MOST_TERMS),
    count: terms.length,
    rest: { count: left.length, sum: left.reduce((sum, term) => sum + term.product, 0) },
  };
};

export const fromTerms = (rule: ArithmeticRule, terms: readonly Term[], lines: readonly Line[], value: number): Arithmetic => ({
  ...blank,
  ...inTerms(terms),
  rule,
  lines,
  value,
});

export const operand = (label: string, value: number): Line => ({ kind: 'operand', label, value });
export const result = (label: string, value: number): Line => ({ kind: 'result', label, value });
