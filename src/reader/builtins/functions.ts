import { iterate } from '../operations/iterate';
import type { Machine } from '../machine';
import { prototypeOf } from '../state/functionObjects';
import { Obj } from '../state/heap';
import { parametersOf } from '../syntax/parameters';
import { Native } from '../values/native';
import { MAX_ITEMS } from '../values/sizes';
import { Closure, Namespace, type ClassValue, type Value } from '../values/values';

/** `call`, `apply`, `bind`, `name` and `prototype` of a function. */
export function functionMember(m: Machine, target: Closure | ClassValue | Native | Namespace, key: string): Value {
  switch (key) {
    case 'call':
      return new Native(key, (_self, [self, ...args], at) => m.interpreter.call(target, self, args, at));
    case 'apply':
      return new Native(key, (_self, [self, args], at) => m.interpreter.call(target, self, iterate(m, args) ?? arrayLike(args), at));
    case 'bind':
      return new Native(
        key,
        (_self, [self, ...bound]) => new Native('bound', (_inner, args, at) => m.interpreter.call(target, self, [...bound, ...args], at)),
      );
    case 'length':
      return target instanceof Closure ? lengthOf(target) : undefined;
    case 'name':
      return target instanceof Namespace ? target.path.at(-1) : target.name;
    case 'prototype':
      return target instanceof Native || target instanceof Namespace ? undefined : prototypeOf(target);
    default:
      return undefined;
  }
}

/** Parameters before the first that has a default or takes the rest. */
function lengthOf({ node }: Closure): number {
  const parameters = parametersOf(node);
  const end = parameters.findIndex((one) => one.initializer !== undefined || one.dotDotDotToken !== undefined);
  return end < 0 ? parameters.length : end;
}

/** `{ length: 4 }` as a list of arguments. */
function arrayLike(value: Value): readonly Value[] {
  const length = value instanceof Obj ? value.properties.get('length') : undefined;
  if (!(value instanceof Obj) || typeof length !== 'number' || !(length >= 0 && length <= MAX_ITEMS)) return [];
  return Array.from({ length: Math.floor(length) }, (_, i) => value.properties.get(String(i)));
}
