import { isUnknownPlain, type Plain, type PlainObject, type UnknownPlain } from './plain';

/** Reading a layer's options, of which any may be missing, open, or of another kind than expected. */

export function numberOf(config: PlainObject, key: string): number | undefined {
  const value = own(config, key);
  return typeof value === 'number' ? value : undefined;
}

/** A list of `length` numbers; one number stands for all of them, as TensorFlow.js takes it. */
export function numbersOf(config: PlainObject, key: string, length: number): readonly number[] | undefined {
  const value = own(config, key);
  if (typeof value === 'number') return Array<number>(length).fill(value);
  return Array.isArray(value) && value.length === length && value.every((entry) => typeof entry === 'number')
    ? (value as number[])
    : undefined;
}

export function textOf(config: PlainObject, key: string): string | undefined {
  const value = own(config, key);
  return typeof value === 'string' ? value : undefined;
}

/** undefined where the option is open; `fallback` where it is not there. */
export function flagOf(config: PlainObject, key: string, fallback: boolean): boolean | undefined {
  const value = own(config, key);
  if (value === undefined || value === null) return fallback;
  return typeof value === 'boolean' ? value : undefined;
}

/** A whole number, or the name or formula that stands for it where the source leaves it open. */
export function dimOf(config: PlainObject, key: string): number | string | undefined {
  const value = own(config, key);
  if (isUnknownPlain(value)) return value.$unknown;
  return typeof value === 'number' || typeof value === 'string' ? value : undefined;
}

/** All open values in a layer's options, each name once. */
export function unknownsIn(value: Plain): readonly UnknownPlain[] {
  if (isUnknownPlain(value)) return [value];
  if (typeof value !== 'object' || value === null) return [];
  const found = Object.values(value).flatMap((inner: Plain) => unknownsIn(inner));
  return found.filter((unknown, index) => found.findIndex((other) => other.$unknown === unknown.$unknown) === index);
}

const own = (config: PlainObject, key: string): Plain | undefined => (Object.hasOwn(config, key) ? config[key] : undefined);
