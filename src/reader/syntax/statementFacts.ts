import type { ts } from 'ts-morph';
import {
  forEachChild,
  isAccessor,
  isArrayLiteralExpression,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isClassLike,
  isElementAccessExpression,
  isEnumDeclaration,
  isExportSpecifier,
  isForInStatement,
  isForOfStatement,
  isFunctionDeclaration,
  isFunctionExpression,
  isFunctionLike,
  isIdentifier,
  isImportClause,
  isImportEqualsDeclaration,
  isImportSpecifier,
  isMethodDeclaration,
  isModuleDeclaration,
  isNamespaceImport,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isParameter,
  isParenthesizedExpression,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isPropertySignature,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isStringLiteralLike,
  isVariableDeclaration,
  SyntaxKind,
} from './kinds';
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
    if (isIdentifier(node)) this.#identifier(node);
    else if (isStringLiteralLike(node)) this.#isDoor ||= DOORS.has(node.text);
    else if (node.kind === SyntaxKind.ImportKeyword && isCallExpression(node.parent)) this.#isDoor = true;
    this.#declaration(node, inFunction);
    if (isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) this.#target(node.left);
    else if ((isPrefixUnaryExpression(node) || isPostfixUnaryExpression(node)) && isIdentifier(node.operand)) this.#target(node.operand);
    else if (isForInStatement(node) || isForOfStatement(node)) this.#target(node.initializer);
    else if (isCallExpression(node)) this.#call(node);
    else if (isVariableDeclaration(node)) this.#destructured(node);
    const inside = inFunction || isFunctionLike(node) || isClassLike(node);
    forEachChild(node, (child) => this.#visit(child, inside));
  }

  #identifier(node: ts.Identifier): void {
    const { parent, text } = node;
    if (!isExportSpecifier(parent)) this.#names.set(text, (this.#names.get(text) ?? 0) + 1);
    this.#isDoor ||= DOORS.has(text);
    if (!isMemberName(node, parent)) this.#references.add(text);
  }

  #declaration(node: ts.Node, inFunction: boolean): void {
    const isNamed =
      isVariableDeclaration(node) ||
      isBindingElement(node) ||
      isParameter(node) ||
      isFunctionDeclaration(node) ||
      isFunctionExpression(node) ||
      isClassLike(node) ||
      isEnumDeclaration(node) ||
      isModuleDeclaration(node) ||
      isImportEqualsDeclaration(node) ||
      isImportClause(node) ||
      isImportSpecifier(node) ||
      isNamespaceImport(node);
    if (isNamed && node.name && isIdentifier(node.name)) (inFunction ? this.#locals : this.#declares).add(node.name.text);
  }

  /** The names that an assignment gives values to; those of members are no bindings. */
  #target(node: ts.Node): void {
    if (isIdentifier(node)) this.#assigned.add(node.text);
    else if (isArrayLiteralExpression(node) || isObjectLiteralExpression(node) || isParenthesizedExpression(node))
      forEachChild(node, (child) => this.#target(child));
    else if (isPropertyAssignment(node)) this.#target(node.initializer);
    else if (isShorthandPropertyAssignment(node)) this.#target(node.name);
    else if (isSpreadElement(node) || isSpreadAssignment(node)) this.#target(node.expression);
    else if (isBinaryExpression(node)) this.#target(node.left);
  }

  #call(node: ts.CallExpression): void {
    const { expression: callee } = node;
    if (isIdentifier(callee)) {
      if (isFactory(callee.text)) this.#namedCalls.push({ factory: callee.text, name: callee, call: node });
      return;
    }
    const name = memberName(callee);
    if (name && isFactory(name.text) && isLayers((callee as ts.PropertyAccessExpression | ts.ElementAccessExpression).expression))
      this.#calls.push({ factory: name.text, name, call: node });
  }

  /** `const { dense, dropout } = tf.layers`. */
  #destructured(node: ts.VariableDeclaration): void {
    if (!isObjectBindingPattern(node.name) || !node.initializer || !isLayers(node.initializer)) return;
    for (const { name, propertyName } of node.name.elements) if (!propertyName && isIdentifier(name)) this.#taken.add(name.text);
  }
}

/** `dense` of `layers.dense` and of `layers['dense']`. */
function memberName(node: ts.Expression): ts.MemberName | ts.StringLiteralLike | undefined {
  if (isPropertyAccessExpression(node)) return node.name;
  return isElementAccessExpression(node) && isStringLiteralLike(node.argumentExpression) ? node.argumentExpression : undefined;
}

/** `layers`, `tf.layers`, `tf['layers']`. */
const isLayers = (node: ts.Expression): boolean => (isIdentifier(node) ? node.text : memberName(node)?.text) === 'layers';

const isAssignment = (kind: ts.SyntaxKind): boolean => kind >= SyntaxKind.FirstAssignment && kind <= SyntaxKind.LastAssignment;

/** `name` in `a.name`, `{ name: 1 }`, and in a class' members: it means no binding. */
const isMemberName = (node: ts.Identifier, parent: ts.Node): boolean =>
  (isPropertyAccessExpression(parent) && parent.name === node) ||
  (isPropertyAssignment(parent) && parent.name === node) ||
  ((isMethodDeclaration(parent) || isPropertyDeclaration(parent) || isAccessor(parent) || isPropertySignature(parent)) &&
    parent.name === node) ||
  (isBindingElement(parent) && parent.propertyName === node);
