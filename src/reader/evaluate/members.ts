import type { Machine } from '../machine';
import { adopt, adoptAll, propertiesOf, prototypeOf } from '../state/functionObjects';
import { Arr, Obj } from '../state/heap';
import { builtInMember, entityMember, setEntityMember } from '../tf/entityMembers';
import { isEntity, ModelValue } from '../tf/entities';
import { EagerTensor } from '../tf/tensors/eager';
import { eagerMember } from '../tf/tensors/members';
import { Native, type CallPlace } from '../values/native';
import { Num } from '../values/num';
import { Choice, ClassValue, Closure, Namespace, PromiseValue, Unknown, clip, type Value } from '../values/values';
import { arrayMember, setArrayItem } from '../builtins/arrays';
import { functionMember } from '../builtins/functions';
import { numberMember } from '../builtins/numbers';
import { promiseMember } from '../builtins/promises';
import { stringMember } from '../builtins/strings';
import { objectMember } from '../builtins/objects';
import { lineage } from '../values/lineage';
import { callClosure } from './functions';

/** `target.key` of a definite target. Never throws: what would throw at run time is unknown, with the reason. */
export function getMember(m: Machine, target: Value, key: string, at: CallPlace): Value {
  // Libraries that bring TensorFlow.js along offer it under its own name: `ml5.tf`, `dfd.tf`.
  if (target instanceof Unknown) return key === 'tf' && /^(global|import):/.test(target.key) ? new Namespace(['tf']) : target.member(key);
  if (target instanceof Choice) return m.each(target, (one) => getMember(m, one, key, at));
  if (target instanceof Obj) return objectProperty(m, target, key, at);
  if (target instanceof Arr) return m.eachVersion(target, () => arrayMember(m, target, key));
  if (target instanceof Namespace)
    return isFunctionMember(target, key) ? functionMember(m, target, key) : new Namespace([...target.path, key]);
  if (isEntity(target))
    return target instanceof ModelValue ? m.eachVersion(target, () => entityMember(m, target, key, at)) : entityMember(m, target, key, at);
  if (target instanceof EagerTensor) return eagerMember(m, target, key, at);
  if (typeof target === 'string') return stringMember(m, target, key);
  if (typeof target === 'number' || target instanceof Num) return numberMember(target, key);
  if (target instanceof Closure) return target.properties?.properties.get(key) ?? functionMember(m, target, key);
  if (target instanceof ClassValue) return staticMember(m, target, key, at);
  if (target instanceof Native) return target.members?.get(key) ?? functionMember(m, target, key);
  if (target instanceof PromiseValue) return promiseMember(m, target, key);
  if (target === undefined || target === null)
    return new Unknown(m.freshKey('nothing'), clip(`${String(target)}.${key}`), `.${key} is read of ${String(target)} here`);
  return undefined;
}

/** `tf.layers.dense.bind(…)`: functions of TensorFlow.js are functions too. */
const isFunctionMember = ({ path }: Namespace, key: string): boolean => path.length > 2 && /^(bind|call|apply)$/.test(key);

/** Prototypes further up than this are not looked at: a chain may bite its own tail. */
const MAX_CHAIN = 20;

/** A member of an object, or of one of its prototypes; `self` is the object that was asked. */
function objectProperty(m: Machine, target: Obj, key: string, at: CallPlace, self = target, depth = 0): Value {
  if (target.properties.has(key)) return m.settle(target.properties.get(key));
  const accessor = target.accessors.get(key);
  if (accessor) return accessor.get ? callClosure(m, accessor.get, self, [], at) : undefined;
  const inherited = target.classOf ? classMember(m, target.classOf, key, at, self) : undefined;
  if (inherited !== undefined) return inherited;
  const entity = m.entityOf.get(target);
  if (entity)
    return entity instanceof ModelValue ? m.eachVersion(entity, () => builtInMember(m, entity, key)) : builtInMember(m, entity, key);
  if (target.classOf && key === 'constructor') return target.classOf;
  if (target.constructorOf && key === 'constructor') return target.constructorOf;
  if (target.open) return target.open.member(key);
  const proto = depth < MAX_CHAIN && target.proto ? objectProperty(m, target.proto, key, at, self, depth + 1) : undefined;
  return proto ?? objectMember(m, target, key);
}

