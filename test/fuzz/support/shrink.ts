import { ts } from 'ts-morph';
import type { Files } from './realRun';

/** Shorter texts that a text could be cut to: without a statement, an item, a property, or with a part in place of the whole. */
function* cuts(path: string, text: string): Generator<string> {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const without = (start: number, end: number): string => text.slice(0, start) + text.slice(end);
  // Large parts first: what goes early need not be looked into.
  nodes.sort((a, b) => b.end - b.pos - (a.end - a.pos));
  for (const node of nodes) {
    const start = node.getStart(file);
    const replace = (by: ts.Node): string => text.slice(0, start) + by.getText(file) + text.slice(node.end);
    if (ts.isStatement(node) && !ts.isBlock(node)) yield without(node.pos, node.end);
    if (ts.isClassElement(node)) yield without(node.pos, node.end);
    if (ts.isObjectLiteralElement(node) || ts.isParameter(node) || ts.isBindingElement(node) || isItem(node))
      yield without(node.pos, node.end + (text[node.end] === ',' ? 1 : 0));
    if (ts.isIfStatement(node)) {
      yield replace(node.thenStatement);
      if (node.elseStatement) yield replace(node.elseStatement);
    }
    if (ts.isTryStatement(node)) yield replace(node.tryBlock);
    if (ts.isIterationStatement(node, false) || ts.isLabeledStatement(node)) yield replace(node.statement);
    if (ts.isBlock(node) && node.parent && (ts.isBlock(node.parent) || ts.isSourceFile(node.parent)) && node.statements.length > 0)
      yield text.slice(0, start) + text.slice(start + 1, node.end - 1) + text.slice(node.end);
    if (ts.isConditionalExpression(node)) yield* [replace(node.whenTrue), replace(node.whenFalse)];
    if (ts.isParenthesizedExpression(node)) yield replace(node.expression);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
      yield* [replace(node.left), replace(node.right)];
    if (ts.isCallExpression(node)) {
      for (const argument of node.arguments) if (!ts.isSpreadElement(argument)) yield replace(argument);
      if (ts.isPropertyAccessExpression(node.expression)) yield replace(node.expression.expression);
    }
  }
}

const isItem = (node: ts.Node): boolean =>
  node.parent !== undefined &&
  ((ts.isArrayLiteralExpression(node.parent) && node.parent.elements.includes(node as ts.Expression)) ||
    (ts.isCallExpression(node.parent) && node.parent.arguments.includes(node as ts.Expression)));

/** Cuts a program down while it still fails; gives up after so many tries. */
export async function shrink(files: Files, fails: (files: Files) => Promise<boolean>, tries = 1500): Promise<Files> {
  let best = files;
  let left = tries;
  for (let changed = true; changed;) {
    changed = false;
    for (const path of Object.keys(best)) {
      let again = true;
      while (again) {
        again = false;
        for (const text of cuts(path, best[path] ?? '')) {
          if (left-- <= 0) return best;
          const next = { ...best, [path]: text };
          if (!(await fails(next))) continue;
          best = next;
          again = changed = true;
          break;
        }
      }
    }
  }
  return best;
}
