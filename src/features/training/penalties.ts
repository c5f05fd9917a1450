import { isUnknownPlain, type Plain, type PlainObject } from '../../model/plain';
import type { Penalty } from '../../model/training';
import { shortName } from '../writing';

/** Rates that TensorFlow.js takes where a regularizer's call leaves them out. */
const DEFAULT_RATE = 0.01;

/**
 * `0.001*Σw²`, `0.01*Σ|w| + 0.01*Σw²`: what a regularizer adds to the loss, from its call, its name, or its configuration. undefined where it
 * cannot be told, the empty text where it adds nothing. As in tfjs-layers' `regularizers.ts` (4.22).
 */
export function penaltyFormula(regularizer: Plain | undefined): string | undefined {
  const rates = ratesOf(regularizer);
  if (!rates) return undefined;
  const [l1, l2] = rates.map((rate) => (isUnknownPlain(rate) ? shortName(rate.$unknown) : rate));
  return [l1 === 0 ? '' : `${String(l1)}*Σ|w|`, l2 === 0 ? '' : `${String(l2)}*Σw²`].filter((part) => part !== '').join(' + ');
}

type Rate = number | PlainObject;

function ratesOf(regularizer: Plain | undefined): readonly [l1: Rate, l2: Rate] | undefined {
  if (regularizer === 'l1l2' || regularizer === 'L1L2') return [DEFAULT_RATE, DEFAULT_RATE];
  if (typeof regularizer !== 'object' || regularizer === null || Array.isArray(regularizer)) return undefined;
  const { $tf, args, className, config } = regularizer as PlainObject;
  const given = asObject(Array.isArray(args) ? args[0] : config);
  if (isUnknownPlain(given)) return undefined;
  const [l1, l2] = (['l1', 'l2'] as const).map((key) => rateIn(given, key));
  if (l1 === undefined || l2 === undefined) return undefined;
  if ($tf === 'regularizers.l1') return [l1, 0];
  if ($tf === 'regularizers.l2') return [0, l2];
  return $tf === 'regularizers.l1l2' || className === 'L1L2' ? [l1, l2] : undefined;
}

const asObject = (value: Plain | undefined): PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as PlainObject) : {};

function rateIn(given: PlainObject, key: 'l1' | 'l2'): Rate | undefined {
  const rate = given[key] ?? DEFAULT_RATE;
  return typeof rate === 'number' || isUnknownPlain(rate) ? rate : undefined;
}

/** Layers whose cells keep the regularizers: TensorFlow.js asks the layer, not its cell, and so never adds them. */
const IN_CELLS = new Set(['SimpleRNN', 'GRU', 'LSTM', 'ConvLSTM2D', 'RNN', 'StackedRNNCells']);

/** Why TensorFlow.js does not add a layer's regularizer to the loss, although it is given; undefined where it does. */
export function whyIgnored({ className, option }: Pick<Penalty, 'className' | 'option'>): string | undefined {
  if (option === 'activityRegularizer') return 'TensorFlow.js refuses layers with an activityRegularizer when they are applied';
  if (IN_CELLS.has(className)) return 'TensorFlow.js does not add the regularizers of recurrent layers to the loss';
  if (className === 'DepthwiseConv2D' && option === 'kernelRegularizer')
    return 'this layer takes depthwiseRegularizer; its kernelRegularizer is not used';
  return undefined;
}
