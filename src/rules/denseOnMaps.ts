import type { LayerCase, Site } from '../model/reading';
import { isShapeList, showShape } from '../model/shape';
import type { Rule } from './rule';
import { findingsBySite } from './where';

/** A dense layer on maps, where a flatten was probably forgotten. Legal, so a hint. */
export const denseOnMaps: Rule = {
  code: 'dense-on-maps',
  title: 'a dense layer on maps that are not flattened',
  severity: 'hint',
  check: (reading) => findingsBySite(reading, tell),
};

const tell = ({ inputShape, outputShape }: LayerCase, { className }: Site): string | undefined => {
  if (className !== 'Dense' || inputShape === undefined || isShapeList(inputShape) || inputShape.length < 4) return undefined;
  if (outputShape === undefined || isShapeList(outputShape)) return undefined;
  return `The dense layer acts on the last axis alone, at each place of ${showShape(inputShape)} by itself, and gives ${showShape(outputShape)}. For one answer an example, put a flatten() or a global pooling before it.`;
};
