import type { LayerCase, Site } from '../model/reading';
import { isShapeList, showShape, type Shape } from '../model/shape';
import type { Rule } from './rule';
import { findingsBySite } from './where';

/** A reshape to another number of values: with an open batch TensorFlow.js does not check it before the model runs. */
export const reshapeSize: Rule = {
  code: 'reshape-size',
  title: 'a reshape to another number of values',
  severity: 'error',
  check: (reading) => findingsBySite(reading, tell, 'targetShape'),
};

const tell = ({ inputShape, config }: LayerCase, { className }: Site): string | undefined => {
  const target = config['targetShape'];
  if (className !== 'Reshape' || inputShape === undefined || isShapeList(inputShape) || !Array.isArray(target)) return undefined;
  const given = valuesIn(inputShape.slice(1));
  const known = (target as readonly unknown[]).filter((size): size is number => typeof size === 'number' && size > 0);
  const open = target.length - known.length;
  // One open size takes what is left, if it divides; a size that the source leaves open may be any.
  if (given === undefined || open > 1 || !(target as readonly unknown[]).every(isSize)) return undefined;
  const wanted = product(known);
  if (open === 0 ? wanted === given : given % wanted === 0) return undefined;
  return `TensorFlow.js throws when the model runs: ${showShape(inputShape)} holds ${spelt(inputShape.slice(1), given)} values an example, ${open === 0 ? `and targetShape asks for ${spelt(known, wanted)}` : `which ${spelt(known, wanted)} does not divide`}.`;
};

/** A number, or what TensorFlow.js makes of -1. */
const isSize = (size: unknown): boolean => size === null || (typeof size === 'number' && Number.isInteger(size) && size !== 0);

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

const valuesIn = (sizes: Shape): number | undefined =>
  sizes.every((size): size is number => typeof size === 'number') ? product(sizes) : undefined;

const spelt = (sizes: readonly unknown[], value: number): string => (sizes.length > 1 ? `${sizes.join('*')} = ${value}` : String(value));
