import type { Site } from '../../model/reading';
import { ACTIVATIONS } from '../activations';
import type { Candidate, Propose } from './fix';
import { optionOf, withoutOption } from './source';

/** An option or a value that TensorFlow.js does not know: the one that was meant, and for an option that it ignores, without it. */
export const misspelt: Propose = ({ text, problem, site }) => {
  if (!site) return [];
  if (problem.code === 'unknown-option') return ignoredOption(site, text, problem.span.start);
  const option = site.options.find(({ span }) => span.start === problem.span.start);
  const written = option && /^(['"`])([\w-]{1,60})\1$/.exec(text.slice(option.value.start, option.value.end));
  if (!option || !written) return [];
  const [, quote = "'", word = ''] = written;
  return nearest(word, wordsFor(option.key)).map((meant): Candidate => {
    const value = quote + meant + quote;
    return { title: `Set ${option.key}: ${value}`, edits: [{ ...option.value, text: value }], shows: site.name.start, choice: 'word' };
  });
};

function ignoredOption(site: Site, text: string, start: number): readonly Candidate[] {
  const option = site.options.find(({ span }) => span.start === start);
  const ignored = option && site.ignored?.find(({ key }) => key === option.key);
  if (!option || !ignored) return [];
  const { key, nearest: meant } = ignored;
  const candidates: Candidate[] = [];
  if (meant !== undefined && !optionOf(site, meant)) {
    // `{ stride }` holds the value under the wrong name.
    const isShort = option.span.start === option.value.start;
    const edit = isShort
      ? { ...option.span, text: `${meant}: ${key}` }
      : { start: option.span.start, end: option.value.start, text: `${meant}: ` };
    candidates.push({ title: `Rename ${key} to ${meant}`, edits: [edit], shows: site.name.start, choice: 'rename' });
  }
  const removal = withoutOption(site, text, key);
  if (removal) candidates.push({ title: `Remove ${key}, which is ignored`, edits: [removal], shows: site.name.start, choice: 'remove' });
  return candidates;
}

const INITIALIZERS = [
  'constant',
  'glorotNormal',
  'glorotUniform',
  'heNormal',
  'heUniform',
  'identity',
  'leCunNormal',
  'leCunUniform',
  'ones',
  'orthogonal',
  'randomNormal',
  'randomUniform',
  'truncatedNormal',
  'varianceScaling',
  'zeros',
];

/** The texts that an option takes. */
function wordsFor(key: string): readonly string[] {
  if (/activation$/i.test(key)) return ACTIVATIONS;
  if (/initializer$/i.test(key)) return INITIALIZERS;
  if (key === 'padding') return ['valid', 'same'];
  return key === 'dataFormat' ? ['channelsFirst', 'channelsLast'] : [];
}

/** Words of other libraries. */
const ALIASES: Readonly<Record<string, string>> = { nhwc: 'channelsLast', nchw: 'channelsFirst' };

/** At most two letters away, or written in another way: `SAME`, `he_normal`; the nearest first. */
function nearest(word: string, words: readonly string[]): readonly string[] {
  const plain = (one: string): string => one.toLowerCase().replace(/[_-]/g, '');
  const alias = ALIASES[plain(word)];
  if (alias !== undefined && words.includes(alias)) return [alias];
  return words
    .map((one) => ({ one, away: lettersBetween(plain(word), plain(one)) }))
    .filter(({ away }) => away <= Math.min(MAX_AWAY, Math.floor(word.length / 3)))
    .sort((a, b) => a.away - b.away)
    .slice(0, MAX_WORDS)
    .map(({ one }) => one);
}

const MAX_AWAY = 2;
const MAX_WORDS = 2;

/** Letters to put in, take out or replace (Levenshtein). */
function lettersBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, against] of [...other].entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (letter === against ? 0 : 1)));
    row = next;
  }
  return row[other.length] ?? 0;
}
