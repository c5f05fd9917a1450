import type { Obj } from '../state/heap';

const isIndex = (key: string): boolean => /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;

/** An object's own keys as JavaScript lists them: whole numbers first, by size, then the others as they came; the reader's own marks (`%…`) left out. */
export function ownKeys(object: Obj): readonly string[] {
  const keys = [...new Set([...object.properties.keys(), ...object.accessors.keys()])].filter((key) => !key.startsWith('%'));
  const indices = keys.filter(isIndex).sort((a, b) => Number(a) - Number(b));
  return indices.length === 0 ? keys : [...indices, ...keys.filter((key) => !isIndex(key))];
}
