import { ts } from 'ts-morph';
import { isFactory } from '../../layers/factories';

/** What one top-level statement says, whatever stands around it. Offsets are asked of the nodes, which move with the text. */
export interface StatementFacts {
  /** How often each identifier is written in it, those of export lists left out. */
  readonly names: ReadonlyMap<string, number>;
  /** Identifiers that may mean a binding from outside of it: all but names of members. */
  readonly references: ReadonlySet<string>;
  /** Names that it may give to the module, those of nested blocks included. */
  readonly declares: ReadonlySet<string>;
  /** Names that it assigns without declaring them anywhere. */
  readonly assigns: ReadonlySet<string>;
  /** Calls that look like layer factories (`….layers.dense(`). */
  readonly factoryCalls: readonly FactoryCall[];
  /** Calls of names that factories have: `dense(…)`. */
  readonly namedCalls: readonly FactoryCall[];
  /** Names that are taken out of `tf.layers` by destructuring. */
  readonly takenFactories: ReadonlySet<string>;
  /** It may come to TensorFlow.js, or to other files, by other ways than the module's names. */
  readonly isDoor: boolean;
}

export interface FactoryCall {
  readonly factory: string;
  readonly name: ts.Node;
  readonly call: ts.CallExpression;
}

/** A statement that is the same object in the next tree of its file has not changed. */
const known = new WeakMap<ts.Statement, StatementFacts>();

export function factsOf(statement: ts.Statement): StatementFacts {
  const facts = known.get(statement) ?? new Collector().collect(statement);
  known.set(statement, facts);
  return facts;
}

/** The top-level statement in which an offset lies, or which comes next after it. */
export function statementAt(file: ts.SourceFile, offset: number): ts.Statement | undefined {
  let [low, high] = [0, file.statements.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((file.statements[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return file.statements[low];
}

/** Names under which TensorFlow.js, or a module's shared objects, can be had without an import. */
const DOORS = new Set(['tf', 'require', 'exports', 'module', 'eval']);

class Collector {
  readonly #names = new Map<string, number>();
  readonly #references = new Set<string>();
  readonly #declares = new Set<string>();
  readonly #locals = new Set<string>();
  readonly #assigned = new Set<string>();
  readonly #calls: FactoryCall[] = [];
  readonly #namedCalls: FactoryCall[] = [];
  readonly #taken = new Set<string>();
  #isDoor = false;

  collect(statement: ts.Statement): StatementFacts {
    this.#visit(statement, false);
    return {
      names: this.#names,
      references: this.#references,
      declares: this.#declares,
      assigns: new Set([...this.#assigned].filter((name) => !this.#locals.has(name) && !this.#declares.has(name))),
      factoryCalls: this.#calls,
      namedCalls: this.#namedCalls,
      takenFactories: this.#taken,
      isDoor: this.#isDoor,
    };
  }

  #visit(node: ts.Node, inFunction: boolean): void {
    if (ts.isIdentifier(node)) this.#identifier(node);
    else if (ts.isStringLiteralLike(node)) this.#isDoor ||= DOORS.has(node.text);
    else if (node.kind === ts.SyntaxKind.ImportKeyword && ts.isCallExpression(node.parent)) this.#isDoor = true;
    this.#declaration(node, inFunction);
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) this.#target(node.left);
    else if ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && ts.isIdentifier(node.operand))
      this.#target(node.operand);
    else if (ts.isForInStatement(node) || ts.isForOfStatement(node)) this.#target(node.initializer);
    else if (ts.isCallExpression(node)) this.#call(node);
    else if (ts.isVariableDeclaration(node)) this.#destructured(node);
    const inside = inFunction || ts.isFunctionLike(node) || ts.isClassLike(node);
    ts.forEachChild(node, (child) => this.#visit(child, inside));
  }

  #identifier(node: ts.Identifier): void {
    const { parent, text } = node;
    if (!ts.isExportSpecifier(parent)) this.#names.set(text, (this.#names.get(text) ?? 0) + 1);
    this.#isDoor ||= DOORS.has(text);
    if (!isMemberName(node, parent)) this.#references.add(text);
  }

  #declaration(node: ts.Node, inFunction: boolean): void {
    const isNamed =
      ts.isVariableDeclaration(node) ||
      ts.isBindingElement(node) ||
      ts.isParameter(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isFunctionExpression(node) ||
      ts.isClassLike(node) ||
      ts.isEnumDeclaration(node) ||
      ts.isModuleDeclaration(node) ||
      ts.isImportEqualsDeclaration(node) ||
      ts.isImportClause(node) ||
      ts.isImportSpecifier(node) ||
      ts.isNamespaceImport(node);
    if (isNamed && node.name && ts.isIdentifier(node.name)) (inFunction ? this.#locals : this.#declares).add(node.name.text);
  }

  /** The names that an assignment gives values to; those of members are no bindings. */
  #target(node: ts.Node): void {
    if (ts.isIdentifier(node)) this.#assigned.add(node.text);
    else if (ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node) || ts.isParenthesizedExpression(node))
      ts.forEachChild(node, (child) => this.#target(child));
    else if (ts.isPropertyAssignment(node)) this.#target(node.initializer);
    else if (ts.isShorthandPropertyAssignment(node)) this.#target(node.name);
    else if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) this.#target(node.expression);
    else if (ts.isBinaryExpression(node)) this.#target(node.left);
  }

  #call(node: ts.CallExpression): void {
    const { expression: callee } = node;
    if (ts.isIdentifier(callee)) {
      if (isFactory(callee.text)) this.#namedCalls.push({ factory: callee.text, name: callee, call: node });
      return;
    }
    const name = memberName(callee);
    if (name && isFactory(name.text) && isLayers((callee as ts.PropertyAccessExpression | ts.ElementAccessExpression).expression))
      this.#calls.push({ factory: name.text, name, call: node });
  }

  /** `const { dense, dropout } = tf.layers`. */
  #destructured(node: ts.VariableDeclaration): void {
    if (!ts.isObjectBindingPattern(node.name) || !node.initializer || !isLayers(node.initializer)) return;
    for (const { name, propertyName } of node.name.elements) if (!propertyName && ts.isIdentifier(name)) this.#taken.add(name.text);
  }
}

/** `dense` of `layers.dense` and of `layers['dense']`. */
function memberName(node: ts.Expression): ts.MemberName | ts.StringLiteralLike | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name;
  return ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression : undefined;
}

/** `layers`, `tf.layers`, `tf['layers']`. */
const isLayers = (node: ts.Expression): boolean => (ts.isIdentifier(node) ? node.text : memberName(node)?.text) === 'layers';

const isAssignment = (kind: ts.SyntaxKind): boolean => kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;

/** `name` in `a.name`, `{ name: 1 }`, and in a class' members: it means no binding. */
const isMemberName = (node: ts.Identifier, parent: ts.Node): boolean =>
  (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
  (ts.isPropertyAssignment(parent) && parent.name === node) ||
  ((ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent) || ts.isAccessor(parent) || ts.isPropertySignature(parent)) &&
    parent.name === node) ||
  (ts.isBindingElement(parent) && parent.propertyName === node);
