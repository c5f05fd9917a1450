import { lineage } from '../values/lineage';
import type { ts } from 'ts-morph';
import {
  canHaveModifiers,
  getModifiers,
  isClassStaticBlockDeclaration,
  isConstructorDeclaration,
  isGetAccessor,
  isMethodDeclaration,
  isPropertyDeclaration,
  isSetAccessor,
  SyntaxKind,
} from '../syntax/kinds';
import type { Machine } from '../machine';
import { Environment } from '../state/environment';
import { prototypeOf } from '../state/functionObjects';
import { Obj } from '../state/heap';
import { makeCustomLayer } from '../tf/customLayer';
import { makeCustomModel } from '../tf/customModel';
import { callNamespaceMethod } from '../tf/superMethods';
import type { CallPlace } from '../values/native';
import { ClassValue, Closure, Namespace, Unknown, type Value } from '../values/values';
import { checkField } from '../statements/stated';
import { evaluate, placeOf } from './expressions';
import { callClosure, makeClosure } from './functions';
import { inFile } from './moduleBody';
import { keyOf } from './patterns';
import { executeBlock } from './statements';

/** A class of the source: its methods and accessors, its statics evaluated in order. */
export function makeClass(m: Machine, node: ts.ClassLikeDeclaration, scope: Environment): ClassValue {
  const heritage = node.heritageClauses?.find((clause) => clause.token === SyntaxKind.ExtendsKeyword)?.types[0];
  const base = heritage ? evaluate(m, heritage.expression, scope) : undefined;
  const inner = new Environment(scope, false);
  const made = new ClassValue(node, inner, m.file.fileName, node.name?.text ?? 'a class', base, new Obj());
  if (node.name) inner.put(node.name.text, made);
  m.classes.push(made);
  for (const member of node.members) addMember(m, made, member);
  for (const member of node.members) evaluateStatic(m, made, member);
  return made;
}

const isStatic = (node: ts.Node): boolean =>
  canHaveModifiers(node) && (getModifiers(node)?.some((one) => one.kind === SyntaxKind.StaticKeyword) ?? false);

function addMember(m: Machine, made: ClassValue, member: ts.ClassElement): void {
  if (!isMethodDeclaration(member) && !isGetAccessor(member) && !isSetAccessor(member)) return;
  const key = keyOf(m, member.name, made.scope);
  if (key === undefined || !member.body) return;
  // The last of two methods of one name is the one; nothing can come to the other.
  const earlier = isMethodDeclaration(member) ? (isStatic(member) ? made.statics.properties : made.methods).get(key) : undefined;
  if (earlier instanceof Closure) m.functions.ran(earlier.node);
  const closure = makeClosure(m, member, made.scope, made);
  if (isStatic(member)) {
    if (isMethodDeclaration(member)) made.statics.properties.set(key, closure);
    else if (isGetAccessor(member)) made.staticGetters.set(key, closure);
    else made.staticSetters.set(key, closure);
  } else if (isMethodDeclaration(member)) made.methods.set(key, closure);
  else if (isGetAccessor(member)) made.getters.set(key, closure);
  else made.setters.set(key, closure);
}

function evaluateStatic(m: Machine, made: ClassValue, member: ts.ClassElement): void {
  const scope = new Environment(made.scope, true);
  scope.put('%this', made);
  if (isPropertyDeclaration(member) && isStatic(member)) {
    const key = keyOf(m, member.name, made.scope);
    if (key !== undefined) made.statics.properties.set(key, member.initializer ? evaluate(m, member.initializer, scope) : undefined);
  } else if (isClassStaticBlockDeclaration(member)) executeBlock(m, member.body.statements, scope);
}

/** `new` of a class or an old-style constructor function. */
export function construct(m: Machine, callee: ClassValue | Closure, args: readonly Value[], at: CallPlace): Value {
  if (callee instanceof Closure) return constructOldStyle(m, callee, args, at);
  const { root } = lineage(callee);
  const instance = new Obj(callee);
  if (!m.instances.has(callee)) m.instances.set(callee, instance);
  const returned = runConstructor(m, callee, instance, args, at);
  // A constructor may give back another object than the one it was called for.
  if (returned instanceof Obj && !(root instanceof Namespace)) return returned;
  if (root instanceof Namespace) {
    const name = root.path.at(-1) ?? '';
    if (name === 'Layer' || name === 'RNNCell') return makeCustomLayer(m, callee, instance, at);
    if (name === 'Sequential' || name === 'LayersModel' || name === 'Model') return makeCustomModel(m, instance, name, at);
    instance.open = new Unknown(m.freshKey('base'), callee.name, `${callee.name} extends ${root.path.join('.')}, which is not read`);
  }
  if (root instanceof Unknown) instance.open = root;
  return instance;
}

