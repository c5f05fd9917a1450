import type { ts } from 'ts-morph';
import {
  isArrayLiteralExpression,
  isAsExpression,
  isBinaryExpression,
  isBindingElement,
  isComputedPropertyName,
  isElementAccessExpression,
  isIdentifier,
  isNonNullExpression,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isOmittedExpression,
  isParenthesizedExpression,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  SyntaxKind,
} from '../syntax/kinds';
import type { Machine } from '../machine';
import type { Environment } from '../state/environment';
import { Arr, Obj } from '../state/heap';
import { Unknown, type Value } from '../values/values';
import { evaluate, placeOf } from './expressions';
import { iterate } from '../operations/iterate';
import { materialise } from './generators';
import { checkStated, statedFor } from '../statements/stated';
import { setMember } from './members';
import { toText } from '../operations/operators';
import { noteModelHeld } from '../tf/uses';

/** How a name that a pattern binds is written. */
export type Bind = (name: ts.Identifier, value: Value) => void;

/** The names that a pattern binds. */
export const boundNames = (name: ts.BindingName): readonly string[] => boundIdentifiers(name).map(({ text }) => text);

export function boundIdentifiers(name: ts.BindingName): readonly ts.Identifier[] {
  if (isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (isBindingElement(element) ? boundIdentifiers(element.name) : []));
}

/** Binds a declaration's pattern: `{ a, b = 1, ...rest }`, `[x, , y]`, nested. */
export function bindPattern(m: Machine, name: ts.BindingName, value: Value, scope: Environment, bind: Bind): void {
  if (isIdentifier(name)) bind(name, value instanceof Unknown ? value.heldBy(name.text) : value);
  else if (isObjectBindingPattern(name)) bindObject(m, name, m.settle(value), scope, bind);
  else bindArray(m, name, m.settle(value), scope, bind);
}

function bindObject(m: Machine, pattern: ts.ObjectBindingPattern, value: Value, scope: Environment, bind: Bind): void {
  const taken: string[] = [];
  for (const element of pattern.elements) {
    if (element.dotDotDotToken) {
      bindPattern(m, element.name, restOf(value, taken), scope, bind);
      continue;
    }
    const key = element.propertyName ? keyOf(m, element.propertyName, scope) : isIdentifier(element.name) ? element.name.text : undefined;
    if (key !== undefined) taken.push(key);
    const found =
      key === undefined
        ? new Unknown(m.freshKey('key'), '?', 'the property name is not known')
        : m.each(value, (one) => destructured(m, one, key, element, scope));
    bindPattern(m, element.name, withDefault(m, found, element.initializer, scope), scope, bind);
  }
}

/** A parameter's property keeps its own short name: `{ units }` of an unknown argument is `units`. */
function destructured(m: Machine, value: Value, key: string, at: ts.BindingElement, scope: Environment): Value {
  // An options parameter that no caller gives has what is stated of it, else its defaults, as any parameter has.
  if (value instanceof Unknown && at.initializer && value.key.startsWith('param:'))
    return isIdentifier(at.name) ? statedFor(m, m.file, at.name, scope) : undefined;
  if (value instanceof Unknown) return new Unknown(`${value.key}.${key}`, key, value.reason);
  return m.interpreter.getMember(value, key, placeOf(m, at));
}

function restOf(value: Value, taken: readonly string[]): Value {
  if (!(value instanceof Obj)) return value instanceof Unknown ? value.derived(`${value.key}...`, `${value.name}…`) : new Obj();
  const rest = new Obj();
  for (const [key, one] of value.properties) if (!taken.includes(key)) rest.properties.set(key, one);
  rest.open = value.open;
  return rest;
}

function bindArray(m: Machine, pattern: ts.ArrayBindingPattern, given: Value, scope: Environment, bind: Bind): void {
  const value = materialise(m, given);
  pattern.elements.forEach((element, i) => {
    if (!isBindingElement(element)) return;
    const isRest = element.dotDotDotToken !== undefined;
    const found = m.each(value, (one) =>
      one instanceof Arr ? m.eachVersion(one, () => itemOf(m, one, i, isRest)) : itemOf(m, one, i, isRest),
    );
    bindPattern(m, element.name, isRest ? found : withDefault(m, found, element.initializer, scope), scope, bind);
  });
}

