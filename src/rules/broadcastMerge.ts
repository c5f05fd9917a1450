import type { LayerCase, Site } from '../model/reading';
import { isShapeList, showShape, type Shape } from '../model/shape';
import type { Rule } from './rule';
import { findingsBySite } from './where';

const MERGES = new Set(['Add', 'Multiply', 'Average', 'Maximum', 'Minimum']);

/** A merge that repeats one side along an axis to make it fit. Attention blocks do so on purpose, so it is a hint. */
export const broadcastMerge: Rule = {
  code: 'broadcast-merge',
  title: 'a merge of different shapes',
  severity: 'hint',
  check: (reading) => findingsBySite(reading, tell),
};

const tell = ({ inputShape, outputShape }: LayerCase, { className }: Site): string | undefined => {
  // Without an output it does not fit, and TensorFlow.js says so.
  if (!MERGES.has(className) || inputShape === undefined || outputShape === undefined || !isShapeList(inputShape)) return undefined;
  const [first, ...rest] = inputShape;
  const other = first && rest.find((shape) => differ(first, shape));
  return first && other ? `${showShape(first)} and ${showShape(other)} differ: the smaller one is repeated until it fits.` : undefined;
};

/** Only sizes that are known tell that shapes differ; the batch aside. */
const differ = (one: Shape, other: Shape): boolean =>
  one.length !== other.length ||
  one.some((size, axis) => axis > 0 && typeof size === 'number' && typeof other[axis] === 'number' && size !== other[axis]);
