import type { ts } from 'ts-morph';
import {
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isNonNullExpression,
  isNumericLiteral,
  isParenthesizedExpression,
  isPrivateIdentifier,
  isPropertyAccessExpression,
  isStringLiteralLike,
  SyntaxKind,
} from '../syntax/kinds';
import type { Machine } from '../machine';
import { choose } from '../state/choose';
import type { Environment } from '../state/environment';
import { Arr, Obj } from '../state/heap';
import { isRefused } from '../../layers/spec';
import { LayerValue, ModelValue, TensorValue, isEntity } from '../tf/entities';
import type { CallPlace } from '../values/native';
import { Num } from '../values/num';
import { Choice, Unknown, type Value } from '../values/values';
import { checkValue } from './contradictions';
import { statementAt, type FileStatements, type NameStatement, type ShapeStatement } from './fileStatements';
import { isStated, sizesOf, valueOf } from './values';

/**
 * The value of an expression, with what comments state in place of what is not known. `made` is how many applications there were before it was
 * evaluated.
 */
export function withStatements(m: Machine, node: ts.Expression, value: Value, scope: Environment, made: number): Value {
  const file = m.statements.files.get(m.file);
  if (!file) return value;
  const shape = file.expressions.get(node);
  if (shape) return shaped(m, node, value, scope, shape, made);
  const named = byName(m, file, node, value, scope);
  stateMembers(m, file, node, named, scope);
  return named;
}

/** The path by which an expression reads something: `units`, `this.units`, `dims[0]`; undefined for other expressions. */
export function pathOf(node: ts.Node): string | undefined {
  if (isIdentifier(node)) return node.text;
  if (node.kind === SyntaxKind.ThisKeyword) return 'this';
  if (isNonNullExpression(node) || isParenthesizedExpression(node)) return pathOf(node.expression);
  if (isPropertyAccessExpression(node)) return joined(pathOf(node.expression), `.${node.name.text}`);
  if (!isElementAccessExpression(node)) return undefined;
  const { argumentExpression: key } = node;
  if (isNumericLiteral(key)) return joined(pathOf(node.expression), `[${key.text}]`);
  return isStringLiteralLike(key) ? joined(pathOf(node.expression), `.${key.text}`) : undefined;
}

const joined = (front: string | undefined, back: string): string | undefined => (front === undefined ? undefined : front + back);

function byName(m: Machine, file: FileStatements, node: ts.Expression, value: Value, scope: Environment): Value {
  if (!isOpen(value)) return value;
  const own = pathOf(node);
  const statement =
    (own === undefined ? undefined : statementAt(file, own, node)) ??
    (value instanceof Unknown ? statementAt(file, value.name, node) : undefined);
  if (!statement) return value;
  if ((value === undefined || value === null) && own === undefined) return value;
  const stated = valueOf(m, statement, scope, node);
  return isStated(stated) ? inPlaceOf(value, stated) : value;
}

/** What is not known gives way to what is stated, alternative by alternative. */
function inPlaceOf(value: Value, stated: Value): Value {
  if (!(value instanceof Choice)) return stated;
  return choose(value.alternatives.map((one) => (isOpen(one.value) ? { literals: one.literals, value: stated } : one)));
}

/** True for what the source does not tell: unknown, a number that depends on unknowns, nothing yet, or a tensor of which nothing is known. */
export function isOpen(value: Value): boolean {
  if (value instanceof Choice) return value.alternatives.some((one) => isOpen(one.value));
  if (value instanceof TensorValue) return isOpenTensor(value);
  return value instanceof Unknown || value instanceof Num || value === undefined || value === null;
}

/** A tensor that came of something unknown. One that TensorFlow.js refused is known to be wrong, which no comment mends. */
const isOpenTensor = ({ application }: TensorValue): boolean => application.unknown !== undefined && !application.outcomes.some(isRefused);

/** `config.units = 64`: what is stated of a member is said of it wherever the object goes from here. */
function stateMembers(m: Machine, file: FileStatements, node: ts.Expression, value: Value, scope: Environment): void {
  const root = file.members.size === 0 || isPropertyAccessExpression(node) ? undefined : pathOf(node);
  for (const one of root === undefined ? [] : (file.members.get(root) ?? [])) {
    const statement = statementAt(file, one.text, node);
    if (statement === one) stateMember(m, one, value, scope, node);
  }
}

