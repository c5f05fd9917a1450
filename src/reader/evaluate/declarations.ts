import { ts } from 'ts-morph';
import type { Machine } from '../machine';
import { Environment } from '../state/environment';
import { Obj } from '../state/heap';
import { ClassValue, Closure, type Value } from '../values/values';
import { evaluate } from './expressions';
import { setMember } from './members';
import { boundNames } from './patterns';
import { executeList, hoist } from './statements';

/** `enum Size { Small = 4, Large = Small * 2 }`: members see those before them. */
export function executeEnum(m: Machine, node: ts.EnumDeclaration, scope: Environment): void {
  const value = new Obj();
  const inner = new Environment(scope, false);
  let next: Value = 0;
  for (const member of node.members) {
    const name = ts.isIdentifier(member.name) || ts.isStringLiteral(member.name) ? member.name.text : '?';
    const given: Value = member.initializer ? m.settle(evaluate(m, member.initializer, inner)) : next;
    value.properties.set(name, given);
    inner.put(name, given);
    next = undefined;
    if (typeof given === 'number') {
      value.properties.set(String(given), name);
      next = given + 1;
    }
  }
  m.assign(scope, node.name.text, value);
}

/** `namespace Sizes { export const units = 6 }`: an object of what it exports; one that has the name of a function, class or namespace adds to it. */
export function executeNamespace(m: Machine, node: ts.ModuleDeclaration, scope: Environment): void {
  if (!node.body || !ts.isIdentifier(node.name)) return;
  const before = m.settle(scope.find(node.name.text)?.own(node.name.text));
  const target = before instanceof Obj || before instanceof Closure || before instanceof ClassValue ? before : new Obj();
  if (target !== before) m.assign(scope, node.name.text, target);
  const inner = new Environment(scope, true);
  if (ts.isModuleDeclaration(node.body)) {
    executeNamespace(m, node.body, inner);
    give(m, target, inner, node.body.name.text);
  } else if (ts.isModuleBlock(node.body)) {
    hoist(m, node.body.statements, inner);
    executeList(m, node.body.statements, inner);
    for (const name of node.body.statements.flatMap(exportedNames)) give(m, target, inner, name);
  }
}

const give = (m: Machine, target: Value, from: Environment, name: string): void => void setMember(m, target, name, from.own(name));

function exportedNames(statement: ts.Statement): readonly string[] {
  const isExported = ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap((one) => boundNames(one.name));
  const isNamed =
    ts.isFunctionDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isModuleDeclaration(statement);
  return isNamed && statement.name ? [statement.name.text] : [];
}
