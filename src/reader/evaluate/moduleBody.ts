import type { ts } from 'ts-morph';
import {
  canHaveModifiers,
  getModifiers,
  isClassDeclaration,
  isEnumDeclaration,
  isExportAssignment,
  isExportDeclaration,
  isExternalModuleReference,
  isFunctionDeclaration,
  isImportDeclaration,
  isImportEqualsDeclaration,
  isModuleDeclaration,
  isNamespaceExport,
  isNamespaceImport,
  isStringLiteralLike,
  isVariableStatement,
  SyntaxKind,
} from '../syntax/kinds';
import { Thrown, type Machine } from '../machine';
import { Native } from '../values/native';
import { Obj } from '../state/heap';
import type { Value } from '../values/values';
import { evaluate } from './expressions';
import { exportOf, importedName, importModule, namespaceOf, type Imported } from './modules';
import type { Module } from '../state/module';
import { executeList, hoist } from './statements';
import { boundNames } from './patterns';
import { runPageScripts } from './pageScripts';

/** Runs a module's top level: imports first, as they are hoisted, then its statements. */
export function executeModule(m: Machine, module: Module, file: ts.SourceFile): void {
  bindCommonJs(m, module);
  runPageScripts(m, module);
  for (const statement of file.statements) bindImports(m, module, statement);
  for (const statement of file.statements) bindExports(m, module, statement);
  inFile(m, file, () => {
    hoist(m, file.statements, module.scope);
    runTolerantly(m, file.statements, module);
  });
}

/** Runs `body` with `file` as the file that positions refer to. */
export function inFile<T>(m: Machine, file: ts.SourceFile, body: () => T): T {
  const before = m.file;
  m.file = file;
  try {
    return body();
  } finally {
    m.file = before;
  }
}

/** A top level that throws ends there, as it would at run time; what follows is read all the same, for people edit half-written programs. */
function runTolerantly(m: Machine, statements: ts.NodeArray<ts.Statement>, module: Module): void {
  let from = 0;
  while (from < statements.length) {
    try {
      executeList(m, statements, module.scope, from, (index) => (from = index));
      return;
    } catch (error) {
      if (!(error instanceof Thrown)) throw error;
      from++;
    }
  }
}

function bindCommonJs(m: Machine, module: Module): void {
  const { scope, commonJs } = module;
  scope.put('exports', commonJs.properties.get('exports'));
  scope.put('module', commonJs);
  scope.put('__filename', module.path);
  scope.put('__dirname', module.path.slice(0, module.path.lastIndexOf('/')));
  scope.put(
    'require',
    new Native('require', (_self, [specifier]) =>
      typeof specifier === 'string' ? namespaceOf(m, importModule(m, module.path, specifier)) : undefined,
    ),
  );
}

function bindImports(m: Machine, module: Module, statement: ts.Statement): void {
  if (isImportEqualsDeclaration(statement)) {
    const reference = statement.moduleReference;
    if (!isExternalModuleReference(reference) || !isStringLiteralLike(reference.expression)) return;
    const value = namespaceOf(m, importModule(m, module.path, reference.expression.text));
    module.scope.put(statement.name.text, value);
    return;
  }
  if (!isImportDeclaration(statement) || !isStringLiteralLike(statement.moduleSpecifier)) return;
  const clause = statement.importClause;
  if (clause?.phaseModifier === SyntaxKind.TypeKeyword) return;
  const from = importModule(m, module.path, statement.moduleSpecifier.text);
  if (!clause) return;
  const bind = (local: string, get: () => Value): void => module.scope.bindLive(local, { get });
  if (clause.name) bind(clause.name.text, () => importedName(m, from, 'default'));
  const bindings = clause.namedBindings;
  if (bindings && isNamespaceImport(bindings)) bind(bindings.name.text, () => namespaceOf(m, from));
  else if (bindings)
    for (const one of bindings.elements)
      if (!one.isTypeOnly) bind(one.name.text, () => importedName(m, from, (one.propertyName ?? one.name).text));
}

const isExported = (statement: ts.Statement): boolean =>
  canHaveModifiers(statement) && (getModifiers(statement)?.some((modifier) => modifier.kind === SyntaxKind.ExportKeyword) ?? false);

const isDefault = (statement: ts.Statement): boolean =>
  canHaveModifiers(statement) && (getModifiers(statement)?.some((modifier) => modifier.kind === SyntaxKind.DefaultKeyword) ?? false);

function bindExports(m: Machine, module: Module, statement: ts.Statement): void {
  const { scope } = module;
  const give = (exported: string, get: () => Value): void => void module.exports.set(exported, get);
  if (isExportDeclaration(statement)) {
    bindExportList(m, module, statement);
  } else if (isExportAssignment(statement)) {
    if (!statement.isExportEquals) give('default', () => scope.own('%default'));
  } else if (isExported(statement)) {
    if (isVariableStatement(statement)) {
      for (const one of statement.declarationList.declarations) for (const name of boundNames(one.name)) give(name, () => scope.own(name));
    } else if (
      (isFunctionDeclaration(statement) ||
        isClassDeclaration(statement) ||
        isEnumDeclaration(statement) ||
        isModuleDeclaration(statement)) &&
      (statement.name || isDefault(statement))
    ) {
      const name = statement.name?.text ?? '%default';
      give(isDefault(statement) ? 'default' : name, () => scope.own(name));
    }
  }
}

function bindExportList(m: Machine, module: Module, statement: ts.ExportDeclaration): void {
  if (statement.isTypeOnly) return;
  const specifier = statement.moduleSpecifier;
  const from: Imported | undefined = specifier && isStringLiteralLike(specifier) ? importModule(m, module.path, specifier.text) : undefined;
  const clause = statement.exportClause;
  if (!clause) {
    if (from && 'module' in from)
      for (const name of from.module.exports.keys()) if (name !== 'default') module.exports.set(name, () => exportOf(m, from.module, name));
  } else if (isNamespaceExport(clause)) {
    if (from) module.exports.set(clause.name.text, () => namespaceOf(m, from));
  } else {
    for (const one of clause.elements) {
      const inner = (one.propertyName ?? one.name).text;
      module.exports.set(one.name.text, () => (from ? importedName(m, from, inner) : module.scope.own(inner)));
    }
  }
}

/** Evaluates `export default …` and `export = …` into the module's scope. */
export function executeExportAssignment(m: Machine, statement: ts.ExportAssignment, scope: Module['scope']): void {
  const value = evaluate(m, statement.expression, scope);
  const commonJs = statement.isExportEquals ? scope.own('module') : undefined;
  if (commonJs instanceof Obj) m.assignProperty(commonJs, 'exports', value);
  else m.assign(scope, '%default', value);
}
