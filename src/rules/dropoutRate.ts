import { numberOf } from '../model/config';
import type { LayerCase, Site } from '../model/reading';
import type { Rule } from './rule';
import { findingsBySite } from './where';

/** A rate that is no fraction: TensorFlow.js drops nothing then, without a word. */
export const dropoutRate: Rule = {
  code: 'dropout-rate',
  title: 'a dropout rate that is no fraction',
  severity: 'warning',
  check: (reading) => findingsBySite(reading, tell, 'rate'),
};

const tell = ({ config, unknown }: LayerCase, { className }: Site): string | undefined => {
  const rate = numberOf(config, 'rate');
  // The class caps its rate at 1, so that what was written shows in the options of all but Dropout.
  if (!/Dropout/.test(className) || rate === undefined || unknown !== undefined || (rate >= 0 && rate < 1)) return undefined;
  const meant = rate > 1 && rate <= 100 ? ` ${rate} % is ${rate / 100}.` : '';
  return `This layer drops nothing: the rate is the fraction of values to drop, from 0 up to but not including 1.${meant}`;
};
