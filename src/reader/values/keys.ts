const MAX_KEY = 200;

/** Identities are made of identities: long ones are replaced by a hash, so that they cannot grow without end. */
export function boundedKey(text: string): string {
  if (text.length <= MAX_KEY) return text;
  let low = 0x811c9dc5;
  let high = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return `${text.slice(0, 40)}~${text.length}~${(low >>> 0).toString(36)}${(high >>> 0).toString(36)}`;
}

/** The keys that `Symbol.iterator` and `Symbol.asyncIterator` stand for. */
export const ITERATOR = '%iterator';
export const ASYNC_ITERATOR = '%asyncIterator';
