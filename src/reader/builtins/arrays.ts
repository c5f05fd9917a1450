import type { Machine } from '../machine';
import { decide } from '../operations/conditions';
import { equals } from '../operations/conditions';
import { toNumeric, toText } from '../operations/operators';
import { Arr } from '../state/heap';
import { Native, type CallPlace } from '../values/native';
import { Closure, Unknown, type Value } from '../values/values';
import { MAX_ITEMS } from '../values/sizes';

type Method = (m: Machine, array: Arr, args: readonly Value[], at: CallPlace) => Value;

/** Calls a callback the way array methods do. */
const callBack = (m: Machine, fn: Value, item: Value, index: number, array: Arr, at: CallPlace): Value =>
  m.interpreter.call(fn, undefined, [item, index, array], at);

/** Whether a callback's answer is true; undefined where that is not known. */
function truth(m: Machine, value: Value): boolean | undefined {
  const decision = decide(m, m.settle(value));
  return typeof decision === 'boolean' ? decision : undefined;
}

const unknownResult = (m: Machine, name: string): Unknown => new Unknown(m.freshKey('array'), name, 'it depends on something unknown');

/** A number argument; undefined where it is not known. */
const index = (m: Machine, value: Value): number | undefined => {
  if (value === undefined) return undefined;
  const number = toNumeric(m, m.settle(value));
  return typeof number === 'number' && !Number.isNaN(number) ? Math.trunc(number) : undefined;
};

/** The same, where nothing given is 0. */
const known = (m: Machine, value: Value): number | undefined => (value === undefined ? 0 : index(m, value));

const lengthOf = (array: Arr): Value =>
  array.open ? new Unknown(`length:${array.open.key}`, `${array.open.name}.length`, array.open.reason) : array.items.length;

