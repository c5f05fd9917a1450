import type { LayerCase, Site } from '../model/reading';
import { isShapeList } from '../model/shape';
import { textOf } from '../model/config';
import type { Finding, Rule } from './rule';
import { spanAt, whichOf } from './where';

/** Softmax over one value is always 1. */
export const constantSoftmax: Rule = {
  code: 'constant-softmax',
  title: 'a softmax over a single value',
  severity: 'warning',
  check: ({ sites }) => sites.flatMap(finding),
};

function finding(site: Site): readonly Finding[] {
  const found = site.cases.filter((one) => isConstant(site, one));
  if (found.length === 0) return [];
  return [
    {
      span: spanAt(site, 'activation', 'units'),
      message:
        "The output is always 1: softmax over a single value is exp(x)/exp(x), whatever x is. Use 'sigmoid' for one probability, or a unit for each class." +
        whichOf(site, found, () => undefined),
    },
  ];
}

function isConstant({ className }: Site, { outputShape, config }: LayerCase): boolean {
  if (outputShape === undefined || isShapeList(outputShape) || outputShape.length < 2) return false;
  if (className === 'Softmax') {
    const axis = config['axis'];
    return typeof axis === 'number' && outputShape.at(axis) === 1;
  }
  // TensorFlow.js applies an activation along the last axis.
  return textOf(config, 'activation') === 'softmax' && outputShape.at(-1) === 1 && !RECURRENT.test(className);
}

/** Their cells apply the activation to their own values, inside. */
const RECURRENT = /RNN|LSTM|GRU/;
