import type { Given, GivenValue, LeftOpen } from './reading';

/** What a person types for a name that the source leaves open: read, checked, suggested and shown. */

/** A size above this is a slip of the finger. */
const LARGEST_SIZE = 100_000_000;
const LONGEST_TEXT = 200;

/** Names that say what they are, by the number that suits a first look. The first that fits counts. */
const SUGGESTIONS: readonly (readonly [RegExp, string])[] = [
  [/class|label|categor|numoutput/i, '10'],
  [/vocab|words|tokens|inputdim/i, '1000'],
  [/channel/i, '3'],
  [/kernel|window/i, '3'],
  [/stride/i, '1'],
  [/pool/i, '2'],
  [/depth|block|repeat|layers|times/i, '2'],
  [/filter/i, '32'],
  [/length|len$|steps|seq|frames/i, '32'],
  [/height|width|imagesize|imgsize|resolution/i, '64'],
  [/units|hidden|embed|latent|neurons|dim|dmodel/i, '64'],
];

/** A value to begin with, as a person would type it. It is an example and said to be one. */
export const suggestedFor = ({ name, isSize }: LeftOpen): string => {
  const plain = name.replace(/[^A-Za-z]/g, '');
  if (!isSize && /rate|dropout|prob|alpha|momentum/i.test(plain)) return '0.5';
  if (!isSize && /activation/i.test(plain)) return 'relu';
  return SUGGESTIONS.find(([pattern]) => pattern.test(plain))?.[1] ?? '10';
};

export type Typed = { readonly value: GivenValue } | { readonly refusal: string };

/** Reads what was typed: for a size a positive whole number or a list of them, else a number, true, false, a list of numbers, or a text. */
export const readTyped = (text: string, { isSize }: LeftOpen): Typed => {
  const typed = text.trim();
  if (typed === '') return { refusal: isSize ? 'A whole number is needed.' : 'A value is needed.' };
  if (typed.length > LONGEST_TEXT) return { refusal: 'That is too long.' };
  const numbers = numbersIn(typed);
  if (isSize) {
    if (!numbers) return { refusal: 'A whole number is needed, or several between brackets: [3, 3].' };
    const wrong = numbers.find((size) => !Number.isInteger(size) || size < 1 || size > LARGEST_SIZE);
    if (wrong !== undefined)
      return { refusal: `${wrong} is no size: a whole number from 1 to ${LARGEST_SIZE.toLocaleString('en-US')} is needed.` };
  }
  if (numbers) return { value: typed.startsWith('[') ? numbers : (numbers[0] ?? 0) };
  if (typed === 'true' || typed === 'false') return { value: typed === 'true' };
  return { value: /^(['"]).*\1$/s.test(typed) ? typed.slice(1, -1) : typed };
};

/** One number, or those between brackets; undefined where it is anything else. */
const numbersIn = (typed: string): readonly number[] | undefined => {
  const inner = /^\[(.*)\]$/s.exec(typed)?.[1];
  const parts = (inner ?? typed).split(inner === undefined ? /(?!)/ : ',').map((part) => part.trim());
  const numbers = parts.map((part) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(part) ? Number(part) : NaN));
  return numbers.every((number) => Number.isFinite(number)) ? numbers : undefined;
};

/** `10`, `[3, 3]`, `relu`. */
export const showGivenValue = (value: GivenValue): string => (typeof value === 'object' ? `[${value.join(', ')}]` : String(value));

/** `numClasses = 10`. */
export const showGiven = ({ name, value }: Given): string => `${name} = ${showGivenValue(value)}`;

/** Reads what an earlier session remembered: what does not fit is as if it were not there. */
export const restoreGiven = (state: unknown): readonly Given[] =>
  Array.isArray(state) ? state.filter((one): one is Given => isGiven(one)).map(({ name, value }) => ({ name, value })) : [];

const isGiven = (one: unknown): boolean => {
  if (typeof one !== 'object' || one === null || !('name' in one) || !('value' in one) || typeof one.name !== 'string') return false;
  const { value } = one;
  if (Array.isArray(value)) return value.every((item) => typeof item === 'number' && Number.isFinite(item));
  return typeof value === 'boolean' || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
};

/** With one more answer, in the place of an older one about the same name. */
export const withGiven = (given: readonly Given[], one: Given): readonly Given[] => [...given.filter(({ name }) => name !== one.name), one];
