import type { ts } from 'ts-morph';
import {
  canHaveModifiers,
  getModifiers,
  isClassDeclaration,
  isEnumDeclaration,
  isExternalModuleReference,
  isFunctionDeclaration,
  isIdentifier,
  isImportEqualsDeclaration,
  isModuleBlock,
  isModuleDeclaration,
  isStringLiteralLike,
  isVariableStatement,
  SyntaxKind,
} from '../syntax/kinds';
import type { Machine } from '../machine';
import { Environment } from '../state/environment';
import { Obj } from '../state/heap';
import { Unknown, type Value } from '../values/values';
import { evaluate, placeOf } from './expressions';
import { setMember } from './members';
import { boundNames } from './patterns';
import { executeList, hoist } from './statements';

/** What an enum or namespace of this name has so far: several declarations make one object. */
function soFar(scope: Environment, name: string): Obj {
  const known = scope.hasOwn(name) ? scope.own(name) : undefined;
  return known instanceof Obj ? known : new Obj();
}

/** An enum; its initialisers may use its members by their bare names. */
export function executeEnum(m: Machine, node: ts.EnumDeclaration, scope: Environment): void {
  const made = soFar(scope, node.name.text);
  const inner = new Environment(scope, false);
  for (const [key, value] of made.properties) inner.put(key, value);
  m.journal.touch(made);
  let next: Value = 0;
  for (const member of node.members) {
    const name = isIdentifier(member.name) || isStringLiteralLike(member.name) ? member.name.text : '?';
    const given: Value = member.initializer ? m.settle(evaluate(m, member.initializer, inner)) : next;
    made.properties.set(name, given);
    inner.put(name, given);
    if (typeof given === 'number') made.properties.set(String(given), name);
    next =
      typeof given === 'number'
        ? given + 1
        : new Unknown(m.freshKey('enum'), `${node.name.text}.${name}`, 'it follows a member whose value is not known');
  }
  m.assign(scope, node.name.text, made);
}

/** A namespace: an object of what its statements export. One that is merged into a function or class adds to that. */
export function executeNamespace(m: Machine, node: ts.ModuleDeclaration, scope: Environment): void {
  if (!node.body || getModifiers(node)?.some(({ kind }) => kind === SyntaxKind.DeclareKeyword)) return;
  const { text } = node.name;
  const known = scope.hasOwn(text) ? scope.own(text) : undefined;
  const target = known === undefined || known instanceof Unknown ? new Obj() : known;
  const inner = new Environment(scope, true);
  if (target instanceof Obj) for (const key of target.properties.keys()) inner.bindLive(key, { get: () => target.properties.get(key) });
  m.assign(scope, text, target);
  const body: ts.ModuleBody | ts.Identifier = node.body;
  if (isModuleDeclaration(body)) executeNamespace(m, body, inner);
  else if (isModuleBlock(body)) {
    hoist(m, body.statements, inner);
    executeList(m, body.statements, inner);
  }
  const names = isModuleBlock(body) ? body.statements.flatMap(exportedNames) : isModuleDeclaration(body) ? [body.name.text] : [];
  for (const name of names) setMember(m, target, name, inner.own(name));
}

function exportedNames(statement: ts.Statement): readonly string[] {
  const isExported = canHaveModifiers(statement) && getModifiers(statement)?.some(({ kind }) => kind === SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  const isNamed =
    isFunctionDeclaration(statement) ||
    isClassDeclaration(statement) ||
    isEnumDeclaration(statement) ||
    isModuleDeclaration(statement) ||
    isImportEqualsDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}

/** `import Heads = Blocks.Heads`. */
export function executeAlias(m: Machine, node: ts.ImportEqualsDeclaration, scope: Environment): void {
  if (isExternalModuleReference(node.moduleReference)) return;
  m.assign(scope, node.name.text, valueOfName(m, node.moduleReference, scope));
}

function valueOfName(m: Machine, name: ts.EntityName, scope: Environment): Value {
  if (isIdentifier(name)) return m.settle(scope.find(name.text)?.own(name.text));
  return m.interpreter.getMember(valueOfName(m, name.left, scope), name.right.text, placeOf(m, name));
}
