import { ts } from 'ts-morph';

/** The span of a call in the source as it was written, by the number that marks it. */
export interface Place {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** The names under which the runner's functions stand in a rewritten program. */
export const MARK = '__mark';
export const MADE = '__made';
export const TICK = '__tick';

interface Insertion {
  readonly at: number;
  readonly text: string;
  /** Of insertions at one place, closing ones come first. */
  readonly closes: boolean;
}

/**
 * Rewrites a program so that it says which call runs: the last thing that is evaluated before a call becomes `__mark(number, …)`, a `new`
 * becomes `__made(number, new …)`, and every round of a loop and every function body starts with `__tick()`,
 * which ends what never would; `__tick(true)` says that something was caught.
 * Undefined where the text has syntax errors.
 */
export function instrument(path: string, text: string, places: Place[], functions: Set<number>): string | undefined {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const errors = (file as unknown as { parseDiagnostics: readonly unknown[] }).parseDiagnostics;
  if (errors.length > 0) return undefined;
  const insertions: Insertion[] = [];
  const around = (node: ts.Node, open: string, close: string): void => {
    insertions.push({ at: node.getStart(file), text: open, closes: false }, { at: node.end, text: close, closes: true });
  };
  const mark = (node: ts.CallExpression | ts.NewExpression): void => {
    const id = places.push({ path, start: node.getStart(file), end: node.end }) - 1;
    const last = node.arguments?.at(-1);
    if (last) around(ts.isSpreadElement(last) ? last.expression : last, `${MARK}(${id}, `, ')');
    else if (node.arguments) insertions.push({ at: node.end - 1, text: `...${MARK}(${id}, [])`, closes: false });
    if (ts.isNewExpression(node)) around(node, `${MADE}(${id}, `, ')');
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const isOrdinary = node.expression.kind !== ts.SyntaxKind.SuperKeyword && node.expression.kind !== ts.SyntaxKind.ImportKeyword;
      if (isOrdinary) mark(node);
    } else if (ts.isNewExpression(node)) mark(node);
    else if (ts.isCatchClause(node)) insertions.push({ at: node.block.getStart(file) + 1, text: `${TICK}(true);`, closes: false });
    else if (ts.isTryStatement(node) && node.finallyBlock) {
      // What is called on the way out is not what threw.
      const { finallyBlock } = node;
      insertions.push({ at: finallyBlock.getStart(file) + 1, text: `const __at = ${TICK}('keep');`, closes: false });
      insertions.push({ at: finallyBlock.end - 1, text: `;${TICK}('back', __at);`, closes: true });
    } else if (ts.isIterationStatement(node, false)) around(node.statement, `{${TICK}();`, '}');
    else if (ts.isFunctionLike(node) && 'body' in node && node.body) {
      const body = node.body as ts.Node;
      const id = places.push({ path, start: node.getStart(file), end: node.end }) - 1;
      functions.add(id);
      if (ts.isBlock(body)) insertions.push({ at: body.getStart(file) + 1, text: `${TICK}(false, ${id});`, closes: false });
      else around(body, `(${TICK}(false, ${id}), `, ')');
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return splice(text, insertions);
}

function splice(text: string, insertions: readonly Insertion[]): string {
  // The sort is stable: of two that open at one place the outer one was found first, of two that close there the inner one must come first.
  const ordered = insertions
    .map((one, order) => ({ ...one, order }))
    .sort((a, b) => a.at - b.at || Number(b.closes) - Number(a.closes) || (a.closes ? b.order - a.order : a.order - b.order));
  let out = '';
  let from = 0;
  for (const { at, text: inserted } of ordered) {
    out += text.slice(from, at) + inserted;
    from = at;
  }
  return out + text.slice(from);
}
