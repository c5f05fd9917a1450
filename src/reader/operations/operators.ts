import type { ts } from 'ts-morph';
import { SyntaxKind } from '../syntax/kinds';
import type { Machine } from '../machine';
import { prototypeOf } from '../state/functionObjects';
import { Arr, Obj } from '../state/heap';
import { isEntity, ModelValue, TensorValue, type LayerValue } from '../tf/entities';
import { EagerTensor } from '../tf/tensors/eager';
import { combine, isNumeric, Num, sameNumeric, textOf, type Numeric } from '../values/num';
import { lineage } from '../values/lineage';
import { Choice, ClassValue, Closure, Namespace, Unknown, clip, type Value } from '../values/values';
import { Native } from '../values/native';
import { compareCondition, equals, negate } from './conditions';

/** The value as a number; undefined where it is none. Choices are settled by the caller. */
export function toNumeric(m: Machine, value: Value): Numeric | undefined {
  if (isNumeric(value)) return value;
  if (value instanceof Unknown) return m.numberOf(value);
  if (typeof value === 'boolean' || typeof value === 'string' || value === null) return Number(value);
  if (value instanceof Arr) return numberOfText(m, toText(value));
  // Only its own `valueOf` knows.
  if (value instanceof Obj && (value.classOf || value.open || value.properties.has('valueOf') || value.properties.has('toString')))
    return numberOfText(m, undefined);
  return value === undefined ? NaN : undefined;
}

const numberOfText = (m: Machine, text: string | undefined): Numeric =>
  text === undefined ? m.numberOf(new Unknown(m.freshKey('number'), '?', 'an object is made a number')) : Number(text);

/** The value as text; undefined where it is not known. */
export function toText(value: Value): string | undefined {
  if (value instanceof Num || value instanceof Unknown || value instanceof Choice) return undefined;
  if (value instanceof Arr) {
    const parts = value.open || value.versions ? [undefined] : value.items.map((item) => (item == null ? '' : toText(item)));
    return parts.every((part) => part !== undefined) ? parts.join(',') : undefined;
  }
  if (typeof value === 'object' && value !== null) return '[object Object]';
  return String(value);
}

/** How an unknown is named inside a larger text. */
export function nameOf(value: Value): string {
  if (value instanceof Num) return value.text;
  if (value instanceof Unknown) return value.name;
  if (typeof value === 'string') return clip(JSON.stringify(value));
  if (value instanceof Closure || value instanceof ClassValue) return value.name;
  if (value instanceof Arr) return '[…]';
  return typeof value === 'object' && value !== null ? '{…}' : (toText(value) ?? '?');
}

type NumberOperator = (a: number, b: number) => number;

const ARITHMETIC = new Map<ts.SyntaxKind, readonly [string, NumberOperator]>([
  [SyntaxKind.MinusToken, ['-', (a, b) => a - b]],
  [SyntaxKind.AsteriskToken, ['*', (a, b) => a * b]],
  [SyntaxKind.SlashToken, ['/', (a, b) => a / b]],
  [SyntaxKind.PercentToken, ['%', (a, b) => a % b]],
  [SyntaxKind.AsteriskAsteriskToken, ['**', (a, b) => a ** b]],
  [SyntaxKind.AmpersandToken, ['&', (a, b) => a & b]],
  [SyntaxKind.BarToken, ['|', (a, b) => a | b]],
  [SyntaxKind.CaretToken, ['^', (a, b) => a ^ b]],
  [SyntaxKind.LessThanLessThanToken, ['<<', (a, b) => a << b]],
  [SyntaxKind.GreaterThanGreaterThanToken, ['>>', (a, b) => a >> b]],
  [SyntaxKind.GreaterThanGreaterThanGreaterThanToken, ['>>>', (a, b) => a >>> b]],
]);

const COMPARISON = new Map<ts.SyntaxKind, '<' | '<=' | '>' | '>='>([
  [SyntaxKind.LessThanToken, '<'],
  [SyntaxKind.LessThanEqualsToken, '<='],
  [SyntaxKind.GreaterThanToken, '>'],
  [SyntaxKind.GreaterThanEqualsToken, '>='],
]);