function stateMember(m: Machine, statement: NameStatement, root: Value, scope: Environment, node: ts.Node): void {
  const keys = statement.path.slice(1);
  const last = keys.pop() ?? '';
  let holder = root;
  for (const key of keys)
    holder = holder instanceof Obj ? m.settle(holder.properties.get(key)) : holder instanceof Unknown ? holder.member(key) : undefined;
  const current =
    holder instanceof Obj
      ? m.settle(holder.properties.has(last) ? holder.properties.get(last) : holder.open?.member(last))
      : holder instanceof Arr
        ? m.settle(holder.items[Number(last)])
        : holder instanceof Unknown
          ? holder.member(last)
          : undefined;
  if (!(current instanceof Unknown) || m.statements.members.has(current.key)) return;
  const stated = valueOf(m, statement, scope, node);
  if (isStated(stated)) m.statements.members.set(current.key, stated);
}

/** An expression beside which a shape stands: a tensor of that shape where nothing is known of it, else compared with it. */
function shaped(m: Machine, node: ts.Expression, value: Value, scope: Environment, statement: ShapeStatement, made: number): Value {
  const stated = sizesOf(m, statement, statement.term, scope, node);
  const at: CallPlace = { path: m.file.fileName, start: node.getStart(m.file), end: node.end };
  const definite = value ?? addedTo(m, node, made);
  if (definite instanceof Unknown || (definite instanceof TensorValue && isOpenTensor(definite))) {
    if (definite instanceof Unknown && /^tf\.load/.test(definite.name)) return value;
    const tensor = valueOf(m, statement, scope, node);
    return isStated(tensor) ? tensor : value;
  }
  if (isEntity(definite) && m.assumptions.all.length === 0)
    m.statements.claims.push({ statement, of: definite, stated, name: undefined, at });
  return value;
}

/** `model.add(…)` gives nothing back; the shape beside it is that of what it added. */
function addedTo(m: Machine, node: ts.Expression, made: number): Value {
  const isAdd = isCallExpression(node) && isPropertyAccessExpression(node.expression) && node.expression.name.text === 'add';
  const last = m.applications.length > made ? m.applications.at(-1) : undefined;
  return isAdd && last && !last.unknown ? new TensorValue(last, 0) : undefined;
}

/** A name has got a value: one that is known and contradicts what is stated of it is a problem of the comment. */
export function checkStated(m: Machine, name: ts.Node, value: Value, scope: Environment, at: CallPlace): void {
  if (!m.statements.isEmpty) checkPath(m, pathOf(name), name, value, scope, at);
}

/** The same for a field that a class declares: `units = 64;` is `this.units`. */
export function checkField(m: Machine, field: ts.PropertyDeclaration, value: Value, scope: Environment, at: CallPlace): void {
  const isNamed = isIdentifier(field.name) || isPrivateIdentifier(field.name);
  if (!m.statements.isEmpty && isNamed) checkPath(m, `this.${field.name.text}`, field.name, value, scope, at);
}

function checkPath(m: Machine, path: string | undefined, name: ts.Node, value: Value, scope: Environment, at: CallPlace): void {
  const file = m.statements.files.get(m.file);
  if (!file || path === undefined || m.assumptions.all.length > 0 || isOpen(value) || value instanceof Choice) return;
  const statement = statementAt(file, path, name);
  if (!statement || statement.isGiven) return;
  if (statement.isShape) {
    if (!(value instanceof TensorValue || value instanceof LayerValue || value instanceof ModelValue) || statement.term.kind !== 'list')
      return;
    const stated = sizesOf(m, statement, statement.term, scope, name);
    m.statements.claims.push({ statement, of: value, stated, name: statement.text, at });
    return;
  }
  const stated = valueOf(m, statement, scope, name);
  if (isStated(stated)) checkValue(m, statement, value, stated, at);
}

/** True where comments state anything of what a parameter's pattern binds. */
export const isStatedIn = (m: Machine, file: ts.SourceFile | undefined, names: readonly ts.Identifier[], scope: Environment): boolean =>
  names.some((name) => statedFor(m, file, name, scope) !== undefined);

/** What is stated of a name that nobody gives a value: an argument of a function that is called from nowhere. */
export function statedFor(m: Machine, file: ts.SourceFile | undefined, name: ts.Identifier, scope: Environment): Value {
  const statements = file && m.statements.files.get(file);
  const statement = statements && statementAt(statements, name.text, name);
  const stated = statement && valueOf(m, statement, scope, name);
  return stated !== undefined && isStated(stated) ? stated : undefined;
}
