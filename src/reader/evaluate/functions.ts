import type { ts } from 'ts-morph';
import {
  canHaveModifiers,
  getModifiers,
  isArrowFunction,
  isBlock,
  isConstructorDeclaration,
  isIdentifier,
  SyntaxKind,
} from '../syntax/kinds';
import type { Machine } from '../machine';
import { Environment } from '../state/environment';
import { Arr, Obj } from '../state/heap';
import type { CallPlace, Native } from '../values/native';
import { Closure, GeneratorValue, PromiseValue, type ClassValue, type Value } from '../values/values';
import { functionName } from '../syntax/functionName';
import { parametersOf } from '../syntax/parameters';
import { checkStated } from '../statements/stated';
import { evaluate } from './expressions';
import { bindPattern, withDefault } from './patterns';
import { executeList, hoist } from './statements';
import { continueSides } from './statements';

/** A function of the source, with the scope it closes over. */
export function makeClosure(m: Machine, node: ts.FunctionLikeDeclaration, scope: Environment, home?: ClassValue): Closure {
  const named = functionName(node) ?? 'a function';
  const isArrow = isArrowFunction(node);
  const closure = new Closure(node, scope, m.file.fileName, named, isArrow ? scope.find('%this')?.own('%this') : undefined, home);
  m.functions.met(node, closure);
  return closure;
}

const hasModifier = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  canHaveModifiers(node) && (getModifiers(node)?.some((one) => one.kind === kind) ?? false);

/** A function that has run is no entry point any more. */
export function markRun(m: Machine, node: ts.Node): void {
  m.functions.ran(node);
}

/** Runs a function of the source. */
export function callClosure(m: Machine, closure: Closure, self: Value, args: readonly Value[], at: CallPlace): Value {
  if (closure.node.asteriskToken) return new GeneratorValue(closure, self, args, at);
  return runClosure(m, closure, self, args, at);
}

/** Runs the body of a generator; `use` is what `yield` calls. */
export const runGenerator = (m: Machine, { closure, self, args, at }: GeneratorValue, use: Native): Value =>
  runClosure(m, closure, self, args, at, use);

function runClosure(m: Machine, closure: Closure, self: Value, args: readonly Value[], at: CallPlace, use?: Native): Value {
  const { node } = closure;
  markRun(m, node);
  if (!node.body) return undefined;
  const body = node.body;
  return m.inCall(at, () => {
    const fileBefore = m.file;
    m.file = m.modules.get(closure.path)?.file ?? fileBefore;
    try {
      const scope = scopeFor(m, closure, self, args, at);
      if (use) scope.put('%yield', use);
      const value = isBlock(body) ? runBody(m, body, scope) : evaluate(m, body, scope);
      m.functions.finished(node);
      return hasModifier(node, SyntaxKind.AsyncKeyword) && !(value instanceof PromiseValue) ? new PromiseValue(value) : value;
    } finally {
      m.file = fileBefore;
    }
  });
}

function scopeFor(m: Machine, closure: Closure, self: Value, args: readonly Value[], at: CallPlace): Environment {
  const scope = new Environment(closure.scope, true);
  if (!isArrowFunction(closure.node)) {
    scope.put('%this', self);
    scope.put('%home', closure.home);
    scope.put('arguments', new Arr(args));
  }
  parametersOf(closure.node).forEach((parameter, i) => {
    const given = parameter.dotDotDotToken ? new Arr(args.slice(i)) : args[i];
    const value = withDefault(m, given, parameter.initializer, scope);
    bindPattern(m, parameter.name, value, scope, (name, bound) => {
      scope.put(name.text, bound);
      checkStated(m, name, bound, scope, at);
    });
    // `constructor(readonly units = 3)` declares a property.
    if (isConstructorDeclaration(closure.node) && getModifiers(parameter)?.length && isIdentifier(parameter.name) && self instanceof Obj) {
      self.properties.set(parameter.name.text, scope.own(parameter.name.text));
    }
  });
  return scope;
}

function runBody(m: Machine, body: ts.Block, scope: Environment): Value {
  hoist(m, body.statements, scope);
  const end = executeList(m, body.statements, scope);
  if (!end) return undefined;
  if (end.type === 'return') return end.value;
  if (end.type !== 'split') return undefined;
  // Sides that ended without a return have returned undefined: then all end alike, and are joined.
  const sides = end.sides.map((side) =>
    side.completion?.type === 'return' ? side : { ...side, completion: { type: 'return' as const, value: undefined } },
  );
  const joined = continueSides(m, sides, () => undefined);
  return joined?.type === 'return' ? joined.value : undefined;
}
