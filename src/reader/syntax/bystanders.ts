import type { ts } from 'ts-morph';
import {
  canHaveModifiers,
  getModifiers,
  isExportAssignment,
  isExportDeclaration,
  isExternalModule,
  isFunctionDeclaration,
  isImportDeclaration,
  isImportEqualsDeclaration,
  SyntaxKind,
} from './kinds';
import { TAG } from '../statements/comments';
import { factsOf, statementAt } from './statementFacts';

/**
 * Functions of a module that cannot matter to what is read of it: nothing that they share a name with, directly or through others, can come to
 * TensorFlow.js or to another file. Calling them with unknown arguments could make no layer, and could change nothing that makes one.
 * Scripts that are no modules share their names with other scripts, so nothing is left out of them.
 *
 * @param isShared true where other files hold what this one exports: then they may have put anything into its objects.
 */
export function bystanders(file: ts.SourceFile, isShared: boolean): (node: ts.Node) => boolean {
  if (!isExternalModule(file)) return () => false;
  const groups = new Groups();
  const ownNames = new Set(file.statements.flatMap((statement) => [...factsOf(statement).declares, ...factsOf(statement).assigns]));
  for (const statement of file.statements) {
    // A list of exports uses nothing by itself.
    if (isExportList(statement) && !isShared) continue;
    const { references, isDoor } = factsOf(statement);
    for (const name of references) if (ownNames.has(name)) groups.join(statement, name);
    if (isDoor || isImport(statement) || (isShared && exportsValues(statement))) groups.join(statement, DOOR);
  }
  // A stated shape is to be held against what is read.
  for (let at = file.text.indexOf(TAG); at >= 0; at = file.text.indexOf(TAG, at + 1)) groups.join(statementAt(file, at), DOOR);
  return (node) => {
    const statement = statementAt(file, node.getStart(file));
    return statement !== undefined && !groups.areJoined(statement, DOOR);
  };
}

const DOOR = Symbol('a way to TensorFlow.js');

const isExportList = (statement: ts.Statement): boolean => isExportDeclaration(statement) && !statement.moduleSpecifier;

const isImport = (statement: ts.Statement): boolean =>
  isImportDeclaration(statement) || isImportEqualsDeclaration(statement) || (isExportDeclaration(statement) && !isExportList(statement));

/** A function that is exported has no insides that others could change. */
const exportsValues = (statement: ts.Statement): boolean =>
  isExportList(statement) ||
  isExportAssignment(statement) ||
  (!isFunctionDeclaration(statement) &&
    canHaveModifiers(statement) &&
    (getModifiers(statement)?.some(({ kind }) => kind === SyntaxKind.ExportKeyword) ?? false));

/** Sets that grow together: union-find. */
class Groups {
  readonly #parents = new Map<unknown, unknown>();

  join(one: unknown, other: unknown): void {
    const [a, b] = [this.#rootOf(one), this.#rootOf(other)];
    if (a !== b) this.#parents.set(a, b);
  }

  areJoined(one: unknown, other: unknown): boolean {
    return this.#rootOf(one) === this.#rootOf(other);
  }

  #rootOf(one: unknown): unknown {
    let root = one;
    for (let next = this.#parents.get(root); next !== undefined; next = this.#parents.get(root)) root = next;
    for (let at = one; at !== root;) {
      const next = this.#parents.get(at);
      this.#parents.set(at, root);
      at = next;
    }
    return root;
  }
}