/** One item of what is destructured, or all from there on. */
function itemOf(m: Machine, value: Value, index: number, isRest: boolean): Value {
  const items = iterate(m, value);
  if (items) return isRest ? new Arr(items.slice(index)) : items[index];
  if (value instanceof Unknown) return isRest ? value : value.member(String(index));
  return isRest ? value : new Unknown(m.freshKey('item'), '?', 'an item of something that cannot be iterated');
}

/** The value, or the default where it is undefined. An unknown value is itself: its default is only one of the things it may be. */
export function withDefault(m: Machine, value: Value, initializer: ts.Expression | undefined, scope: Environment): Value {
  if (!initializer) return value;
  return m.each(value, (one) => {
    if (one === undefined) return evaluate(m, initializer, scope);
    return one;
  });
}

/** A property name: `a`, `'a'`, `1`, `[expression]`; undefined where it is not known. */
export function keyOf(m: Machine, name: ts.PropertyName, scope: Environment): string | undefined {
  if (isComputedPropertyName(name)) return toText(m.settle(evaluate(m, name.expression, scope)));
  return isPrivateIdentifier(name) ? name.text : name.text;
}

/** What a target is called: `units` of `this.units`. */
const assignedName = (target: ts.Expression): string =>
  isIdentifier(target) ? target.text : isPropertyAccessExpression(target) ? target.name.text : '?';

/** Assigns to a name, a property, or a destructuring pattern. An update is one that depends on the value before: `n++`. */
export function assignTo(m: Machine, target: ts.Expression, given: Value, scope: Environment, isUpdate = false): void {
  const value = given instanceof Unknown ? given.heldBy(assignedName(target)) : given;
  if (isIdentifier(target) || isPropertyAccessExpression(target)) {
    checkStated(m, target, value, scope, placeOf(m, target));
    noteModelHeld(m, target, value);
  }
  if (isParenthesizedExpression(target) || isNonNullExpression(target) || isAsExpression(target)) {
    assignTo(m, target.expression, value, scope, isUpdate);
  } else if (isIdentifier(target)) {
    const holder = scope.find(target.text) ?? m.pages.find(target.text);
    if (holder) m.assign(holder, target.text, value, target.pos, isUpdate);
    else m.assign(m.globals, target.text, value, target.pos, isUpdate);
  } else if (isPropertyAccessExpression(target)) {
    const object = evaluate(m, target.expression, scope);
    m.each(object, (one) => setMember(m, one, target.name.text, value, isUpdate));
  } else if (isElementAccessExpression(target)) {
    const object = evaluate(m, target.expression, scope);
    const key = m.settle(evaluate(m, target.argumentExpression, scope));
    m.each(object, (one) => setMember(m, one, toText(key), value, isUpdate));
  } else if (isArrayLiteralExpression(target)) {
    const items = value instanceof Unknown ? undefined : iterate(m, value);
    target.elements.forEach((element, i) => {
      if (isOmittedExpression(element)) return;
      const rest = isSpreadElement(element);
      const item = items ? (rest ? new Arr(items.slice(i)) : items[i]) : value instanceof Unknown ? value.member(String(i)) : undefined;
      assignWithDefault(m, rest ? element.expression : element, item, scope);
    });
  } else if (isObjectLiteralExpression(target)) assignObject(m, target, value, scope);
}

function assignObject(m: Machine, target: ts.ObjectLiteralExpression, value: Value, scope: Environment): void {
  for (const property of target.properties) {
    const at = placeOf(m, property);
    if (isShorthandPropertyAssignment(property)) {
      const found = m.each(value, (one) => m.interpreter.getMember(one, property.name.text, at));
      assignTo(m, property.name, withDefault(m, found, property.objectAssignmentInitializer, scope), scope);
    } else if (isPropertyAssignment(property)) {
      const key = keyOf(m, property.name, scope) ?? '?';
      assignWithDefault(
        m,
        property.initializer,
        m.each(value, (one) => m.interpreter.getMember(one, key, at)),
        scope,
      );
    } else if (isSpreadAssignment(property)) {
      assignTo(m, property.expression, restOf(m.settle(value), []), scope);
    }
  }
}

function assignWithDefault(m: Machine, target: ts.Expression, value: Value, scope: Environment): void {
  if (isBinaryExpression(target) && target.operatorToken.kind === SyntaxKind.EqualsToken) {
    assignTo(m, target.left, withDefault(m, value, target.right, scope), scope);
  } else assignTo(m, target, value, scope);
}
