import type { ts } from 'ts-morph';
import {
  forEachChild,
  isArrayLiteralExpression,
  isArrowFunction,
  isAsExpression,
  isAwaitExpression,
  isBigIntLiteral,
  isBinaryExpression,
  isCallExpression,
  isClassExpression,
  isConditionalExpression,
  isDeleteExpression,
  isElementAccessExpression,
  isFunctionExpression,
  isIdentifier,
  isJsxElement,
  isJsxExpression,
  isJsxFragment,
  isJsxSelfClosingElement,
  isMetaProperty,
  isNewExpression,
  isNonNullExpression,
  isNumericLiteral,
  isObjectLiteralExpression,
  isOptionalChain,
  isParenthesizedExpression,
  isPartiallyEmittedExpression,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isSatisfiesExpression,
  isStringLiteralLike,
  isTaggedTemplateExpression,
  isTemplateExpression,
  isTypeAssertionExpression,
  isTypeOfExpression,
  isVoidExpression,
  isYieldExpression,
  SyntaxKind,
} from '../syntax/kinds';
import { Thrown, type Machine } from '../machine';
import { Environment } from '../state/environment';
import { Obj } from '../state/heap';
import { withStatements } from '../statements/stated';
import { isEntity } from '../tf/entities';
import { namedTensorFlow } from '../tf/namedTf';
import { noteUse } from '../tf/uses';
import type { CallPlace } from '../values/native';
import { combine } from '../values/num';
import { Namespace, PromiseValue, Unknown, clip, type Value } from '../values/values';
import { globalValue } from '../builtins/globals';
import { evaluateCall, evaluateNew, taggedTemplate } from './calls';
import { makeClass, superMember } from './classes';
import { decide, equals, negate } from '../operations/conditions';
import { makeClosure } from './functions';
import { yieldExpression } from './generators';
import { evaluateArray, evaluateObject, evaluateTemplate } from './literals';
import { deleteMember, getMember } from './members';
import { importModule, namespaceOf } from './modules';
import { binary, nameOf, primitive, toNumeric, toText, typeOf } from '../operations/operators';
import { assignTo } from './patterns';

export const placeOf = (m: Machine, node: ts.Node): CallPlace => ({ path: m.file.fileName, start: node.getStart(m.file), end: node.end });

/** What an expression comes to. */
export function evaluate(m: Machine, node: ts.Expression, scope: Environment): Value {
  m.tick();
  if (m.statements.isEmpty) return m.settle(inner(m, node, scope));
  const made = m.applications.length;
  return withStatements(m, node, m.settle(inner(m, node, scope)), scope, made);
}

function inner(m: Machine, node: ts.Expression, scope: Environment): Value {
  switch (node.kind) {
    case SyntaxKind.TrueKeyword:
      return true;
    case SyntaxKind.FalseKeyword:
      return false;
    case SyntaxKind.NullKeyword:
      return null;
    case SyntaxKind.ThisKeyword:
      return thisValue(m, scope);
    case SyntaxKind.RegularExpressionLiteral:
      return new Unknown(m.freshKey('regexp'), clip(node.getText(m.file)), 'regular expressions are not run');
  }
  if (isIdentifier(node)) return identifier(m, node, scope);
  if (isNumericLiteral(node)) return Number(node.text.replaceAll('_', ''));
  if (isStringLiteralLike(node)) return node.text;
  if (isCallExpression(node))
    return node.expression.kind === SyntaxKind.ImportKeyword ? dynamicImport(m, node, scope) : evaluateCall(m, node, scope);
  if (isPropertyAccessExpression(node)) return property(m, node, scope);
  if (isElementAccessExpression(node)) return element(m, node, scope);
  if (isObjectLiteralExpression(node)) return evaluateObject(m, node, scope);
  if (isArrayLiteralExpression(node)) return evaluateArray(m, node, scope);
  if (isBinaryExpression(node)) return binaryExpression(m, node, scope);
  if (isParenthesizedExpression(node)) return evaluate(m, node.expression, scope);
  if (isArrowFunction(node)) return makeClosure(m, node, scope);
  if (isFunctionExpression(node)) return functionExpression(m, node, scope);
  if (isNewExpression(node)) return evaluateNew(m, node, scope);
  if (isTemplateExpression(node)) return evaluateTemplate(m, node, scope);
  if (isConditionalExpression(node)) return conditional(m, node, scope);
  if (isPrefixUnaryExpression(node)) return prefix(m, node, scope);
  if (isPostfixUnaryExpression(node)) return step(m, node.operand, node.operator === SyntaxKind.PlusPlusToken ? 1 : -1, scope, true);
  if (isAwaitExpression(node))
    return m.each(evaluate(m, node.expression, scope), (value) => (value instanceof PromiseValue ? value.inner : value));
  if (
    isAsExpression(node) ||
    isSatisfiesExpression(node) ||
    isNonNullExpression(node) ||
    isTypeAssertionExpression(node) ||
    isPartiallyEmittedExpression(node)
  ) {
    return evaluate(m, node.expression, scope);
  }
  if (isClassExpression(node)) return makeClass(m, node, scope);
  if (isTypeOfExpression(node)) return typeofExpression(m, node, scope);
  if (isDeleteExpression(node)) return deleteExpression(m, node, scope);
  if (isVoidExpression(node)) return void evaluate(m, node.expression, scope);
  if (isJsxElement(node) || isJsxSelfClosingElement(node) || isJsxFragment(node)) return jsx(m, node, scope);
  if (isMetaProperty(node) && node.keywordToken === SyntaxKind.ImportKeyword) return importMeta(m);
  if (isYieldExpression(node)) return yieldExpression(m, node, scope);
  if (isTaggedTemplateExpression(node)) return taggedTemplate(m, node, scope);
  if (isBigIntLiteral(node)) return new Unknown(m.freshKey('bigint'), node.text, 'big integers are not read');
  return new Unknown(m.freshKey('syntax'), clip(node.getText(m.file)), 'this kind of expression is not read');
}

