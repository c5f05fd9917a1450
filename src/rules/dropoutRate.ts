import { numberOf } from '../model/config';
import type { LayerCase, Site } from '../model/reading';
import type { Rule } from './rule';
import { findingsBySite, optionOf } from './where';

/** A rate that is no fraction: TensorFlow.js drops nothing then, without a word. */
export const dropoutRate: Rule = {
  code: 'dropout-rate',
  title: 'a dropout rate that is no fraction',
  severity: 'warning',
  check: (reading, text) => findingsBySite(reading, (one, site) => tell(one, site, text), 'rate'),
};

function tell({ config }: LayerCase, site: Site, text: string): string | undefined {
  const rate = numberOf(config, 'rate');
  if (!/Dropout/.test(site.className) || rate === undefined || (rate >= 0 && rate < 1)) return undefined;
  return `This layer drops nothing: the rate is the fraction of values to drop, from 0 up to but not including 1.${percentage(site, text)}`;
}

/** TensorFlow.js cuts the rate of some classes to 1; what was meant is in the source. */
function percentage(site: Site, text: string): string {
  const value = optionOf(site, 'rate')?.value;
  const written = value ? Number(text.slice(value.start, value.end)) : NaN;
  return written > 1 && written < 100 ? ` ${written} % is ${written / 100}.` : '';
}
