import type { ts } from 'ts-morph';
import type { Machine } from '../machine';
import { Environment } from '../state/environment';
import type { Json } from '../../layers/loaded/json';
import { nodeModule } from '../builtins/nodeModules';
import { reactModule } from '../builtins/react';
import { Arr, Obj } from '../state/heap';
import { statementsOf } from '../statements/fileStatements';
import { fromJson } from '../tf/loaded/data';
import { parse, type Parsed } from '../syntax/parse';
import { isTensorFlowCopy } from '../syntax/vendored';
import { Namespace, Unknown, type Value } from '../values/values';
import type { Module } from '../state/module';
import { executeModule } from './moduleBody';

/** Packages whose exports are TensorFlow.js' namespace. */
const TENSORFLOW =
  /^(@tensorflow\/tfjs(-layers|-core|-node|-node-gpu|-node-alpine|-backend-[a-z]+|-converter|-data|-vis)?|@tensorflow\/tfjs-react-native)(\/.*)?$/;

export const isTensorFlow = (specifier: string): boolean =>
  (TENSORFLOW.test(specifier) && !/tfjs-(vis|backend|data)/.test(specifier)) ||
  (/(^|\/)tf(\.min|js)?(\.min)?(\.js)?$/.test(specifier) && /tfjs@|cdn|unpkg/.test(specifier));

/** Loads and runs the module at `path`, once. A module in the middle of a cycle comes back as far as it has run. */
export function loadModule(m: Machine, path: string): Module {
  const known = m.modules.get(path);
  if (known) return known;
  m.touched.add(path);
  const parsed = parsedModule(m, path);
  const module: Module = {
    path,
    file: 'file' in parsed ? parsed.file : undefined,
    refused: 'refused' in parsed ? parsed.refused : undefined,
    scope: new Environment(undefined, true),
    exports: new Map(),
    commonJs: moduleObject(),
    running: true,
  };
  m.modules.set(path, module);
  if (module.file) noteStatements(m, module.file);
  try {
    if (module.file) executeModule(m, module, module.file);
  } finally {
    module.running = false;
  }
  return module;
}

/** Files that one reading looks into. An application's entry file leads to all of it, most of which can say nothing about a model. */
const MAX_MODULES = 400;

function parsedModule(m: Machine, path: string): Parsed {
  if (m.modules.size >= MAX_MODULES) {
    m.limits.add(`more than ${MAX_MODULES} files are imported, one through the other; the rest was not read`);
    return { refused: 'more files are imported than are read at once' };
  }
  const text = m.workspace.read(path);
  return text === undefined ? { refused: 'the file cannot be read' } : parse(path, text);
}

/** What the file's comments state, and what is wrong with it as it is written. */
function noteStatements(m: Machine, file: ts.SourceFile): void {
  const found = statementsOf(file, m.settings.given);
  if (!found) return;
  m.statements.files.set(file, found);
  m.problems.push(...found.problems.map((problem) => ({ path: file.fileName, problem })));
}

/** The module that `specifier` names in `from`: a file of the project, TensorFlow.js, or a name for what is not read. */
export type Imported = { readonly module: Module } | { readonly value: Value };

export function importModule(m: Machine, from: string, specifier: string): Imported {
  if (isTensorFlow(specifier)) return { value: new Namespace(['tf']) };
  const builtIn = nodeModule(m, specifier) ?? reactModule(m, specifier);
  if (builtIn) return { value: builtIn };
  const path = m.workspace.resolve(from, specifier);
  m.touched.add(path ?? `${from} -> ${specifier}`);
  if (path?.endsWith('.json')) return { value: jsonModule(m, path, specifier) };
  if (path === undefined) return { value: new Unknown(`import:${specifier}`, specifier, `imported from ${specifier}, which is not read`) };
  if (isTensorFlowCopy(path, m.workspace.read(path) ?? '')) return { value: new Namespace(['tf']) };
  const module = loadModule(m, path);
  if (module.refused) return { value: new Unknown(`import:${specifier}`, specifier, `imported from ${specifier}: ${module.refused}`) };
  return { module };
}

/** The value of a JSON file, made new for each import, so that no one sees what another one changes. */
function jsonModule(m: Machine, path: string, specifier: string): Value {
  try {
    return fromJson(JSON.parse(m.workspace.read(path) ?? '') as Json);
  } catch {
    return new Unknown(`import:${specifier}`, specifier, `imported from ${specifier}, which is no JSON that can be read`);
  }
}

/** What `import { name }` finds. */
export function importedName(m: Machine, from: Imported, name: string): Value {
  if ('module' in from) return exportOf(m, from.module, name);
  const { value } = from;
  if (value instanceof Obj && name !== 'default') return value.properties.get(name) ?? value.open?.member(name);
  if (value instanceof Obj || value instanceof Arr) return value;
  if (value instanceof Namespace) return name === 'default' ? value : new Namespace([...value.path, name]);
  return value instanceof Unknown ? new Unknown(`${value.key}.${name}`, name === 'default' ? value.name : name, value.reason) : undefined;
}

export function exportOf(m: Machine, module: Module, name: string): Value {
  const found = module.exports.get(name);
  if (found) return found();
  const whole = commonJsExports(module);
  const isUntouched = whole instanceof Obj && whole.properties.size === 0;
  if (name === 'default' && !isUntouched) return whole;
  const fromCommonJs = isUntouched ? undefined : m.interpreter.getMember(whole, name, { path: module.path, start: 0, end: 0 });
  if (fromCommonJs !== undefined) return fromCommonJs;
  const why = module.running
    ? `${name} is read before its module has run (the imports form a cycle)`
    : `${module.path.split('/').at(-1) ?? ''} exports no ${name}`;
  return new Unknown(`export:${module.path}:${name}`, name, why);
}

/** What `require` gives: `module.exports` as it stands. */
export const commonJsExports = (module: Module): Value => module.commonJs.properties.get('exports');

function moduleObject(): Obj {
  const object = new Obj();
  object.properties.set('exports', new Obj());
  return object;
}

/** `import * as name`, and what `require` gives of an ES module. */
export function namespaceOf(m: Machine, from: Imported): Value {
  if ('value' in from) return from.value;
  const { module } = from;
  if (module.exports.size === 0) return commonJsExports(module);
  const whole = new Obj();
  for (const name of module.exports.keys()) whole.properties.set(name, exportOf(m, module, name));
  return whole;
}