function constructOldStyle(m: Machine, callee: Closure, args: readonly Value[], at: CallPlace): Value {
  const instance = new Obj();
  instance.proto = prototypeOf(callee);
  if (!m.instances.has(callee)) m.instances.set(callee, instance);
  const result = callClosure(m, callee, instance, args, at);
  return result instanceof Obj ? result : instance;
}

/** Runs fields and constructor of a class on an instance, bases first, as `super(…)` asks for it. */
function runConstructor(m: Machine, made: ClassValue, instance: Obj, args: readonly Value[], at: CallPlace): Value {
  const constructor = made.node.members.find(
    (member): member is ts.ConstructorDeclaration => isConstructorDeclaration(member) && member.body !== undefined,
  );
  const derived = made.base !== undefined && made.base !== null;
  if (!constructor) {
    if (derived) superConstruct(m, made, instance, args, at);
    else initialiseFields(m, made, instance);
    return undefined;
  }
  if (!derived) initialiseFields(m, made, instance);
  const closure = constructorOf(m, made, constructor);
  return callClosure(m, closure, instance, args, at);
}

function constructorOf(m: Machine, made: ClassValue, node: ts.ConstructorDeclaration): Closure {
  m.functions.ran(node);
  return new Closure(node, made.scope, made.path, made.name, undefined, made);
}

/** `super(…)` in a constructor of `home`. */
export function superConstruct(m: Machine, home: ClassValue, instance: Obj, args: readonly Value[], at: CallPlace): void {
  const { base } = home;
  m.journal.touch(instance);
  if (base instanceof ClassValue) runConstructor(m, base, instance, args, at);
  else if (base instanceof Closure) callClosure(m, base, instance, args, at);
  else if (base instanceof Namespace) {
    instance.properties.set('%config', args[0]);
    if (args[0] instanceof Obj && args[0].properties.has('name')) instance.properties.set('name', args[0].properties.get('name'));
  } else if (base instanceof Unknown) instance.open = base;
  initialiseFields(m, home, instance);
}

function initialiseFields(m: Machine, made: ClassValue, instance: Obj): void {
  const file = m.modules.get(made.path)?.file ?? m.file;
  inFile(m, file, () => {
    for (const member of made.node.members) {
      if (!isPropertyDeclaration(member) || isStatic(member)) continue;
      const isDeclared = getModifiers(member)?.some((one) => one.kind === SyntaxKind.DeclareKeyword);
      if (isDeclared) continue;
      const scope = new Environment(made.scope, true);
      scope.put('%this', instance);
      scope.put('%home', made);
      const key = keyOf(m, member.name, scope);
      if (key === undefined) continue;
      if (!member.initializer && instance.properties.has(key)) continue;
      m.journal.touch(instance);
      const value = member.initializer ? evaluate(m, member.initializer, scope) : undefined;
      checkField(m, member, value, scope, placeOf(m, member));
      instance.properties.set(key, value);
    }
  });
}

/** `super.name` in a method of `home`. */
export function superMember(m: Machine, home: Value, self: Value, name: string): Value {
  if (!(home instanceof ClassValue)) return undefined;
  const { base } = home;
  if (base instanceof ClassValue && self instanceof ClassValue)
    return m.interpreter.getMember(base, name, { path: base.path, start: 0, end: 0 });
  if (base instanceof ClassValue) {
    for (const one of lineage(base).classes) {
      const method = one.methods.get(name);
      if (method) return method;
      const getter = one.getters.get(name);
      if (getter) return callClosure(m, getter, self, [], { path: one.path, start: 0, end: 0 });
    }
    const { root } = lineage(base);
    return root instanceof Namespace ? callNamespaceMethod(m, name) : root instanceof Unknown ? root.member(name) : undefined;
  }
  if (base instanceof Namespace) return callNamespaceMethod(m, name);
  return base instanceof Unknown ? base.member(name) : undefined;
}