const METHODS: Readonly<Record<string, Method>> = {
  push: (m, array, args) => {
    m.journal.touch(array);
    if (array.items.length + args.length > MAX_ITEMS) array.open = new Unknown(m.freshKey('long'), '?', 'the array has grown too long');
    else array.items.push(...args);
    return lengthOf(array);
  },
  pop: (m, array) => {
    m.journal.touch(array);
    return array.open ?? array.items.pop();
  },
  shift: (m, array) => {
    m.journal.touch(array);
    const first = array.items.shift();
    return array.open ?? first;
  },
  unshift: (m, array, args) => {
    m.journal.touch(array);
    array.items.unshift(...args);
    return lengthOf(array);
  },
  splice: (m, array, args) => {
    m.journal.touch(array);
    const [start, count] = [known(m, args[0]), known(m, args[1])];
    if (start === undefined || count === undefined || array.open) {
      array.open ??= unknownResult(m, 'splice(…)');
      return array.open;
    }
    return new Arr(args.length < 2 ? array.items.splice(start) : array.items.splice(start, count, ...args.slice(2)));
  },
  reverse: (m, array) => {
    m.journal.touch(array);
    array.items.reverse();
    return array;
  },
  fill: (m, array, args) => {
    m.journal.touch(array);
    if (args.slice(1).some((arg) => known(m, arg) === undefined)) array.open ??= unknownResult(m, 'fill(…)');
    else array.items.fill(args[0], index(m, args[1]), index(m, args[2]));
    return array;
  },
  sort: (m, array, args, at) => sort(m, array, args[0], at),
  toSorted: (m, array, args, at) => sort(m, new Arr(array.items, array.open), args[0], at),
  toReversed: (_m, array) => new Arr([...array.items].reverse(), array.open),
  map: (m, array, args, at) =>
    new Arr(
      array.items.map((item, i) => callBack(m, args[0], item, i, array, at)),
      array.open,
    ),
  forEach: (m, array, args, at) => {
    array.items.forEach((item, i) => callBack(m, args[0], item, i, array, at));
    return undefined;
  },
  flatMap: (m, array, args, at) =>
    flat(
      new Arr(
        array.items.map((item, i) => callBack(m, args[0], item, i, array, at)),
        array.open,
      ),
      1,
    ),
  filter: (m, array, args, at) => {
    const kept: Value[] = [];
    for (const [i, item] of array.items.entries()) {
      const keep = truth(m, callBack(m, args[0], item, i, array, at));
      if (keep === undefined) return unknownResult(m, 'filter(…)');
      if (keep) kept.push(item);
    }
    return new Arr(kept, array.open);
  },
  find: (m, array, args, at) => search(m, array, args[0], at, (item) => item, undefined),
  findIndex: (m, array, args, at) => search(m, array, args[0], at, (_, i) => i, -1),
  findLast: (m, array, args, at) => search(m, reversed(array), args[0], at, (item) => item, undefined),
  findLastIndex: (m, array, args, at) => search(m, reversed(array), args[0], at, (_, i) => array.items.length - 1 - i, -1),
  lastIndexOf: (m, array, args) => {
    const at = find(m, reversed(array), args[0]);
    return typeof at === 'number' && at >= 0 ? array.items.length - 1 - at : at;
  },
  with: (m, array, args) => {
    const at = index(m, args[0]);
    return at === undefined || array.open ? unknownResult(m, 'with(…)') : new Arr(array.items.with(at, args[1]));
  },
  toSpliced: (m, array, args, at) => {
    const copy = new Arr(array.items, array.open);
    METHODS['splice']?.(m, copy, args, at);
    return copy;
  },
  some: (m, array, args, at) => search(m, array, args[0], at, () => true, false),
  every: (m, array, args, at) => {
    for (const [i, item] of array.items.entries()) {
      const holds = truth(m, callBack(m, args[0], item, i, array, at));
      if (holds === undefined) return unknownResult(m, 'every(…)');
      if (!holds) return false;
    }
    return array.open ? unknownResult(m, 'every(…)') : true;
  },
  reduce: (m, array, args, at) => reduce(m, array, args, at, array.items),
  reduceRight: (m, array, args, at) => reduce(m, array, args, at, [...array.items].reverse()),
  concat: (_m, array, args) => {
    const items = [...array.items];
    let open = array.open;
    for (const arg of args) {
      if (arg instanceof Arr) {
        items.push(...arg.items);
        open ??= arg.open;
      } else if (arg instanceof Unknown) open ??= arg;
      else items.push(arg);
    }
    return new Arr(items, open);
  },
  slice: (m, array, args) => {
    if (args.some((arg) => arg !== undefined && index(m, arg) === undefined)) return unknownResult(m, 'slice(…)');
    return new Arr(array.items.slice(index(m, args[0]), index(m, args[1])), array.open);
  },
  flat: (m, array, args) => flat(array, index(m, args[0]) ?? 1),
  indexOf: (m, array, args) => find(m, array, args[0]),
  includes: (m, array, args) => {
    const at = find(m, array, args[0]);
    return typeof at === 'number' ? at >= 0 : at;
  },
  join: (m, array, args) => {
    const parts = array.items.map((item) => (item == null ? '' : toText(m.settle(item))));
    return array.open || parts.some((part) => part === undefined) ? unknownResult(m, 'join(…)') : parts.join(toText(args[0] ?? ',') ?? ',');
  },
  at: (m, array, args) => {
    const at = index(m, args[0] ?? 0);
    return at === undefined || array.open ? unknownResult(m, 'at(…)') : array.items.at(at);
  },
  entries: (_m, array) =>
    new Arr(
      array.items.map((item, i) => new Arr([i, item])),
      array.open,
    ),
  keys: (_m, array) =>
    new Arr(
      array.items.map((_, i) => i),
      array.open,
    ),
  values: (_m, array) => new Arr(array.items, array.open),
};

const reversed = (array: Arr): Arr => new Arr([...array.items].reverse(), array.open);

