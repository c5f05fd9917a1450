import { ClassValue, Closure, type Value } from '../values/values';
import { Obj } from './heap';

/** The properties of a function object. A function has them from its beginning, so that a branch that sets one can be undone. */
export const propertiesOf = (target: Closure): Obj => (target.properties ??= new Obj(undefined, 0));

/** The object in which instances of a function or class look for what they do not have themselves. */
export function prototypeOf(target: Closure | ClassValue): Obj {
  if (target instanceof ClassValue) return (target.prototype ??= emptyPrototype(target));
  const { properties } = propertiesOf(target);
  const known = properties.get('prototype');
  if (known instanceof Obj) return known;
  const made = emptyPrototype(target);
  properties.set('prototype', made);
  return made;
}

function emptyPrototype(of: Closure | ClassValue): Obj {
  const made = new Obj(of instanceof ClassValue ? of : undefined, 0);
  made.constructorOf = of;
  return made;
}

/** Functions that become members of `owner` are its methods: run by themselves, they run on it, or on an instance of it. */
export function adopt(owner: Obj | Closure | ClassValue, value: Value): void {
  if (value instanceof Closure) value.owner ??= owner;
}

/** The same for all functions among an object's properties. */
export function adoptAll(owner: Obj | Closure | ClassValue, object: Obj): void {
  for (const value of object.properties.values()) adopt(owner, value);
}
