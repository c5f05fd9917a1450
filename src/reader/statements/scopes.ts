import type { ts } from 'ts-morph';
import {
  forEachChild,
  isArrowFunction,
  isAsExpression,
  isBinaryExpression,
  isClassExpression,
  isClassLike,
  isExportAssignment,
  isExpressionStatement,
  isFunctionExpression,
  isFunctionLike,
  isIdentifier,
  isJSDoc,
  isParenthesizedExpression,
  isPrivateIdentifier,
  isPropertyAssignment,
  isPropertyDeclaration,
  isSatisfiesExpression,
  isSourceFile,
  isStringLiteralLike,
  isVariableStatement,
  SyntaxKind,
} from '../syntax/kinds';
import type { TaggedLine } from './comments';

/** A function, a class or the file: what a statement about a name holds in. */
export type Scope = ts.FunctionLikeDeclaration | ts.ClassLikeDeclaration | ts.SourceFile;

const isScope = (node: ts.Node): node is Scope => isSourceFile(node) || isClassLike(node) || (isFunctionLike(node) && 'body' in node);

/** The scopes that a comment may speak of, innermost first: the function or class that it stands above or beside, then those around it. */
export function scopesAt(file: ts.SourceFile, line: TaggedLine): readonly Scope[] {
  const scopes: Scope[] = [];
  for (let node: ts.Node | undefined = line.token; node; node = node.parent) {
    const isInside = node.getStart(file) < line.comment.start || isSourceFile(node);
    const own = isInside ? (isScope(node) ? node : undefined) : declaredFunction(node);
    if (own && !scopes.includes(own)) scopes.push(own);
  }
  return hasCodeBefore(file, line) ? [...besides(file, line, scopes), ...scopes] : scopes;
}

/** Functions that end on the comment's line, before it. */
function besides(file: ts.SourceFile, line: TaggedLine, known: readonly Scope[]): readonly Scope[] {
  const found: Scope[] = [];
  for (let node: ts.Node | undefined = nodeEndingAt(file, lastCodeBefore(file, line)); node && node.end <= line.comment.start;) {
    const own = declaredFunction(node);
    if (own && !known.includes(own) && !found.includes(own)) found.push(own);
    node = node.parent;
  }
  return found;
}

/** The function or class that a declaration, a member or an assignment is about. */
function declaredFunction(node: ts.Node): Scope | undefined {
  if (isScope(node)) return isArrowFunction(node) ? undefined : node;
  if (isVariableStatement(node)) return node.declarationList.declarations.map((one) => functionIn(one.initializer)).find(Boolean);
  if (isPropertyAssignment(node) || isPropertyDeclaration(node)) return functionIn(node.initializer);
  if (isExportAssignment(node)) return functionIn(node.expression);
  if (isExpressionStatement(node) && isBinaryExpression(node.expression)) return functionIn(node.expression.right);
  return undefined;
}

function functionIn(expression: ts.Expression | undefined): Scope | undefined {
  let node = expression;
  while (node && (isParenthesizedExpression(node) || isAsExpression(node) || isSatisfiesExpression(node))) node = node.expression;
  return node && (isArrowFunction(node) || isFunctionExpression(node) || isClassExpression(node)) ? node : undefined;
}

/** What is written in a scope: its identifiers, `this`, and texts that may be keys. */
const written = new WeakMap<ts.Node, ReadonlySet<string>>();

/** True where all parts of a path are written somewhere in the scope. */
export function mentions(scope: Scope, path: readonly string[]): boolean {
  let words = written.get(scope);
  if (!words) {
    const all = new Set<string>();
    const visit = (node: ts.Node): void => {
      if (isIdentifier(node) || isPrivateIdentifier(node) || isStringLiteralLike(node)) all.add(node.text);
      else if (node.kind === SyntaxKind.ThisKeyword) all.add('this');
      forEachChild(node, visit);
    };
    visit(scope);
    words = all;
    written.set(scope, words);
  }
  return path.every((part) => /^\d+$/.test(part) || words.has(part));
}

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** True where code stands before the comment on its line. */
export function hasCodeBefore(file: ts.SourceFile, { comment }: TaggedLine): boolean {
  return file.text.slice(lineStart(file.text, comment.start), comment.start).trim() !== '';
}

/** True where code stands after the comment on its line. */
export function hasCodeAfter(file: ts.SourceFile, { comment }: TaggedLine): boolean {
  return (
    file.text
      .slice(comment.end)
      .split(/[\r\n]/, 1)[0]
      ?.trim() !== ''
  );
}

/** The end of the code before a comment, separators left out. */
export function lastCodeBefore(file: ts.SourceFile, { comment }: TaggedLine): number {
  let end = comment.start;
  while (end > 0 && /[\s,;]/.test(file.text[end - 1] ?? '')) end--;
  return end;
}

/** The innermost node that ends at an offset. */
export function nodeEndingAt(file: ts.SourceFile, end: number): ts.Node | undefined {
  let node: ts.Node = file;
  for (;;) {
    const inside: ts.Node | undefined = node.getChildren(file).find((child) => child.pos < end && end <= child.end && !isJSDoc(child));
    if (!inside) return node.end === end ? node : undefined;
    node = inside;
  }
}
