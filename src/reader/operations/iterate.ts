import type { Literal } from '../state/assumptions';
import type { Machine } from '../machine';
import { Arr, Obj } from '../state/heap';
import { Closure, GeneratorValue, type Unknown, type Value } from '../values/values';
import { ITERATOR } from '../values/keys';
import { MAX_ITEMS } from '../values/sizes';

const NOWHERE = { path: '', start: 0, end: 0 };

/** The items of something that can be iterated; undefined where they are not known. The caller has settled choices and versions. */
export function iterate(m: Machine, value: Value): readonly Value[] | undefined {
  if (value instanceof Arr) return value.open ? undefined : value.items;
  if (typeof value === 'string') return value.length > MAX_ITEMS ? undefined : [...value];
  if (value instanceof GeneratorValue) return iterate(m, m.interpreter.collect(value));
  if (value instanceof Obj) {
    const entries = value.properties.get('%entries');
    if (entries instanceof Arr) return iterate(m, entries);
    const iterator = m.interpreter.getMember(value, ITERATOR, NOWHERE);
    const made = iterator instanceof Closure ? m.interpreter.call(iterator, value, [], NOWHERE) : undefined;
    if (made instanceof GeneratorValue) return iterate(m, made);
  }
  return undefined;
}

/** Literals under which something is tried so many times; `decides` is the number that is then no longer unknown. */
export function tried(
  key: string,
  count: number,
  text: string,
  decides?: { readonly unknown: Unknown; readonly value: number },
): readonly Literal[] {
  const subject = decides ? { subject: decides.unknown.key } : {};
  const literal: Literal = { key, value: String(count), tried: true, text, ...subject };
  return decides
    ? [literal, { key: `is:${decides.unknown.key}`, value: String(decides.value), tried: true, text: '', ...subject }]
    : [literal];
}

/** Literals under which an unknown collection has 1, 2 or 3 items, and those items. */
export function guessedItems(unknown: Unknown): readonly { readonly literals: readonly Literal[]; readonly items: readonly Value[] }[] {
  return [1, 2, 3].map((count) => ({
    literals: tried(`length:${unknown.key}`, count, `${unknown.name}.length === ${count}`, {
      unknown: unknown.member('length'),
      value: count,
    }),
    items: Array.from({ length: count }, (_, i) => unknown.member(String(i))),
  }));
}