function flat(array: Arr, depth: number): Arr {
  let { open } = array;
  const items: Value[] = [];
  for (const item of array.items) {
    if (item instanceof Arr && depth > 0) {
      const inner = flat(item, depth - 1);
      items.push(...inner.items);
      open ??= inner.open;
    } else {
      // What is not known may be a list as well.
      if (item instanceof Unknown && depth > 0) open ??= item;
      items.push(item);
    }
  }
  return new Arr(items, open);
}

function search(m: Machine, array: Arr, fn: Value, at: CallPlace, found: (item: Value, i: number) => Value, missing: Value): Value {
  for (const [i, item] of array.items.entries()) {
    const holds = truth(m, callBack(m, fn, item, i, array, at));
    if (holds === undefined) return unknownResult(m, 'a search');
    if (holds) return found(item, i);
  }
  return array.open ? unknownResult(m, 'a search') : missing;
}

function find(m: Machine, array: Arr, value: Value): Value {
  for (const [i, item] of array.items.entries()) {
    const same = equals(m, m.settle(item), m.settle(value), false);
    if (typeof same !== 'boolean') return unknownResult(m, 'a search');
    if (same) return i;
  }
  return array.open ? unknownResult(m, 'a search') : -1;
}

function reduce(m: Machine, array: Arr, args: readonly Value[], at: CallPlace, items: readonly Value[]): Value {
  if (array.open) return unknownResult(m, 'reduce(…)');
  let from = 0;
  let total = args[1];
  if (args.length < 2) {
    total = items[0];
    from = 1;
  }
  for (let i = from; i < items.length; i++) total = m.interpreter.call(args[0], undefined, [total, items[i], i, array], at);
  return total;
}

/** Sorts numbers or texts; with a comparison function, where its answers are known. */
function sort(m: Machine, array: Arr, compare: Value, at: CallPlace): Value {
  const items = array.items.map((item) => m.settle(item));
  let known = !array.open;
  const order = (a: Value, b: Value): number => {
    if (compare === undefined) {
      const [x, y] = [toText(a), toText(b)];
      if (x === undefined || y === undefined) known = false;
      return (x ?? '') < (y ?? '') ? -1 : (x ?? '') > (y ?? '') ? 1 : 0;
    }
    const answer = m.settle(m.interpreter.call(compare, undefined, [a, b], at));
    if (typeof answer !== 'number') known = false;
    return typeof answer === 'number' ? answer : 0;
  };
  const sorted = [...items].sort(order);
  m.journal.touch(array);
  if (known) array.items = sorted;
  else array.open = unknownResult(m, 'sort(…)');
  return array;
}

/** A property or method of an array of one state. */
export function arrayMember(m: Machine, array: Arr, key: string): Value {
  if (key === 'length') return lengthOf(array);
  if (/^\d+$/.test(key)) return Number(key) < array.items.length ? m.settle(array.items[Number(key)]) : array.open?.member(key);
  if (key === 'raw' && m.templates.has(array)) return array;
  if (!Object.hasOwn(METHODS, key)) return undefined;
  const method = METHODS[key];
  return method && new Native(key, (_self, args, at) => method(m, array, args, at));
}

/** `array[key] = value`; a key that is not known may be any. */
export function setArrayItem(m: Machine, array: Arr, key: string | undefined, value: Value): void {
  m.journal.touch(array);
  if (key === 'length' && typeof value === 'number' && value >= 0 && value <= array.items.length) array.items.length = value;
  else if (key !== undefined && /^\d+$/.test(key) && Number(key) < MAX_ITEMS) {
    while (array.items.length < Number(key)) array.items.push(undefined);
    array.items[Number(key)] = value;
  } else if (key === undefined) array.open = new Unknown(m.freshKey('weak'), '?', 'an item whose index is not known was set');
}

export const isCallback = (value: Value): boolean => value instanceof Closure || value instanceof Native;
