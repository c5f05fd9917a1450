import type { Machine } from '../machine';
import { toNumeric, toText } from '../operations/operators';
import { Arr } from '../state/heap';
import { Native } from '../values/native';
import { Unknown, clip, type Value } from '../values/values';
import { MAX_ITEMS } from '../values/sizes';

type Method = (text: string, ...args: (string | number | undefined)[]) => Value;

const str = (value: string | number | undefined): string => String(value ?? '');
const num = (value: string | number | undefined): number | undefined => (value === undefined ? undefined : Number(value));

const bounded = (text: string): Value => (text.length > 1_000_000 ? undefined : text);

/** Methods on texts whose arguments are known. Patterns are compared as plain text only: the source's regular expressions are never run. */
const METHODS: Readonly<Record<string, Method>> = {
  toUpperCase: (text) => text.toUpperCase(),
  toLowerCase: (text) => text.toLowerCase(),
  trim: (text) => text.trim(),
  trimStart: (text) => text.trimStart(),
  trimEnd: (text) => text.trimEnd(),
  split: (text, by, most) =>
    by === undefined ? new Arr([text]) : text.length > MAX_ITEMS ? undefined : new Arr(text.split(str(by), num(most))),
  startsWith: (text, part, from) => text.startsWith(str(part), num(from)),
  endsWith: (text, part, to) => text.endsWith(str(part), num(to)),
  includes: (text, part, from) => text.includes(str(part), num(from)),
  indexOf: (text, part, from) => text.indexOf(str(part), num(from)),
  lastIndexOf: (text, part) => text.lastIndexOf(str(part)),
  slice: (text, from, to) => text.slice(num(from), num(to)),
  substring: (text, from, to) => text.substring(num(from) ?? 0, num(to)),
  substr: (text, from = 0, length = text.length) => {
    const start = Number(from) < 0 ? Math.max(0, text.length + Number(from)) : Number(from);
    return text.slice(start, start + Math.max(0, Number(length)));
  },
  charAt: (text, at) => text.charAt(num(at) ?? 0),
  codePointAt: (text, at) => text.codePointAt(num(at) ?? 0),
  charCodeAt: (text, at) => text.charCodeAt(num(at) ?? 0),
  at: (text, at) => text.at(num(at) ?? 0),
  concat: (text, ...more) => bounded(text + more.map(str).join('')),
  repeat: (text, times) => (Number(times) >= 0 && text.length * Number(times) <= 1_000_000 ? text.repeat(Number(times)) : undefined),
  padStart: (text, length, fill) =>
    Number(length) <= 10_000 ? text.padStart(Number(length), fill === undefined ? undefined : str(fill)) : undefined,
  padEnd: (text, length, fill) =>
    Number(length) <= 10_000 ? text.padEnd(Number(length), fill === undefined ? undefined : str(fill)) : undefined,
  match: (text, pattern) => matchPlain(text, pattern),
  replace: (text, from, to) => bounded(text.replace(str(from), () => str(to))),
  replaceAll: (text, from, to) => bounded(text.split(str(from)).join(str(to))),
  toString: (text: string) => text,
};

/** A pattern that a regular expression would take letter by letter. */
const isPlain = (pattern: string | number | undefined): boolean => pattern !== undefined && /^[\w\s-]*$/.test(str(pattern));

const matchPlain = (text: string, pattern: string | number | undefined): Value =>
  isPlain(pattern)
    ? text.includes(str(pattern))
      ? new Arr([str(pattern)])
      : null
    : new Unknown(`match:${text}:${str(pattern)}`, clip(`${JSON.stringify(text)}.match(…)`), 'regular expressions are not run');

export function stringMember(m: Machine, text: string, key: string): Value {
  if (key === 'length') return text.length;
  if (/^\d+$/.test(key)) return text[Number(key)];
  if (!Object.hasOwn(METHODS, key)) return undefined;
  const method = METHODS[key];
  return (
    method &&
    new Native(key, (_self, args) => {
      const known = args.map((arg) => plainArgument(m, m.settle(arg)));
      if (known.includes(null))
        return new Unknown(m.freshKey('text'), clip(`${JSON.stringify(text)}.${key}(…)`), 'a text that depends on something unknown');
      return method(text, ...(known as (string | number | undefined)[]));
    })
  );
}

/** An argument as text or number; null where it is not known, or no plain value. */
function plainArgument(m: Machine, value: Value): string | number | undefined | null {
  if (value === undefined || typeof value === 'string') return value;
  const number = typeof value === 'number' ? toNumeric(m, value) : undefined;
  return typeof number === 'number' ? number : typeof value === 'boolean' ? (toText(value) ?? null) : null;
}