/** `import.meta`: where the file lies is known, what a bundler adds is not. */
function importMeta(m: Machine): Obj {
  const { fileName } = m.file;
  const meta = new Obj();
  meta.properties.set('url', `file://${fileName}`);
  meta.properties.set('filename', fileName);
  meta.properties.set('dirname', fileName.slice(0, fileName.lastIndexOf('/')));
  meta.open = new Unknown('import.meta', 'import.meta', 'it is given when the program is built or run');
  return meta;
}

/** A function's own name is known inside it: that is how it calls itself. */
function functionExpression(m: Machine, node: ts.FunctionExpression, scope: Environment): Value {
  if (!node.name) return makeClosure(m, node, scope);
  const own = new Environment(scope, false);
  const closure = makeClosure(m, node, own);
  own.put(node.name.text, closure);
  return closure;
}

function identifier(m: Machine, node: ts.Identifier, scope: Environment): Value {
  const holder = scope.find(node.text) ?? m.pages.find(node.text);
  const value = holder
    ? m.settle(holder.own(node.text))
    : m.globals.hasOwn(node.text)
      ? m.settle(m.globals.own(node.text))
      : globalValue(m, node.text);
  if (isEntity(value)) noteUse(m, node, value);
  return value;
}

function thisValue(m: Machine, scope: Environment): Value {
  const holder = scope.find('%this');
  return holder ? m.settle(holder.own('%this')) : new Unknown(`this:${m.file.fileName}`, 'this', 'it is not known what `this` is here');
}

/** Inside a chain that met `undefined?.`, the rest is undefined too. */
export function throughOptional(
  node: ts.PropertyAccessExpression | ts.ElementAccessExpression | ts.CallExpression,
  target: Value,
): boolean {
  return (target === undefined || target === null) && (node.questionDotToken !== undefined || isOptionalChain(node));
}

function property(m: Machine, node: ts.PropertyAccessExpression, scope: Environment): Value {
  if (node.expression.kind === SyntaxKind.SuperKeyword) return memberOfSuper(m, node.name.text, scope);
  const target = namedTensorFlow(node.expression, evaluate(m, node.expression, scope));
  if (throughOptional(node, target)) return undefined;
  const value = m.each(target, (one) => getMember(m, one, node.name.text, placeOf(m, node)));
  if (isEntity(value)) noteUse(m, node.name, value);
  // What lost its name on the way here has one again where the source reads it.
  return value instanceof Unknown && value.name.startsWith('?') ? renamed(value, node.getText(m.file)) : value;
}

const renamed = (unknown: Unknown, text: string): Unknown =>
  /^[\w$.]+$/.test(text) && unknown.constructor === Unknown ? new Unknown(unknown.key, clip(text), unknown.reason) : unknown;

function element(m: Machine, node: ts.ElementAccessExpression, scope: Environment): Value {
  const target = evaluate(m, node.expression, scope);
  if (throughOptional(node, target)) return undefined;
  const key = evaluate(m, node.argumentExpression, scope);
  return m.each(target, (one) =>
    m.each(key, (index) => {
      const name = toText(index);
      if (name !== undefined) return getMember(m, one, name, placeOf(m, node));
      if (one instanceof Namespace) return ofNamespace(one, index);
      const shown = `${nameOf(one)}[${nameOf(index)}]`;
      return new Unknown(`at:${shown}`, clip(shown), index instanceof Unknown ? index.reason : 'the index is not known');
    }),
  );
}

