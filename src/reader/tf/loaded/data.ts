import type { Json } from '../../../layers/loaded/json';
import type { Machine } from '../../machine';
import { Arr, Obj } from '../../state/heap';
import { Unknown, type Value } from '../../values/values';

const MAX_VALUES = 300_000;
const MAX_DEPTH = 80;

/** A value of the source as JSON, where all of it is known; else what is not. Weights (`weightData`) are left out. */
export function toJson(m: Machine, value: Value): { readonly json: Json } | { readonly open: Unknown } {
  let left = MAX_VALUES;
  const copy = (raw: Value, depth: number): Json => {
    if (--left < 0 || depth > MAX_DEPTH) throw new Open(new Unknown(m.freshKey('large'), '?', 'it is larger than what is followed'));
    const one = m.settle(raw);
    if (one === undefined || one === null) return null;
    if (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') return one;
    if (one instanceof Arr && !one.open && !one.versions) return one.items.map((item) => copy(item, depth + 1));
    if (one instanceof Obj && !one.open && !one.classOf) {
      const entries = [...one.properties].filter(([key]) => !(depth === 0 && key.startsWith('weight')));
      return Object.fromEntries(entries.map(([key, item]) => [key, copy(item, depth + 1)]));
    }
    throw new Open(one instanceof Unknown ? one : one instanceof Arr && one.open ? one.open : notPlain(m));
  };
  try {
    return { json: copy(value, 0) };
  } catch (error) {
    if (error instanceof Open) return { open: error.unknown };
    throw error;
  }
}

class Open extends Error {
  constructor(readonly unknown: Unknown) {
    super('not all of it is known');
  }
}

const notPlain = (m: Machine): Unknown => new Unknown(m.freshKey('data'), '?', 'it is no plain data');

/** JSON as a value of the source; throws a RangeError where there is more of it than is followed. */
export function fromJson(json: Json): Value {
  let left = MAX_VALUES;
  const make = (value: Json): Value => {
    if (--left < 0) throw new RangeError(`more than ${MAX_VALUES} values`);
    if (Array.isArray(value)) return new Arr((value as readonly Json[]).map(make));
    if (typeof value !== 'object' || value === null) return value;
    const made = new Obj();
    for (const [key, inner] of Object.entries(value)) made.properties.set(key, make(inner as Json));
    return made;
  };
  return make(json);
}
