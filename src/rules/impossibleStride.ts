import type { Plain } from '../model/plain';
import type { LayerCase } from '../model/reading';
import type { Rule } from './rule';
import { findingsBySite } from './where';

/** A window that moves by no whole positive number: sizes without end, or values that are NaN. */
export const impossibleStride: Rule = {
  code: 'impossible-stride',
  title: 'strides or dilationRate that are no positive whole number',
  severity: 'warning',
  check: (reading) => [
    ...findingsBySite(reading, (one) => tell(one, 'strides'), 'strides'),
    ...findingsBySite(reading, (one) => tell(one, 'dilationRate'), 'dilationRate'),
  ],
};

function tell({ config }: LayerCase, key: 'strides' | 'dilationRate'): string | undefined {
  const value = config[key];
  const bad = (Array.isArray(value) ? (value as readonly Plain[]) : [value]).find(
    (one) => typeof one === 'number' && !(Number.isInteger(one) && one > 0),
  );
  if (bad === undefined) return undefined;
  return `${key} must be positive whole numbers, and ${String(bad)} is none: TensorFlow.js builds the model, and what it then gives is of a wrong size or NaN, if it ends at all.`;
}