/** What an object of the source gives for itself where a number or a text is needed; other values as they are. */
export function primitive(m: Machine, value: Value, first: 'valueOf' | 'toString'): Value {
  if (!(value instanceof Obj)) return value;
  const at = { path: m.file.fileName, start: 0, end: 0 };
  for (const key of first === 'valueOf' ? ['valueOf', 'toString'] : ['toString', 'valueOf']) {
    const method = m.interpreter.getMember(value, key, at);
    if (method instanceof Closure || method instanceof Native) return m.settle(m.interpreter.call(method, value, [], at));
  }
  return value;
}

const COMPARES_IDENTITY = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
  SyntaxKind.InstanceOfKeyword,
  SyntaxKind.InKeyword,
]);

/** A binary operator on definite values (neither is a Choice). */
export function binary(m: Machine, operator: ts.SyntaxKind, left: Value, right: Value): Value {
  if (COMPARES_IDENTITY.has(operator)) return ofPrimitives(m, operator, left, right);
  return ofPrimitives(m, operator, primitive(m, left, 'valueOf'), primitive(m, right, 'valueOf'));
}

function ofPrimitives(m: Machine, operator: ts.SyntaxKind, a: Value, b: Value): Value {
  switch (operator) {
    case SyntaxKind.PlusToken:
      return add(m, a, b);
    case SyntaxKind.EqualsEqualsEqualsToken:
      return equals(m, a, b, false);
    case SyntaxKind.EqualsEqualsToken:
      return equals(m, a, b, true);
    case SyntaxKind.ExclamationEqualsEqualsToken:
      return negate(equals(m, a, b, false));
    case SyntaxKind.ExclamationEqualsToken:
      return negate(equals(m, a, b, true));
    case SyntaxKind.InstanceOfKeyword:
      return instanceOf(m, a, b);
    case SyntaxKind.InKeyword:
      return isIn(m, a, b);
  }
  const comparison = COMPARISON.get(operator);
  if (comparison) return compare(m, a, comparison, b);
  const arithmetic = ARITHMETIC.get(operator);
  const left = toNumeric(m, a);
  const right = toNumeric(m, b);
  if (!arithmetic || left === undefined || right === undefined) return NaN;
  return combine([left, right], `${wrap(left)}${arithmetic[0]}${wrap(right)}`, arithmetic[1]);
}

const wrap = (value: Numeric): string => (/^[\w$.[\]]+$/.test(textOf(value)) ? textOf(value) : `(${textOf(value)})`);

function add(m: Machine, a: Value, b: Value): Value {
  const textual = (value: Value): boolean =>
    typeof value === 'string' || (typeof value === 'object' && value !== null && !(value instanceof Num || value instanceof Unknown));
  if (textual(a) || textual(b)) {
    const left = toText(a);
    const right = toText(b);
    if (left !== undefined && right !== undefined)
      return left.length + right.length > 1_000_000
        ? new Unknown(m.freshKey('long'), '?', 'a text longer than a million characters')
        : left + right;
    const name = `${nameOf(a)} + ${nameOf(b)}`;
    return new Unknown(`text:${name}`, clip(name), 'a text that depends on something unknown');
  }
  const left = toNumeric(m, a);
  const right = toNumeric(m, b);
  if (left === undefined || right === undefined) return NaN;
  return combine([left, right], `${textOf(left)}+${textOf(right)}`, (x, y) => x + y);
}

function compare(m: Machine, a: Value, operator: '<' | '<=' | '>' | '>=', b: Value): Value {
  if (typeof a === 'string' && typeof b === 'string') return compareTexts(a, operator, b);
  const left = toNumeric(m, a);
  const right = toNumeric(m, b);
  if (left === undefined || right === undefined) return new Unknown(m.freshKey('cmp'), '?', 'a comparison of things that are not numbers');
  if (typeof left === 'number' && typeof right === 'number') return compareNumbers(left, operator, right);
  if (sameNumeric(left, right)) return operator.endsWith('=');
  return compareCondition(left, operator, right);
}

