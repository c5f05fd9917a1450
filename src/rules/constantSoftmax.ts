import { numberOf, textOf } from '../model/config';
import type { LayerCase, Site } from '../model/reading';
import { isShapeList } from '../model/shape';
import type { Rule } from './rule';
import { findingsBySite } from './where';

/** Softmax over one value is always 1. */
export const constantSoftmax: Rule = {
  code: 'constant-softmax',
  title: 'a softmax over a single value',
  severity: 'warning',
  check: (reading) => findingsBySite(reading, tell, 'activation', 'units', 'axis'),
};

const tell = ({ outputShape, config }: LayerCase, { className }: Site): string | undefined => {
  // The cells of recurrent layers apply the activation to their own values, inside.
  if (outputShape === undefined || isShapeList(outputShape) || outputShape.length < 2 || /RNN|LSTM|GRU/.test(className)) return undefined;
  // TensorFlow.js computes a softmax along the last axis only.
  const isSoftmax =
    className === 'Softmax'
      ? [-1, outputShape.length - 1].includes(numberOf(config, 'axis') ?? NaN)
      : textOf(config, 'activation') === 'softmax';
  if (!isSoftmax || outputShape.at(-1) !== 1) return undefined;
  return "The output is always 1: the softmax of a single value is exp(x)/exp(x), whatever x is. Use 'sigmoid' for one probability, or a unit for each class.";
};
