import { iterate } from '../operations/iterate';
import { toText } from '../operations/operators';
import type { Json } from '../../layers/loaded/json';
import { Thrown, type Machine } from '../machine';
import { fromJson } from '../tf/loaded/data';
import { Arr, Obj } from '../state/heap';
import { Native } from '../values/native';
import { Num } from '../values/num';
import { Namespace, Unknown, type Value } from '../values/values';
import { MAX_ITEMS } from '../values/sizes';
import { mathObject, numberGlobals } from './numbers';
import { ASYNC_ITERATOR, ITERATOR } from '../values/keys';
import { collectionGlobal, objectGlobal } from './objects';
import { urlGlobal } from './nodeModules';
import { promiseGlobal } from './promises';

const AROUND = new Set(['window', 'globalThis', 'self', 'global']);

const built = new WeakMap<Machine, ReadonlyMap<string, Value>>();

/** A name that no scope declares: a built-in that is read, TensorFlow.js where a page loads it, or unknown. */
export function globalValue(m: Machine, name: string): Value {
  if (name === 'undefined') return undefined;
  if (name === 'tf') return new Namespace(['tf']);
  const known = built.get(m) ?? makeGlobals(m);
  built.set(m, known);
  if (known.has(name)) return known.get(name);
  const around = known.get('window');
  if (around instanceof Obj && around.properties.has(name)) return around.properties.get(name);
  return new Unknown(`global:${name}`, name, `${name} is not defined in any file that is read`);
}

function makeGlobals(m: Machine): ReadonlyMap<string, Value> {
  const all = new Map<string, Value>([
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['Math', mathObject(m)],
    ['Object', objectGlobal(m)],
    ['Array', arrayGlobal(m)],
    ['String', new Native('String', (_self, [value]) => asText(m, value))],
    ['Boolean', new Native('Boolean', (_self, [value]) => (value instanceof Unknown ? value : Boolean(value)))],
    ['Symbol', symbolGlobal(m)],
    ['Promise', promiseGlobal(m)],
    ['URL', urlGlobal(m)],
    ['Map', collectionGlobal(m, 'Map')],
    ['Set', collectionGlobal(m, 'Set')],
    ['WeakMap', collectionGlobal(m, 'Map')],
    ['WeakSet', collectionGlobal(m, 'Set')],
    ['structuredClone', new Native('structuredClone', (_self, [value]) => copyPlain(m, value, 0))],
    ['console', consoleObject()],
    ['JSON', jsonObject(m)],
    ['Error', errorGlobal('Error')],
    ['TypeError', errorGlobal('TypeError')],
    ['RangeError', errorGlobal('RangeError')],
    ...numberGlobals(m),
  ]);
  for (const name of ['setTimeout', 'setImmediate', 'requestAnimationFrame', 'queueMicrotask']) all.set(name, timer(m, name));
  const around = aroundObject();
  for (const name of AROUND) all.set(name, around);
  return all;
}

const asText = (m: Machine, value: Value): Value =>
  toText(m.settle(value)) ?? new Unknown(m.freshKey('text'), 'String(…)', 'a text that depends on something unknown');

/** Symbols are keys that no listing of an object shows. */
function symbolGlobal(m: Machine): Native {
  const shared = (_self: Value, [name]: readonly Value[]): Value => `%for:${toText(m.settle(name)) ?? '?'}`;
  const members = new Map<string, Value>([
    ['iterator', ITERATOR],
    ['asyncIterator', ASYNC_ITERATOR],
    ['for', new Native('for', shared)],
  ]);
  return new Native('Symbol', () => `%${m.freshKey('symbol')}`, members);
}

/** `setTimeout(callback)`: the callback runs once. */
const timer = (m: Machine, name: string): Native =>
  new Native(name, (_self, [callback], at) => {
    m.interpreter.call(callback, undefined, [], at);
    return new Unknown(m.freshKey('timer'), `${name}(…)`, 'a timer');
  });

/** `window`, `globalThis`: one object, whose properties are names as well. */
function aroundObject(): Obj {
  const object = new Obj();
  object.properties.set('tf', new Namespace(['tf']));
  object.open = new Unknown('global:window', 'window', 'it is not known before the program runs');
  return object;
}

function consoleObject(): Obj {
  const object = new Obj();
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'table', 'time', 'timeEnd', 'assert'])
    object.properties.set(name, new Native(name, () => undefined));
  return object;
}

