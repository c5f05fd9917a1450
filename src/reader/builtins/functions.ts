import { iterate } from '../operations/iterate';
import type { Machine } from '../machine';
import { prototypeOf } from '../state/functionObjects';
import { Native } from '../values/native';
import { Namespace, type ClassValue, type Closure, type Value } from '../values/values';

/** `call`, `apply`, `bind`, `name` and `prototype` of a function. */
export function functionMember(m: Machine, target: Closure | ClassValue | Native | Namespace, key: string): Value {
  switch (key) {
    case 'call':
      return new Native(key, (_self, [self, ...args], at) => m.interpreter.call(target, self, args, at));
    case 'apply':
      return new Native(key, (_self, [self, args], at) => m.interpreter.call(target, self, iterate(m, args) ?? [], at));
    case 'bind':
      return new Native(
        key,
        (_self, [self, ...bound]) => new Native('bound', (_inner, args, at) => m.interpreter.call(target, self, [...bound, ...args], at)),
      );
    case 'name':
      return target instanceof Namespace ? target.path.at(-1) : target.name;
    case 'prototype':
      return target instanceof Native || target instanceof Namespace ? undefined : prototypeOf(target);
    default:
      return undefined;
  }
}