/** What an unknown function of `tf.layers` is told apart by. */
export const OPEN_FACTORY = 'at:tf.layers[';

/** `tf.layers[type]`: one of many functions. */
function ofNamespace({ path }: Namespace, index: Value): Unknown {
  const shown = `${path.join('.')}[${nameOf(index)}]`;
  return new Unknown(
    `at:${shown}`,
    index instanceof Unknown ? index.name : clip(shown),
    index instanceof Unknown ? index.reason : 'it is not known which it is',
  );
}

function memberOfSuper(m: Machine, name: string, scope: Environment): Value {
  const self = scope.find('%this')?.own('%this');
  const home = scope.find('%home')?.own('%home');
  return superMember(m, home, self, name);
}

function binaryExpression(m: Machine, node: ts.BinaryExpression, scope: Environment): Value {
  const operator = node.operatorToken.kind;
  if (operator === SyntaxKind.EqualsToken) {
    const value = evaluate(m, node.right, scope);
    assignTo(m, node.left, value, scope);
    return value;
  }
  if (operator === SyntaxKind.CommaToken) {
    evaluate(m, node.left, scope);
    return evaluate(m, node.right, scope);
  }
  const shortcut = SHORTCUTS.get(operator);
  if (shortcut) return shortcutOf(m, evaluate(m, node.left, scope), shortcut, () => evaluate(m, node.right, scope));
  const assigned = COMPOUND.get(operator);
  if (assigned !== undefined) {
    const before = evaluate(m, node.left, scope);
    const kind = SHORTCUTS.get(assigned);
    const value = kind
      ? shortcutOf(m, before, kind, () => evaluate(m, node.right, scope))
      : operate(m, assigned, before, evaluate(m, node.right, scope));
    assignTo(m, node.left, value, scope, kind === undefined);
    return value;
  }
  return operate(m, operator, evaluate(m, node.left, scope), evaluate(m, node.right, scope));
}

const operate = (m: Machine, operator: ts.SyntaxKind, a: Value, b: Value): Value =>
  m.each(a, (left) => m.each(b, (right) => binary(m, operator, left, right)));

type Shortcut = 'and' | 'or' | 'nullish';

const SHORTCUTS = new Map<ts.SyntaxKind, Shortcut>([
  [SyntaxKind.AmpersandAmpersandToken, 'and'],
  [SyntaxKind.BarBarToken, 'or'],
  [SyntaxKind.QuestionQuestionToken, 'nullish'],
]);

const COMPOUND = new Map<ts.SyntaxKind, ts.SyntaxKind>([
  [SyntaxKind.PlusEqualsToken, SyntaxKind.PlusToken],
  [SyntaxKind.MinusEqualsToken, SyntaxKind.MinusToken],
  [SyntaxKind.AsteriskEqualsToken, SyntaxKind.AsteriskToken],
  [SyntaxKind.SlashEqualsToken, SyntaxKind.SlashToken],
  [SyntaxKind.PercentEqualsToken, SyntaxKind.PercentToken],
  [SyntaxKind.AsteriskAsteriskEqualsToken, SyntaxKind.AsteriskAsteriskToken],
  [SyntaxKind.AmpersandEqualsToken, SyntaxKind.AmpersandToken],
  [SyntaxKind.BarEqualsToken, SyntaxKind.BarToken],
  [SyntaxKind.CaretEqualsToken, SyntaxKind.CaretToken],
  [SyntaxKind.GreaterThanGreaterThanEqualsToken, SyntaxKind.GreaterThanGreaterThanToken],
  [SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken, SyntaxKind.GreaterThanGreaterThanGreaterThanToken],
  [SyntaxKind.LessThanLessThanEqualsToken, SyntaxKind.LessThanLessThanToken],
  [SyntaxKind.GreaterThanGreaterThanEqualsToken, SyntaxKind.GreaterThanGreaterThanToken],
  [SyntaxKind.AmpersandAmpersandEqualsToken, SyntaxKind.AmpersandAmpersandToken],
  [SyntaxKind.BarEqualsToken, SyntaxKind.BarToken],
  [SyntaxKind.CaretEqualsToken, SyntaxKind.CaretToken],
  [SyntaxKind.GreaterThanGreaterThanGreaterThanEqualsToken, SyntaxKind.GreaterThanGreaterThanGreaterThanToken],
  [SyntaxKind.BarBarEqualsToken, SyntaxKind.BarBarToken],
  [SyntaxKind.QuestionQuestionEqualsToken, SyntaxKind.QuestionQuestionToken],
]);