/** A method or getter that a class and its bases have, those put on their prototypes from outside among them. */
function classMember(m: Machine, made: ClassValue, key: string, at: CallPlace, self: Obj): Value {
  const { classes, root } = lineage(made);
  for (const one of classes) {
    const added = one.prototype?.properties.get(key);
    if (added !== undefined) return added;
    const method = one.methods.get(key);
    if (method) return method;
    const getter = one.getters.get(key);
    if (getter) return callClosure(m, getter, self, [], at);
  }
  return root instanceof Closure ? objectProperty(m, prototypeOf(root), key, at, self, 1) : undefined;
}

function staticMember(m: Machine, target: ClassValue, key: string, at: CallPlace): Value {
  const { classes, root } = lineage(target);
  for (const one of classes) {
    if (one.statics.properties.has(key)) return m.settle(one.statics.properties.get(key));
    const getter = one.staticGetters.get(key);
    if (getter) return callClosure(m, getter, target, [], at);
  }
  if (key === 'name') return target.name;
  return root instanceof Unknown ? root.member(key) : functionMember(m, target, key);
}

/** `target.key = value`; an unknown key may be any of the target's. */
export function setMember(m: Machine, target: Value, key: string | undefined, value: Value, isUpdate = false): Value {
  if (target instanceof Obj) {
    if (key !== undefined && setThroughSetter(m, target, key, value)) return value;
    m.journal.touch(target);
    if (key === undefined) target.open = weak(m);
    else {
      m.assignProperty(target, key, value, isUpdate);
      if (target.constructorOf) adopt(target.constructorOf, value);
    }
  } else if (target instanceof Arr) {
    setArrayItem(m, target, key, value);
  } else if (target instanceof Closure) {
    if (key !== undefined) setProperty(m, target, key, value);
  } else if (target instanceof ClassValue) {
    if (key !== undefined && !setStatic(m, target, key, value)) m.assignProperty(target.statics, key, value, isUpdate);
  } else if (isEntity(target) && key !== undefined) setEntityMember(m, target, key, value);
  return value;
}

/** `Net.prototype = {…}`, `build.cache = …`. */
function setProperty(m: Machine, target: Closure, key: string, value: Value): void {
  m.assignProperty(propertiesOf(target), key, value);
  if (key !== 'prototype' || !(value instanceof Obj)) return;
  value.constructorOf = target;
  adoptAll(target, value);
}

/** A static setter, where the class or one of its bases has one. */
function setStatic(m: Machine, target: ClassValue, key: string, value: Value): boolean {
  const setter = lineage(target)
    .classes.map((one) => one.staticSetters.get(key))
    .find(Boolean);
  if (!setter) return false;
  callClosure(m, setter, target, [value], { path: setter.path, start: 0, end: 0 });
  return true;
}

const weak = (m: Machine): Unknown => new Unknown(m.freshKey('weak'), '?', 'a property whose name is not known was set');

function setThroughSetter(m: Machine, target: Obj, key: string, value: Value): boolean {
  const own = target.accessors.get(key)?.set;
  const inherited = target.classOf
    ? lineage(target.classOf)
        .classes.map((one) => one.setters.get(key))
        .find(Boolean)
    : undefined;
  const setter = own ?? inherited;
  if (!setter) return false;
  callClosure(m, setter, target, [value], { path: setter.path, start: 0, end: 0 });
  return true;
}

export function deleteMember(m: Machine, target: Value, key: string): void {
  if (!(target instanceof Obj)) return;
  m.journal.touch(target);
  target.properties.delete(key);
}
