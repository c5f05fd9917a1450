import { numbersOf } from '../model/config';
import type { LayerCase, Site } from '../model/reading';
import type { Rule } from './rule';
import { findingsBySite } from './where';

/** Convolutions that pass both on; depthwise and transposed ones ignore the dilation. */
const AXES: Readonly<Record<string, number>> = { Conv1D: 1, Conv2D: 2, Conv3D: 3, SeparableConv2D: 2 };

/** Strides and dilation at once: the model is built, and throws when it runs. */
export const stridesAndDilation: Rule = {
  code: 'strides-and-dilation',
  title: 'strides and dilationRate both above 1',
  severity: 'error',
  check: (reading) => findingsBySite(reading, tell, 'dilationRate', 'strides'),
};

const tell = ({ config }: LayerCase, { className }: Site): string | undefined => {
  const axes = Object.hasOwn(AXES, className) ? AXES[className] : undefined;
  const strides = axes && numbersOf(config, 'strides', axes);
  const dilation = axes && numbersOf(config, 'dilationRate', axes);
  if (!strides || !dilation || strides.every((one) => one === 1) || dilation.every((one) => one === 1)) return undefined;
  return `TensorFlow.js throws when the model runs: either strides or dilations must be 1, and here strides are ${strides.join(', ')} and dilations ${dilation.join(', ')}.`;
};
