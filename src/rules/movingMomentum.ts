import { numberOf } from '../model/config';
import type { LayerCase, Site } from '../model/reading';
import type { Rule } from './rule';
import { findingsBySite } from './where';

/** A batch norm's momentum outside 0 to 1: its moving mean and variance then run away from the batches' own. */
export const movingMomentum: Rule = {
  code: 'moving-momentum',
  title: "a batch norm's momentum outside 0 to 1",
  severity: 'warning',
  check: (reading) => findingsBySite(reading, tell, 'momentum'),
};

const tell = ({ config }: LayerCase, { className }: Site): string | undefined => {
  const momentum = numberOf(config, 'momentum');
  if (className !== 'BatchNormalization' || momentum === undefined || (momentum >= 0 && momentum <= 1)) return undefined;
  const meant = momentum > 1 && momentum < 100 ? ` ${momentum} % is ${momentum / 100}.` : '';
  return `The moving mean and variance run away in training: each batch makes them ${momentum} times what they were, plus ${Number((1 - momentum).toPrecision(6))} times its own.${meant}`;
};
