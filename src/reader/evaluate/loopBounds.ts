import type { ts } from 'ts-morph';
import {
  isBinaryExpression,
  isForStatement,
  isIdentifier,
  isNumericLiteral,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  SyntaxKind,
} from '../syntax/kinds';
import type { Machine } from '../machine';
import type { Environment } from '../state/environment';
import { Num, sameNumeric } from '../values/num';
import { Unknown } from '../values/values';
import { evaluate } from './expressions';
import type { Loop } from './loops';

/** The unknown number that decides how often a loop runs. */
export interface LoopBound {
  readonly unknown: Unknown;
  /** Its value where the loop ends after so many rounds. */
  afterRounds(count: number): number;
}

/** The bound of `for (let i = 0; i < n; i++)` whose `n` is one unknown; undefined for loops of any other form. */
export function boundOf(m: Machine, node: Loop, scope: Environment): LoopBound | undefined {
  if (!isForStatement(node) || !node.condition || !isBinaryExpression(node.condition) || !node.incrementor) return undefined;
  const { left, operatorToken, right } = node.condition;
  const isInclusive = operatorToken.kind === SyntaxKind.LessThanEqualsToken;
  if (!isInclusive && operatorToken.kind !== SyntaxKind.LessThanToken) return undefined;
  if (!isIdentifier(left) || !isPlain(right) || !countsByOne(node.incrementor, left.text)) return undefined;
  const first = m.settle(evaluate(m, left, scope));
  const unknown = asUnknown(m, m.settle(evaluate(m, right, scope)));
  if (typeof first !== 'number' || !unknown) return undefined;
  return { unknown, afterRounds: (count) => first + count - (isInclusive ? 1 : 0) };
}

/** Names and properties, which can be read once more without doing anything. */
const isPlain = (node: ts.Expression): boolean =>
  isIdentifier(node) || (isPropertyAccessExpression(node) && (isPlain(node.expression) || node.expression.kind === SyntaxKind.ThisKeyword));

function countsByOne(node: ts.Expression, name: string): boolean {
  if (isPrefixUnaryExpression(node) || isPostfixUnaryExpression(node))
    return node.operator === SyntaxKind.PlusPlusToken && isIdentifier(node.operand) && node.operand.text === name;
  return (
    isBinaryExpression(node) &&
    node.operatorToken.kind === SyntaxKind.PlusEqualsToken &&
    isIdentifier(node.left) &&
    node.left.text === name &&
    isNumericLiteral(node.right) &&
    node.right.text === '1'
  );
}

function asUnknown(m: Machine, value: unknown): Unknown | undefined {
  if (value instanceof Unknown) return value.constructor === Unknown ? value : undefined;
  if (!(value instanceof Num) || value.dependsOn.size !== 1) return undefined;
  const named = m.names.get([...value.dependsOn][0] ?? '');
  return named && sameNumeric(value, m.numberOf(named)) ? named : undefined;
}
