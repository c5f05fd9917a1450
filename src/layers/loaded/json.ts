/** What JSON.parse makes. Keys are own properties, `__proto__` too. */
export type Json = null | boolean | number | string | readonly Json[] | JsonRecord;
export type JsonRecord = { readonly [key: string]: Json };

/** Thrown inside this folder only: the file is not what it should be. The message ends a sentence about the file. */
export class NotAModel extends Error {}

/** Characters; a topology of a thousand layers has half a million. */
export const MAX_TEXT = 20_000_000;
export const MAX_DEPTH = 60;

export const refuse = (why: string): never => {
  throw new NotAModel(why);
};

export const isRecord = (value: Json | undefined): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** A field of a record, and nothing that it inherits. */
export const field = (record: JsonRecord, key: string): Json | undefined => (Object.hasOwn(record, key) ? record[key] : undefined);

export const parseJson = (text: string): Json => {
  if (text.length > MAX_TEXT) refuse(`it is larger than the ${MAX_TEXT / 1_000_000} million characters that are read`);
  try {
    // A byte order mark is no JSON, and editors add one.
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch {
    return refuse('it is no JSON: it is cut off, or something else under this name');
  }
};

/** A value as a message shows it: short, on one line. */
export const shown = (value: Json | undefined): string => {
  const text =
    value === undefined
      ? 'nothing'
      : typeof value === 'object' && value !== null
        ? isList(value)
          ? 'a list'
          : 'an object'
        : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};
