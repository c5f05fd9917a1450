import type { Site } from '../../model/reading';
import type { Candidate, Propose } from './fix';
import { siteAt } from './fix';
import { optionOf, quoted, withOption, withoutOption } from './source';

/** What each rule says is to be done, where it is the value of one option. */
export const values: Propose = ({ reading, text, problem, site }) => {
  if (!site) return problem.code === 'loss-on-scores' ? activationOfLast(reading, text, problem) : [];
  switch (problem.code) {
    case 'dropout-rate':
      return asFraction(site, text, 'rate');
    case 'moving-momentum':
      return asFraction(site, text, 'momentum');
    case 'constant-softmax':
      return set(site, text, 'activation', quoted(text, 'sigmoid'));
    case 'ignored-input-shape':
      return ['inputShape', 'batchInputShape'].flatMap((key) => remove(site, text, key));
    case 'ignored-dilation':
      return remove(site, text, 'dilationRate');
    case 'batch-norm-in-fit':
      return ['scale', 'center'].flatMap((key) => remove(site, text, key));
    case 'loss-on-scores':
      return activationOfLast(reading, text, problem);
    default:
      return [];
  }
};

/** 50 as 0.5. */
function asFraction(site: Site, text: string, key: string): readonly Candidate[] {
  const option = optionOf(site, key);
  const written = option ? Number(text.slice(option.value.start, option.value.end)) : NaN;
  return written > 1 && written < 100 ? set(site, text, key, String(Number((written / 100).toPrecision(12)))) : [];
}

function set(site: Site, text: string, key: string, value: string): readonly Candidate[] {
  const edit = withOption(site, text, key, value);
  return edit ? [{ title: `Set ${key}: ${value}`, edits: [edit], shows: site.name.start, choice: key }] : [];
}

function remove(site: Site, text: string, key: string): readonly Candidate[] {
  const edit = withoutOption(site, text, key);
  return edit ? [{ title: `Remove ${key}`, edits: [edit], shows: site.name.start, choice: `no ${key}` }] : [];
}

/** The loss wants probabilities: the last layer, which the problem points at, gives them. */
function activationOfLast(
  reading: Parameters<Propose>[0]['reading'],
  text: string,
  { message, related = [] }: Parameters<Propose>[0]['problem'],
): readonly Candidate[] {
  const word = /activation: '(\w+)'/.exec(message)?.[1];
  const last = related.flatMap(({ at }) => (at.path === reading.path ? (siteAt(reading, at) ?? []) : []))[0];
  if (word === undefined || !last) return [];
  return set(last, text, 'activation', quoted(text, word)).map((one) => ({ ...one, title: `${one.title} in the last layer` }));
}
