import type { ts } from 'ts-morph';
import {
  isArrayLiteralExpression,
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isClassDeclaration,
  isClassExpression,
  isConstructorDeclaration,
  isExpression,
  isExpressionStatement,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isParameter,
  isPrivateIdentifier,
  isPropertyAssignment,
  isPropertyDeclaration,
  isReturnStatement,
  isSourceFile,
  isVariableDeclaration,
  isVariableStatement,
  SyntaxKind,
} from '../syntax/kinds';
import type { TaggedLine } from './comments';
import { hasCodeAfter, hasCodeBefore, lastCodeBefore, nodeEndingAt } from './scopes';

/** What a bare shape is about: the value of an expression, a name that is declared without one, or nothing, and then why. */
export type Target =
  | { readonly kind: 'expression'; readonly node: ts.Expression }
  | { readonly kind: 'name'; readonly path: readonly string[] }
  | { readonly kind: 'none'; readonly message: string };

const NONE: Target = {
  kind: 'none',
  message: 'expected a declaration, an assignment or a layer beside the shape, or below it; or a name before it: `x: [batch, 28, 28, 1]`',
};
const A_FUNCTION: Target = {
  kind: 'none',
  message: 'expected the name of what has this shape, as it stands at a function: `x: [batch, 28, 28, 1]`',
};
const A_PATTERN: Target = {
  kind: 'none',
  message: 'expected a name before the shape, as several are declared here: `x: [batch, 28, 28, 1]`',
};

/** What a bare shape stands beside on its line, else what begins below it. */
export function targetOf(file: ts.SourceFile, line: TaggedLine): Target {
  const isTrailing = hasCodeBefore(file, line);
  const beforeNext = hasCodeAfter(file, line) && file.text[line.comment.start - 1 - trailingSpace(file, line)] === ',';
  const nodes = isTrailing && !beforeNext ? nodesBefore(file, line) : [];
  return outermost(nodes) ?? (isTrailing && !hasCodeAfter(file, line) ? NONE : (outermost(nodesAfter(file, line)) ?? NONE));
}

const trailingSpace = (file: ts.SourceFile, { comment }: TaggedLine): number => {
  const before = file.text.slice(0, comment.start);
  return before.length - before.trimEnd().length;
};

/** Nodes that end right before the comment, innermost first. */
function nodesBefore(file: ts.SourceFile, line: TaggedLine): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const end = lastCodeBefore(file, line);
  for (let node = nodeEndingAt(file, end); node && node.end <= line.comment.start; node = node.parent) nodes.push(node);
  return nodes;
}

/** Nodes that begin right after the comment, innermost first. */
function nodesAfter(file: ts.SourceFile, { token }: TaggedLine): readonly ts.Node[] {
  const start = token.getStart(file);
  const nodes: ts.Node[] = [];
  for (let node: ts.Node | undefined = token; node && !isSourceFile(node); node = node.parent)
    if (node.getStart(file) === start) nodes.push(node);
  return nodes;
}

const outermost = (nodes: readonly ts.Node[]): Target | undefined =>
  [...nodes]
    .reverse()
    .map(targetIn)
    .find((target) => target !== undefined);

function targetIn(node: ts.Node): Target | undefined {
  if (isVariableStatement(node)) {
    const [only, ...more] = node.declarationList.declarations;
    return only && more.length === 0 ? declared(only.name, only.initializer) : A_PATTERN;
  }
  if (isVariableDeclaration(node) || isParameter(node)) {
    return declared(node.name, isParameter(node) ? undefined : node.initializer);
  }
  if (isPropertyDeclaration(node)) {
    if (!isIdentifier(node.name) && !isPrivateIdentifier(node.name)) return NONE;
    return node.initializer ? ofExpression(node.initializer) : { kind: 'name', path: ['this', node.name.text] };
  }
  if (isPropertyAssignment(node)) return ofExpression(node.initializer);
  if (isReturnStatement(node) && node.expression) return ofExpression(node.expression);
  if (isExpressionStatement(node)) {
    const { expression } = node;
    const isAssignment = isBinaryExpression(expression) && expression.operatorToken.kind === SyntaxKind.EqualsToken;
    return ofExpression(isAssignment ? expression.right : expression);
  }
  if (isFunctionDeclaration(node) || isClassDeclaration(node) || isMethodDeclaration(node) || isConstructorDeclaration(node))
    return A_FUNCTION;
  return isListed(node) ? ofExpression(node) : undefined;
}

/** An item of a list, or an argument of a call. */
const isListed = (node: ts.Node): node is ts.Expression =>
  node.parent !== undefined &&
  (isArrayLiteralExpression(node.parent) ||
    ((isCallExpression(node.parent) || isNewExpression(node.parent)) && node !== node.parent.expression)) &&
  isExpression(node);

function declared(name: ts.BindingName, initializer: ts.Expression | undefined): Target {
  if (!isIdentifier(name)) return A_PATTERN;
  return initializer ? ofExpression(initializer) : { kind: 'name', path: [name.text] };
}

const ofExpression = (node: ts.Expression): Target =>
  isFunctionExpression(node) || isArrowFunction(node) || isClassExpression(node) ? A_FUNCTION : { kind: 'expression', node };
