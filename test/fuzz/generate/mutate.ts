import type { Random } from '../support/random';

/** Numbers that a program can be run with, whatever it does with them. */
const NUMBERS = ['0', '-1', '1.5', 'NaN', '7', '3', '-0', '1e3', '"4"', 'null', 'undefined'];
/** Numbers with which a real run would take all memory: such programs are only read. */
const HUGE = ['1e9', '2 ** 53', '1e308', 'Infinity', '9007199254740993', '0xffffffff'];
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'arguments', 'undefined', 'größe', '\u202eabc', '变量', 'eval'];
const NOISE = [
  '\0',
  '\ud800',
  '`',
  '${',
  '/*',
  '(',
  '{',
  '[',
  '<script>',
  '</script>',
  "'",
  '\u2028',
  '#',
  '@',
  '=>',
  '...',
  '?.',
  ';;',
  '<!--',
];

export interface Mutant {
  readonly text: string;
  /** False where running it could take all memory. */
  readonly mayRun: boolean;
}

const tokensOf = (text: string): string[] => text.match(/[\w$]+|\s+|[^\w\s$]/gu) ?? [];

const indices = (tokens: readonly string[], test: RegExp): number[] => tokens.flatMap((token, i) => (test.test(token) ? [i] : []));

/** The text with one mistake of the kinds that typing, pasting and malice make. */
export function mutate(text: string, random: Random): Mutant {
  const tokens = tokensOf(text);
  const with_ = (at: number, ...by: string[]): Mutant => ({ text: tokens.toSpliced(at, 1, ...by).join(''), mayRun: true });
  const any = random.int(0, tokens.length - 1);
  const numbers = indices(tokens, /^\d+$/);
  const names = indices(tokens, /^[a-z_]\w*$/i);
  return random.pick<() => Mutant>([
    () => ({ text: text.slice(0, random.int(0, text.length)), mayRun: true }),
    () => with_(any),
    () => with_(any, tokens[any] ?? '', tokens[any] ?? ''),
    () => swapped(tokens, random, /^\S+$/),
    () => swapped(tokens, random, /^\w+$/),
    () => swapped(tokens, random, /^\d+$/),
    () => swapped(tokens, random, /^[a-z]\w*$/i),
    () => (numbers.length > 0 ? with_(random.pick(numbers), random.pick(NUMBERS)) : with_(any)),
    () => (numbers.length > 0 ? with_(random.pick(numbers), String(random.int(0, 9))) : with_(any)),
    () => (numbers.length > 0 ? { ...with_(random.pick(numbers), random.pick(HUGE)), mayRun: false } : with_(any)),
    () => (names.length > 0 ? with_(random.pick(names), random.pick(NAMES)) : with_(any)),
    () => with_(any, tokens[any] ?? '', random.pick(NOISE)),
    () => withoutLine(text, random),
  ])();
}

function swapped(tokens: readonly string[], random: Random, which: RegExp): Mutant {
  const places = indices(tokens, which);
  if (places.length < 2) return { text: tokens.join(''), mayRun: true };
  const i = random.int(0, places.length - 2);
  const [a, b] = [places[i] ?? 0, places[Math.min(places.length - 1, i + random.int(1, 3))] ?? 0];
  const out = [...tokens];
  [out[a], out[b]] = [tokens[b] ?? '', tokens[a] ?? ''];
  return { text: out.join(''), mayRun: true };
}

function withoutLine(text: string, random: Random): Mutant {
  const lines = text.split('\n');
  const at = random.int(0, lines.length - 1);
  return { text: (random.chance(0.5) ? lines.toSpliced(at, 1) : lines.toSpliced(at, 0, lines[at] ?? '')).join('\n'), mayRun: true };
}
