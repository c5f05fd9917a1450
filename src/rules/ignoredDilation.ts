import { numbersOf } from '../model/config';
import type { LayerCase, Site } from '../model/reading';
import type { Rule } from './rule';
import { findingsBySite } from './where';

/** Layers that take a dilationRate and compute without it. */
export const ignoredDilation: Rule = {
  code: 'ignored-dilation',
  title: 'a dilationRate that is ignored',
  severity: 'warning',
  check: (reading) => findingsBySite(reading, tell, 'dilationRate'),
};

const tell = ({ config }: LayerCase, { className }: Site): string | undefined => {
  if (className !== 'DepthwiseConv2D') return undefined;
  const dilation = numbersOf(config, 'dilationRate', 2);
  if (!dilation || dilation.every((one) => one === 1)) return undefined;
  return `TensorFlow.js ignores the dilationRate of a depthwiseConv2d: shape and values are those of dilationRate 1.`;
};