function errorGlobal(name: string): Native {
  return new Native(
    name,
    () => undefined,
    undefined,
    ([message]) => {
      const error = new Obj();
      error.properties.set('name', name);
      error.properties.set('message', message);
      return error;
    },
  );
}

/** `JSON.parse(JSON.stringify(x))` is how people copy; anything else is not known. */
function jsonObject(m: Machine): Obj {
  const object = new Obj();
  object.properties.set(
    'stringify',
    new Native('stringify', (_self, [value]) => {
      const text = new Unknown(m.freshKey('json'), 'JSON.stringify(…)', 'a text that is made when the program runs');
      jsonSources.set(text, value);
      return text;
    }),
  );
  object.properties.set(
    'parse',
    new Native('parse', (_self, [text]) => {
      const source = text instanceof Unknown ? jsonSources.get(text) : undefined;
      if (source !== undefined) return copyPlain(m, source, 0);
      return typeof text === 'string'
        ? parsed(text)
        : new Unknown(m.freshKey('json'), 'JSON.parse(…)', 'a text that is read when the program runs');
    }),
  );
  return object;
}

/** A text of the source that is no JSON throws. */
function parsed(text: string): Value {
  try {
    return fromJson(JSON.parse(text) as Json);
  } catch {
    throw new Thrown(errorGlobal('SyntaxError').construct?.([], { path: '', start: 0, end: 0 }));
  }
}

const jsonSources = new WeakMap<Unknown, Value>();

function copyPlain(m: Machine, value: Value, depth: number): Value {
  const one = m.settle(value);
  if (depth > 20) return undefined;
  if (one instanceof Arr)
    return new Arr(
      one.items.map((item) => copyPlain(m, item, depth + 1)),
      one.open,
    );
  if (!(one instanceof Obj)) return one;
  const copy = new Obj();
  copy.open = one.open;
  for (const [key, item] of one.properties) copy.properties.set(key, copyPlain(m, item, depth + 1));
  return copy;
}

function arrayGlobal(m: Machine): Native {
  const members = new Map<string, Value>([
    [
      'isArray',
      new Native('isArray', (_self, [value]) => {
        const one = m.settle(value);
        return one instanceof Unknown ? one.derived(`isArray:${one.key}`, `Array.isArray(${one.name})`) : one instanceof Arr;
      }),
    ],
    ['of', new Native('of', (_self, args) => new Arr(args))],
    ['from', new Native('from', (_self, [source, map], at) => arrayFrom(m, m.settle(source), map, at))],
  ]);
  const make = (args: readonly Value[]): Value => {
    const [length] = args;
    if (args.length !== 1 || !(typeof length === 'number' || length instanceof Num || length instanceof Unknown)) return new Arr(args);
    return typeof length === 'number' ? ofLength(m, length) : unknownLength(m, length);
  };
  return new Native('Array', (_self, args) => make(args), members, make);
}

function ofLength(m: Machine, length: number): Value {
  return Number.isInteger(length) && length >= 0 && length <= MAX_ITEMS
    ? new Arr(Array.from<Value>({ length }))
    : new Unknown(m.freshKey('array'), 'an array', `an array of ${length} items`);
}

const unknownLength = (m: Machine, length: Num | Unknown): Unknown =>
  new Unknown(m.freshKey('array'), `an array of ${length instanceof Num ? length.text : length.name}`, 'its length is not known');

/** A plain object without a length has no items. */
const nothingIn = (source: Value): readonly Value[] | undefined =>
  source instanceof Obj && !source.open && !source.classOf && !source.properties.has('length') && source.accessors.size === 0
    ? []
    : undefined;

function arrayFrom(m: Machine, source: Value, map: Value, at: Parameters<Native['run']>[2]): Value {
  const length = source instanceof Obj && !source.properties.has('%entries') ? m.settle(source.properties.get('length')) : undefined;
  const base =
    length === undefined
      ? undefined
      : typeof length === 'number'
        ? ofLength(m, length)
        : new Unknown(m.freshKey('array'), 'Array.from(…)', 'its length is not known');
  const items = base instanceof Arr ? base.items : base === undefined ? (iterate(m, source) ?? nothingIn(source)) : undefined;
  if (!items)
    return base instanceof Unknown
      ? base
      : source instanceof Unknown
        ? source
        : new Unknown(m.freshKey('array'), 'Array.from(…)', 'it is not known what is copied');
  if (map === undefined) return new Arr(items);
  return new Arr(items.map((item, i) => m.interpreter.call(map, undefined, [item, i], at)));
}
