import { iterate } from '../operations/iterate';
import { ownKeys } from '../operations/ownKeys';
import { toText } from '../operations/operators';
import type { Machine } from '../machine';
import { adoptAll, prototypeOf } from '../state/functionObjects';
import { Accessor, Arr, Obj } from '../state/heap';
import { Native } from '../values/native';
import { Num } from '../values/num';
import { sameValue } from '../state/choose';
import { Choice, Closure, Unknown, type Value } from '../values/values';

/** What every object has. */
export function objectMember(m: Machine, target: Obj, key: string): Value {
  if (key === 'hasOwnProperty') {
    return new Native(key, (_self, [name]) => {
      const text = toText(m.settle(name));
      return text === undefined
        ? new Unknown(m.freshKey('has'), 'hasOwnProperty(…)', 'the name is not known')
        : target.properties.has(text) || target.accessors.has(text);
    });
  }
  const entries = target.properties.get('%entries');
  return entries instanceof Arr ? m.eachVersion(entries, () => collectionMember(m, target, entries, key)) : undefined;
}

/** An object's own properties, what its getters give among them. */
export function ownEntries(m: Machine, object: Obj): readonly (readonly [string, Value])[] {
  const at = { path: m.file.fileName, start: 0, end: 0 };
  return ownKeys(object).map((key) => [key, m.interpreter.getMember(object, key, at)]);
}

/** The entries of an object, array or text; undefined where they are not known. */
function entriesOf(m: Machine, value: Value): readonly (readonly [string, Value])[] | undefined {
  if (value instanceof Obj) return value.open ? undefined : ownEntries(m, value);
  if (value instanceof Arr) return value.open || value.versions ? undefined : value.items.map((item, i) => [String(i), item]);
  return undefined;
}

/** The global `Object`. */
export function objectGlobal(m: Machine): Native {
  const over = (name: string, make: (entries: readonly (readonly [string, Value])[]) => Value): [string, Native] => [
    name,
    new Native(name, (_self, [target]) =>
      m.each(target, (one) => {
        const entries = entriesOf(m, one);
        return entries
          ? make(entries)
          : one instanceof Unknown
            ? one.derived(`${name}:${one.key}`, `Object.${name}(${one.name})`)
            : new Unknown(m.freshKey(name), `Object.${name}(…)`, 'it is not known what the object holds');
      }),
    ),
  ];
  const same = (name: string): [string, Native] => [name, new Native(name, (_self, [target]) => target)];
  const members = new Map<string, Value>([
    over('keys', (entries) => new Arr(entries.map(([key]) => key))),
    over('values', (entries) => new Arr(entries.map(([, value]) => value))),
    over('entries', (entries) => new Arr(entries.map(([key, value]) => new Arr([key, value])))),
    same('freeze'),
    same('seal'),
    ['assign', new Native('assign', (_self, [target, ...sources]) => assign(m, target, sources))],
    ['fromEntries', new Native('fromEntries', (_self, [entries]) => fromEntries(m, entries))],
    ...prototypeFunctions(m),
    ['defineProperty', new Native('defineProperty', (_self, [target, key, given]) => defineProperty(m, target, key, given))],
  ]);
  return new Native(
    'Object',
    (_self, [value]) => value ?? new Obj(),
    members,
    () => new Obj(),
  );
}

/** `Object.create(base)`, `setPrototypeOf(object, base)`, `getPrototypeOf(object)`. */
function prototypeFunctions(m: Machine): readonly [string, Native][] {
  const inherit = (target: Value, base: Value): Value => {
    const proto = m.settle(base);
    if (!(target instanceof Obj)) return target;
    if (proto instanceof Obj) target.proto = proto;
    else if (proto instanceof Unknown) target.open = proto;
    return target;
  };
  const baseOf = (target: Value): Value => {
    if (!(target instanceof Obj)) return new Unknown(m.freshKey('proto'), 'Object.getPrototypeOf(…)', 'its prototype is not known');
    return target.classOf ? prototypeOf(target.classOf) : (target.proto ?? null);
  };
  return [
    ['create', new Native('create', (_self, [base]) => inherit(new Obj(), base))],
    ['setPrototypeOf', new Native('setPrototypeOf', (_self, [target, base]) => inherit(m.settle(target), base))],
    ['getPrototypeOf', new Native('getPrototypeOf', (_self, [target]) => baseOf(m.settle(target)))],
  ];
}

/** `Object.defineProperty(object, key, { value })`, or with a getter and a setter. */
function defineProperty(m: Machine, given: Value, key: Value, description: Value): Value {
  const [target, name, how] = [m.settle(given), toText(m.settle(key)), m.settle(description)];
  if (!(target instanceof Obj) || name === undefined) return target;
  m.journal.touch(target);
  const [get, set] = how instanceof Obj ? [how.properties.get('get'), how.properties.get('set')] : [];
  if (get instanceof Closure || set instanceof Closure)
    target.accessors.set(name, new Accessor(get instanceof Closure ? get : undefined, set instanceof Closure ? set : undefined));
  else if (how instanceof Obj && !how.open) target.properties.set(name, how.properties.get('value'));
  else target.open = how instanceof Unknown ? how : new Unknown(m.freshKey('property'), name, 'how it is defined is not known');
  return target;
}

