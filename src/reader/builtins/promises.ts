import { iterate } from '../operations/iterate';
import type { Machine } from '../machine';
import { Arr } from '../state/heap';
import { Native } from '../values/native';
import { PromiseValue, type Value } from '../values/values';
import { isCallback } from './arrays';

const inner = (value: Value): Value => (value instanceof PromiseValue ? inner(value.inner) : value);

/** `.then` runs at once, in order: what matters here is what is built, not when. */
export function promiseMember(m: Machine, promise: PromiseValue, key: string): Value {
  if (key === 'then') {
    return new Native(key, (_self, [onValue], at) =>
      isCallback(onValue) ? new PromiseValue(inner(m.interpreter.call(onValue, undefined, [inner(promise)], at))) : promise,
    );
  }
  if (key === 'finally') {
    return new Native(key, (_self, [onEnd], at) => {
      if (isCallback(onEnd)) m.interpreter.call(onEnd, undefined, [], at);
      return promise;
    });
  }
  return key === 'catch' ? new Native(key, () => promise) : undefined;
}

/** The global `Promise`. */
export function promiseGlobal(m: Machine): Native {
  const members = new Map<string, Value>([
    ['resolve', new Native('resolve', (_self, [value]) => new PromiseValue(inner(value)))],
    ['all', new Native('all', (_self, [values]) => new PromiseValue(new Arr((iterate(m, m.settle(values)) ?? []).map(inner))))],
  ]);
  return new Native(
    'Promise',
    () => undefined,
    members,
    ([executor], at) => {
      let resolved: Value;
      const resolve = new Native('resolve', (_self, [value]) => {
        resolved = inner(value);
        return undefined;
      });
      m.interpreter.call(executor, undefined, [resolve, new Native('reject', () => undefined)], at);
      return new PromiseValue(resolved);
    },
  );
}
