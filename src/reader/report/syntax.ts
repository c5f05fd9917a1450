import type { ts } from 'ts-morph';
import {
  forEachChild,
  isAsExpression,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isComputedPropertyName,
  isFunctionLike,
  isFunctionTypeNode,
  isIdentifier,
  isNewExpression,
  isNonNullExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
  SyntaxKind,
} from '../syntax/kinds';
import { functionNameNode } from '../syntax/functionName';
import { factsOf, statementAt } from '../syntax/statementFacts';
import type { OptionSite } from '../../model/reading';
import type { Span } from '../../model/span';

/** The innermost node that satisfies `test` and spans exactly [start, end). */
export function nodeSpanning(file: ts.SourceFile, start: number, end: number): ts.Node | undefined {
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.end < end || node.pos > start) return;
    if (node.getStart(file) === start && node.end === end && (isCallExpression(node) || isNewExpression(node))) found = node;
    forEachChild(node, visit);
  };
  const statement = statementAt(file, start);
  if (statement) visit(statement);
  return found;
}

/** False where the text is not a program as it stands, as while a line is typed. TypeScript keeps what its parser found with the tree. */
export const doesParse = (file: ts.SourceFile): boolean =>
  ((file as unknown as { readonly parseDiagnostics?: readonly unknown[] }).parseDiagnostics ?? []).length === 0;

export const spanOf = (file: ts.SourceFile, node: ts.Node): Span => ({ start: node.getStart(file), end: node.end });

/** The options written out in a call's first argument, or that of another `index`: those of object literals only. */
export function optionSites(file: ts.SourceFile, call: ts.Node, index = 0): readonly OptionSite[] {
  const argument = isCallExpression(call) || isNewExpression(call) ? call.arguments?.[index] : undefined;
  if (!argument || !isObjectLiteralExpression(argument)) return [];
  return argument.properties.flatMap((property) => {
    if (!(isPropertyAssignment(property) || isShorthandPropertyAssignment(property)) || isComputedPropertyName(property.name)) return [];
    const value = isPropertyAssignment(property) ? property.initializer : property.name;
    return [{ key: property.name.text, span: spanOf(file, property), value: spanOf(file, value) }];
  });
}

/** What the call's value, or its output through `.apply(…)`, is assigned to. */
export function assignedName(file: ts.SourceFile, call: ts.Node): Span | undefined {
  let node = call;
  for (;;) {
    const { parent } = node;
    if (!parent) return undefined;
    const passes =
      isParenthesizedExpression(parent) ||
      isAsExpression(parent) ||
      isNonNullExpression(parent) ||
      isAwaitExpression(parent) ||
      (isPropertyAccessExpression(parent) && parent.expression === node && parent.name.text === 'apply') ||
      (isCallExpression(parent) && parent.expression === node);
    if (passes) node = parent;
    else if (isVariableDeclaration(parent) && parent.initializer === node && isIdentifier(parent.name)) return spanOf(file, parent.name);
    else if (isPropertyAssignment(parent) && parent.initializer === node) return spanOf(file, parent.name);
    else if (isPropertyDeclaration(parent) && parent.initializer === node) return spanOf(file, parent.name);
    else if (isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken && parent.right === node) {
      const target = isPropertyAccessExpression(parent.left) ? parent.left.name : parent.left;
      return isIdentifier(target) ? spanOf(file, target) : undefined;
    } else return undefined;
  }
}

/** The function around a node, with its name and where that stands. */
export function enclosingFunction(
  file: ts.SourceFile,
  node: ts.Node,
): { readonly name: string | undefined; readonly nameSpan?: Span; readonly span: Span } | undefined {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) {
    if (!isFunctionLike(at) || isFunctionTypeNode(at)) continue;
    const name = functionNameNode(at);
    return { name: name?.text, ...(name && { nameSpan: spanOf(file, name) }), span: spanOf(file, outerOf(at)) };
  }
  return undefined;
}

/** `const create = () => …` belongs to the function as a whole. */
const outerOf = (node: ts.Node): ts.Node =>
  node.parent && isVariableDeclaration(node.parent) ? (node.parent.parent?.parent ?? node) : node;

/** Calls that look like layer factories (`….layers.dense(`, `dense(` where that was taken from `tf.layers`), whether or not they were reached. */
export function factoryCalls(
  file: ts.SourceFile,
): readonly { readonly factory: string; readonly name: Span; readonly call: ts.CallExpression }[] {
  const taken = new Set(file.statements.flatMap((statement) => [...factsOf(statement).takenFactories]));
  return file.statements.flatMap((statement) => {
    const { factoryCalls: direct, namedCalls } = factsOf(statement);
    return [...direct, ...(taken.size > 0 ? namedCalls.filter(({ factory }) => taken.has(factory)) : [])].map(
      ({ factory, name, call }) => ({
        factory,
        name: spanOf(file, name),
        call,
      }),
    );
  });
}