const compareNumbers = (a: number, operator: string, b: number): boolean =>
  operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b;

const compareTexts = (a: string, operator: string, b: string): boolean =>
  operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b;

function instanceOf(m: Machine, value: Value, type: Value): Value {
  if (value instanceof Obj && type instanceof ClassValue) {
    for (let at: Value = value.classOf; at instanceof ClassValue; at = at.base) if (at === type) return true;
    return false;
  }
  if (value instanceof Obj && type instanceof Closure) {
    const wanted = prototypeOf(type);
    for (let at = value.proto, depth = 0; at && depth < 20; at = at.proto, depth++) if (at === wanted) return true;
    return value.open ? unclear(m, value.open) : false;
  }
  if (type instanceof Native && type.name === 'Object' && (value instanceof Obj || value instanceof Arr)) return true;
  if (type instanceof Native && type.name === 'Array') return value instanceof Unknown ? unclear(m, value) : value instanceof Arr;
  if (value instanceof EagerTensor && type instanceof Namespace && type.path.at(-1) !== 'Variable') return type.path.at(-1) === 'Tensor';
  if (isEntity(value) && type instanceof Namespace) return isOfClass(value, type.path.at(-1) ?? '') ?? unclear(m, value);
  if (value instanceof Unknown || isEntity(value) || value instanceof Obj) return unclear(m, value);
  return false;
}

/** Whether TensorFlow.js' own object is of TensorFlow.js' own class; undefined for classes that are not told apart here. */
function isOfClass(value: LayerValue | TensorValue | ModelValue, name: string): boolean | undefined {
  if (name === 'SymbolicTensor') return value instanceof TensorValue;
  if (name === 'Tensor') return value instanceof TensorValue ? false : undefined;
  // A model is a layer as well.
  if (name === 'Layer') return !(value instanceof TensorValue);
  if (name === 'LayersModel' || name === 'Model') return value instanceof ModelValue;
  if (name === 'Sequential') return value instanceof ModelValue && value.kind === 'sequential';
  return undefined;
}

const unclear = (m: Machine, value: Value): Unknown =>
  value instanceof Unknown
    ? value.derived(`instanceof:${value.key}`, `${value.name} instanceof …`)
    : new Unknown(m.freshKey('instanceof'), '?', 'instanceof of a class that is not read');

function isIn(m: Machine, key: Value, target: Value): Value {
  const name = toText(key);
  if (name === undefined || target instanceof Unknown)
    return new Unknown(m.freshKey('in'), `${nameOf(key)} in ${nameOf(target)}`, 'it is not known what the object holds');
  if (target instanceof Obj) return hasMember(target, name) ? true : (target.open ?? false);
  if (target instanceof Arr) return Number(name) < target.items.length ? true : (target.open ?? false);
  return isEntity(target) ? new Unknown(m.freshKey('in'), `${nameOf(key)} in …`, 'it is not known what the object holds') : false;
}

function hasMember(target: Obj, name: string): boolean {
  for (let at: Obj | undefined = target, depth = 0; at && depth < 20; at = at.proto, depth++)
    if (at.properties.has(name) || at.accessors.has(name)) return true;
  const classes = target.classOf ? lineage(target.classOf).classes : [];
  return classes.some((one) => one.methods.has(name) || one.getters.has(name) || one.prototype?.properties.has(name));
}

/** `typeof value`; undefined where not even that is known. */
export function typeOf(value: Value): string | undefined {
  if (value instanceof Num) return 'number';
  if (value instanceof Unknown || value instanceof Choice) return undefined;
  if (value instanceof Closure || value instanceof ClassValue || value instanceof Native) return 'function';
  if (value instanceof Namespace) return value.path.length === 1 ? 'object' : 'function';
  return typeof value;
}
