import type { Plain } from '../model/plain';
import type { LayerCase, Site } from '../model/reading';
import { isShapeList, showShape, type Shape } from '../model/shape';
import type { Rule } from './rule';
import { findingsBySite } from './where';

/** An inputShape that is not what the layer is applied to: TensorFlow.js goes by what it is applied to, and warns on the console. */
export const ignoredInputShape: Rule = {
  code: 'ignored-input-shape',
  title: 'an inputShape that is not what the layer gets',
  severity: 'warning',
  check: (reading) => findingsBySite(reading, tell, 'inputShape', 'batchInputShape'),
};

const tell = ({ inputShape, config }: LayerCase, { className }: Site): string | undefined => {
  // An embedding states one of its own accord.
  if (inputShape === undefined || isShapeList(inputShape) || className === 'Embedding') return undefined;
  const stated = shapeOf(config['batchInputShape']);
  if (!stated || !disagree(stated, inputShape)) return undefined;
  return `TensorFlow.js ignores this shape: the layer is applied to ${showShape(inputShape)}, and ${showShape(stated)} is stated. It says so on the console only.`;
};

const shapeOf = (value: Plain | undefined): Shape | undefined =>
  Array.isArray(value) && (value as readonly Plain[]).every((size) => size === null || typeof size === 'number')
    ? (value as Shape)
    : undefined;

/** As TensorFlow.js compares: open sizes agree with any. A size that the source leaves open may be the right one. */
const disagree = (stated: Shape, given: Shape): boolean =>
  stated.length !== given.length ||
  stated.some((size, axis) => typeof size === 'number' && typeof given[axis] === 'number' && size !== given[axis]);
