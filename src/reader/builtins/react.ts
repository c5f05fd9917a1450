import type { Machine } from '../machine';
import { Arr, Obj } from '../state/heap';
import { isEntity } from '../tf/entities';
import { Native } from '../values/native';
import { Closure, Unknown, type Value } from '../values/values';

/** Packages whose hooks mean what React's do. */
const REACT = /^(react|preact|preact\/hooks|preact\/compat)$/;

/** React's hooks, where a module is React: what a component's body builds is built when it is rendered. */
export function reactModule(m: Machine, specifier: string): Obj | undefined {
  if (!REACT.test(specifier)) return undefined;
  const react = new Obj();
  react.open = new Unknown(`import:${specifier}`, specifier, `imported from ${specifier}, which is not read`);
  const give = (name: string, run: Native['run']): void => void react.properties.set(name, new Native(name, run));
  const same: Native['run'] = (_self, [value]) => value;
  for (const name of ['useCallback', 'useDeferredValue', 'memo', 'forwardRef']) give(name, same);
  // Effects run after the rendering, as functions that nothing calls do.
  for (const name of ['useEffect', 'useLayoutEffect', 'useInsertionEffect']) give(name, () => undefined);
  give('useMemo', (_self, [make], at) => m.interpreter.call(make, undefined, [], at));
  give('useRef', (_self, [initial]) => reference(initial));
  give('createRef', () => reference(null));
  give('useState', (_self, [initial], at) =>
    state(m, initial instanceof Closure ? m.interpreter.call(initial, undefined, [], at) : initial),
  );
  react.properties.set('default', react);
  return react;
}

function reference(initial: Value): Obj {
  const made = new Obj();
  made.properties.set('current', initial);
  return made;
}

/**
 * `useState(initial)`: a state that is built stays what it is. Numbers, texts and nothing are only what the component begins with: what they
 * become is known where one model, layer, object or list is set, and nothing else.
 */
function state(m: Machine, initial: Value): Arr {
  const isBuilt = isEntity(initial) || initial instanceof Obj || initial instanceof Arr;
  const begins = initial === undefined || initial === null ? 'set when the program runs' : `which begins as ${shown(initial)}`;
  const value = isBuilt ? initial : new Unknown(m.freshKey('state'), '?', `a state of the component, ${begins}`);
  let wasSet = false;
  const set = new Native('set', (_self, [next], at) => {
    const given = next instanceof Closure ? m.interpreter.call(next, undefined, [value], at) : m.settle(next);
    if (!(value instanceof Unknown) || m.isRehearsing) return undefined;
    const isDefinite = (isEntity(given) || given instanceof Obj || given instanceof Arr) && m.assumptions.all.length === 0;
    const { members } = m.statements;
    if (isDefinite && (!wasSet || members.get(value.key) === given)) members.set(value.key, given);
    else if (given !== null && given !== undefined) members.delete(value.key);
    wasSet ||= given !== null && given !== undefined;
    return undefined;
  });
  return new Arr([value, set]);
}

const shown = (value: Value): string =>
  typeof value === 'string' ? JSON.stringify(value).slice(0, 40) : typeof value === 'object' ? 'something else' : String(value);