function assign(m: Machine, target: Value, sources: readonly Value[]): Value {
  if (!(target instanceof Obj)) return target;
  m.journal.touch(target);
  for (const source of sources) {
    const one = m.settle(source);
    if (one instanceof Obj) {
      for (const [key, value] of ownEntries(m, one)) target.properties.set(key, value);
      if (target.constructorOf) adoptAll(target.constructorOf, target);
      target.open ??= one.open;
    } else if (one instanceof Unknown) target.open = one;
  }
  return target;
}

function fromEntries(m: Machine, entries: Value): Value {
  const object = new Obj();
  for (const entry of iterate(m, m.settle(entries)) ?? []) {
    const [key, value] = entry instanceof Arr ? entry.items : [];
    const name = toText(m.settle(key));
    if (name !== undefined) object.properties.set(name, value);
  }
  return object;
}

/** `new Map(entries)` and `new Set(items)`: their entries are kept in order, keys compared by their text or identity. */
export function collectionGlobal(m: Machine, name: 'Map' | 'Set'): Native {
  return new Native(
    name,
    () => undefined,
    undefined,
    ([initial]) => {
      const collection = new Obj();
      const items = initial === undefined ? [] : iterate(m, m.settle(initial));
      if (!items) return new Unknown(m.freshKey(name), `new ${name}(…)`, 'it is not known what it holds');
      const entries = new Arr();
      collection.properties.set('%entries', entries);
      collection.properties.set('%kind', name);
      for (const item of items) {
        if (name === 'Set') putEntry(m, entries, item, item, name);
        else if (item instanceof Arr) putEntry(m, entries, item.items[0], item.items[1], name);
      }
      return collection;
    },
  );
}

const positionOf = (m: Machine, entries: Arr, key: Value, kind: Value): number =>
  entries.items.findIndex((entry) =>
    sameValue(m.settle(kind === 'Set' ? entry : entry instanceof Arr ? entry.items[0] : undefined), m.settle(key)),
  );

/** Keys that are not known may be equal to others: how many there are is not known then. */
const isOpenKey = (value: Value): boolean => value instanceof Unknown || value instanceof Num || value instanceof Choice;

function putEntry(m: Machine, entries: Arr, key: Value, value: Value, kind: Value): void {
  m.journal.touch(entries);
  if (isOpenKey(m.settle(key)))
    entries.open ??= new Unknown(m.freshKey('entries'), 'entries', 'it is not known which of its keys are equal');
  if (isOpenKey(m.settle(key)))
    entries.open ??= new Unknown(m.freshKey('entries'), 'entries', 'it is not known which of its keys are equal');
  const at = positionOf(m, entries, key, kind);
  const entry = kind === 'Set' ? key : new Arr([key, value]);
  if (at < 0) entries.items.push(entry);
  else entries.items[at] = entry;
}

function removeEntry(m: Machine, entries: Arr, key: Value, kind: Value): Value {
  m.journal.touch(entries);
  const at = positionOf(m, entries, key, kind);
  if (at >= 0) entries.items.splice(at, 1);
  else if (isOpenKey(m.settle(key)))
    entries.open ??= new Unknown(m.freshKey('entries'), 'entries', 'it is not known which of its keys was removed');
  return entries.open ?? at >= 0;
}

function collectionMember(m: Machine, collection: Obj, entries: Arr, key: string): Value {
  const kind = collection.properties.get('%kind');
  const half = (index: 0 | 1): Value[] =>
    entries.items.map((entry) => (kind === 'Set' ? entry : entry instanceof Arr ? entry.items[index] : undefined));
  const native = (run: (args: readonly Value[], at: Parameters<Native['run']>[2]) => Value): Native =>
    new Native(key, (_self, args, at) => m.eachVersion(entries, () => run(args, at)));
  switch (key) {
    case 'size':
      return entries.open ? new Unknown(`size:${entries.open.key}`, 'size', entries.open.reason) : entries.items.length;
    case 'set':
    case 'add':
      return native(([name, value]) => {
        putEntry(m, entries, name, value, kind);
        return collection;
      });
    case 'has':
      return native(([name]) =>
        positionOf(m, entries, name, kind) >= 0
          ? true
          : (entries.open ?? isOpenKey(m.settle(name)))
            ? new Unknown(m.freshKey('has'), 'has(…)', 'it is not known what it holds')
            : false,
      );
    case 'get':
      return native(([name]) => {
        const entry = entries.items[positionOf(m, entries, name, kind)];
        if (entry instanceof Arr) return entry.items[1];
        return entries.open ?? (isOpenKey(m.settle(name)) ? new Unknown(m.freshKey('get'), 'get(…)', 'the key is not known') : undefined);
      });
    case 'delete':
      return native(([name]) => removeEntry(m, entries, name, kind));
    case 'clear':
      return native(() => {
        m.journal.touch(entries);
        entries.items = [];
        entries.open = undefined;
        return undefined;
      });
    case 'forEach':
      return native(([fn], at) => {
        entries.items.forEach((_, i) => m.interpreter.call(fn, undefined, [half(1)[i], half(0)[i], collection], at));
        return undefined;
      });
    case 'keys':
      return native(() => new Arr(half(0), entries.open));
    case 'values':
      return native(() => new Arr(half(1), entries.open));
    case 'entries':
      return native(() => new Arr(entries.items, entries.open));
    default:
      return undefined;
  }
}