function shortcutOf(m: Machine, left: Value, kind: Shortcut, right: () => Value): Value {
  return m.each(left, (value) => {
    if (kind === 'nullish') {
      if (value === undefined || value === null) return right();
      if (!(value instanceof Unknown)) return value;
      // 0 and false are values: only undefined and null give way.
      const missing = decide(m, equals(m, value, undefined, true));
      if (typeof missing === 'boolean') return missing ? right() : value;
      return both(m, missing.ifTrue, missing.ifFalse, right, () => value);
    }
    const decision = decide(m, value);
    if (typeof decision === 'boolean') return decision === (kind === 'and') ? right() : value;
    const whenTrue = (): Value => (kind === 'and' ? right() : value);
    const whenFalse = (): Value => (kind === 'and' ? false : right());
    return both(m, decision.ifTrue, decision.ifFalse, whenTrue, whenFalse);
  });
}

function both(
  m: Machine,
  ifTrue: Parameters<Machine['branch']>[0],
  ifFalse: Parameters<Machine['branch']>[0],
  yes: () => Value,
  no: () => Value,
): Value {
  if (!m.canFork) {
    m.blur([yes, no]);
    return m.tooMany();
  }
  return m.fork([ifTrue, ifFalse], (index) => (index === 0 ? yes() : no()));
}

function conditional(m: Machine, node: ts.ConditionalExpression, scope: Environment): Value {
  const yes = (): Value => evaluate(m, node.whenTrue, scope);
  const no = (): Value => evaluate(m, node.whenFalse, scope);
  return m.each(evaluate(m, node.condition, scope), (condition) => {
    const decision = decide(m, condition);
    if (typeof decision === 'boolean') return decision ? yes() : no();
    return both(m, decision.ifTrue, decision.ifFalse, yes, no);
  });
}

function prefix(m: Machine, node: ts.PrefixUnaryExpression, scope: Environment): Value {
  if (node.operator === SyntaxKind.PlusPlusToken) return step(m, node.operand, 1, scope, false);
  if (node.operator === SyntaxKind.MinusMinusToken) return step(m, node.operand, -1, scope, false);
  return m.each(evaluate(m, node.operand, scope), (value) => {
    if (node.operator === SyntaxKind.ExclamationToken) return negate(value);
    const number = toNumeric(m, primitive(m, value, 'valueOf'));
    if (number === undefined) return NaN;
    if (node.operator === SyntaxKind.MinusToken) return combine([number], `-${nameOf(number)}`, (x) => -x);
    return node.operator === SyntaxKind.TildeToken ? combine([number], `~${nameOf(number)}`, (x) => ~x) : number;
  });
}

/** `x++` and the like. */
function step(m: Machine, target: ts.Expression, by: 1 | -1, scope: Environment, isPostfix: boolean): Value {
  const before = evaluate(m, target, scope);
  const after = m.each(before, (value) => {
    const number = toNumeric(m, value);
    return number === undefined ? NaN : combine([number, by], `${nameOf(number)}${by > 0 ? '+1' : '-1'}`, (x, y) => x + y);
  });
  assignTo(m, target, after, scope, true);
  return isPostfix ? before : after;
}

function typeofExpression(m: Machine, node: ts.TypeOfExpression, scope: Environment): Value {
  return m.each(evaluate(m, node.expression, scope), (value) => {
    const type = typeOf(value);
    if (type !== undefined) return type;
    return value instanceof Unknown
      ? value.derived(`typeof:${value.key}`, `typeof ${value.name}`)
      : new Unknown(m.freshKey('typeof'), 'typeof …', 'its type is not known');
  });
}

function deleteExpression(m: Machine, node: ts.DeleteExpression, scope: Environment): Value {
  const { expression } = node;
  if (isPropertyAccessExpression(expression)) deleteMember(m, evaluate(m, expression.expression, scope), expression.name.text);
  else if (isElementAccessExpression(expression)) {
    const key = toText(m.settle(evaluate(m, expression.argumentExpression, scope)));
    if (key !== undefined) deleteMember(m, evaluate(m, expression.expression, scope), key);
  }
  return true;
}

function dynamicImport(m: Machine, node: ts.CallExpression, scope: Environment): Value {
  const [argument] = node.arguments;
  const specifier = argument ? evaluate(m, argument, scope) : undefined;
  if (typeof specifier !== 'string') return new Unknown(m.freshKey('import'), 'import(…)', 'the module name is not known');
  return new PromiseValue(namespaceOf(m, importModule(m, m.file.fileName, specifier)));
}

/** Markup is not read, but the functions and values inside it are. */
function jsx(m: Machine, node: ts.Node, scope: Environment): Value {
  forEachChild(node, (child) => {
    if (isJsxExpression(child)) {
      if (child.expression) tolerate(() => evaluate(m, child.expression as ts.Expression, scope));
    } else jsx(m, child, scope);
  });
  return new Unknown(m.freshKey('jsx'), 'markup', 'markup is not read');
}

function tolerate(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
  }
}
