import type { ts } from 'ts-morph';
import {
  canHaveModifiers,
  forEachChild,
  getModifiers,
  isArrowFunction,
  isCallExpression,
  isConstructorDeclaration,
  isExportDeclaration,
  isFunctionExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isVariableDeclaration,
  SyntaxKind,
} from './syntax/kinds';

import { construct } from './evaluate/classes';
import { callClosure, markRun } from './evaluate/functions';
import { loadModule } from './evaluate/modules';
import { scriptsOfPage } from './evaluate/pageScripts';
import { bystanders } from './syntax/bystanders';
import { isPage } from './syntax/page';
import { factsOf } from './syntax/statementFacts';
import { parametersOf } from './syntax/parameters';
import { boundIdentifiers } from './evaluate/patterns';
import type { Module } from './state/module';
import { isStatedIn, statedFor } from './statements/stated';
import { lineage } from './values/lineage';
import { OutOfSteps, Thrown, type Machine } from './machine';
import { missedFunctions } from './missed';
import type { Environment } from './state/environment';
import { Obj } from './state/heap';
import { noted } from './rootRuns';
import { LayerValue, type Origin } from './tf/entities';
import { Closure, GeneratorValue, Namespace, Unknown, type ClassValue, type Value } from './values/values';

/** Entry points beyond this many are left out, and said to be; a large file may have one in so many characters. */
const MAX_ROOTS = 400;
const CHARACTERS_A_ROOT = 500;
const MAX_CALLERS = 16;
/** The part of the budget that is kept for the functions that the entry points did not come to. */
const KEPT_FOR_MISSED = 1 / 8;
/** The part that callers leave to the functions of the file that is read. */
const KEPT_FOR_OWN = 1 / 3;
/** The part of what is left that one function may take: those after it have theirs, however many do not end. */
const SHARE_OF_LEFT = 1 / 4;

/** What is done with the functions, methods and classes of a file that nothing has called. */
export interface RootHandling {
  /** Whether one is run at all. */
  isWanted(node: ts.Node): boolean;
  /** Runs it. */
  around<T>(node: ts.Node, run: () => T): T;
}

export type OwnRoots = (m: Machine, file: ts.SourceFile) => RootHandling;

const PLAINLY: RootHandling = { isWanted: () => true, around: (_, run) => run() };
const ALL_ROOTS: OwnRoots = (m, file) => ({ isWanted: () => true, around: (node, run) => noted(m, file, node, run) });

/**
 * Runs a file's entry points: its top level; what the files that import it do with it; then every function and method that nothing has called,
 * with arguments that are unknown under the names of its parameters.
 *
 * @param ownRoots which of the file's own functions and methods are run, and how.
 */
export function runRoots(m: Machine, path: string, ownRoots: OwnRoots = ALL_ROOTS): Module | undefined {
  const kept = m.settings.stepBudget * KEPT_FOR_MISSED;
  const share = m.settings.stepBudget - kept;
  m.keepBack(kept);
  const callers = m.workspace
    .callersOf(path)
    .filter((one) => !isTest(one))
    .slice(0, MAX_CALLERS);
  for (const caller of callers) m.touched.add(caller);
  m.root = path;
  // A script runs where its page has it, after those that it builds on.
  const page = callers.find((one) => isPage(one) && loadsScript(m, one, path));
  if (page !== undefined) inPage(m, page, () => loadGuarded(m, page, share * 0.5));
  else if (isPage(path)) m.pages.begin();
  m.root = path;
  guarded(m, share * 0.5, 'the top level', () => loadModule(m, path));
  if (isPage(path)) m.pages.end();
  const module = m.modules.get(path);
  if (!module?.file) return module;
  // However much the callers do, the file's own functions have their part.
  m.keepBack(kept + share * KEPT_FOR_OWN);
  runCallers(m, path, callers, share / 16);
  m.keepBack(kept);
  m.root = path;
  const handling = ownRoots(m, module.file);
  runUncalled(m, path, module.file, share / 4, handling);
  m.keepBack(0);
  runMissed(m, path, module.file, kept / 4, handling);
  return module;
}

/**
 * An entry point may end before it comes to a layer: it throws, it runs out of steps, or what calls the function is not read. The function itself is
 * then read with unknown arguments.
 */
function runMissed(m: Machine, path: string, file: ts.SourceFile, steps: number, { isWanted, around }: RootHandling): void {
  for (const closure of missedFunctions(m, path, file)) {
    if (!isWanted(closure.node)) continue;
    forgetUncertain(m);
    const known = new Set(m.layers.map(({ origin }) => siteOf(origin)));
    const before = m.layers.length;
    around(closure.node, () => guarded(m, steps, closure.name, () => runRoot(m, closure, 'whose calls were not followed this far')));
    // Lines that were come to before have told what they make: only what was missed is new.
    const news = m.layers.splice(before).filter(({ origin }) => !known.has(siteOf(origin)));
    m.layers.push(...news);
  }
}

const siteOf = ({ path, name }: Origin): string => `${path}#${name.start}`;

/** What the callers do by themselves first, then what is in them and nothing has called: training loops and the like must not use up what all share. */
function runCallers(m: Machine, path: string, callers: readonly string[], steps: number): void {
  const enter = (caller: string, run: () => void): void => {
    m.root = caller;
    if (isPage(caller)) inPage(m, caller, run);
    else run();
  };
  const all = [...callers];
  // The list grows while it is gone through: who imports a file that hands on what it imports is a caller too.
  for (const caller of all) {
    enter(caller, () => loadGuarded(m, caller, steps));
    if (!reexports(m.modules.get(caller)?.file)) continue;
    const more = m.workspace.callersOf(caller).filter((one) => one !== path && !isTest(one) && !all.includes(one));
    for (const one of more.filter((other) => mentionsExports(m, other, path)).slice(0, Math.max(0, MAX_HANDED_ON - all.length))) {
      m.touched.add(one);
      all.push(one);
    }
  }
  for (const caller of all)
    enter(caller, () => {
      const scripts = isPage(caller) ? scriptsOfPage(m, caller).map((script) => script.path) : [];
      for (const other of [...scripts, caller]) {
        const file = m.modules.get(other)?.file;
        if (file && other !== path) runUncalled(m, other, file, isPage(caller) ? steps / 2 : steps);
      }
    });
}

function loadGuarded(m: Machine, path: string, steps: number): void {
  m.root = path;
  guarded(m, steps, path.split('/').at(-1) ?? path, () => loadModule(m, path));
}

/** Runs what a page runs, with the scopes of its scripts in sight of each other. */
function inPage(m: Machine, page: string, run: () => void): void {
  m.pages.begin();
  for (const { path, isModule } of scriptsOfPage(m, page)) {
    const known = m.modules.get(path);
    if (known && !isModule) m.pages.add(known.scope);
  }
  run();
  m.pages.end();
}

/** Callers behind index files are read where there are few callers: whole libraries hand on everything in this way. */
const MAX_HANDED_ON = 4;

/** Whether a file names something that a module exports: who imports an index file for something else is no caller. */
function mentionsExports(m: Machine, caller: string, path: string): boolean {
  const text = m.workspace.read(caller) ?? '';
  const names = [...(m.modules.get(path)?.exports.keys() ?? [])];
  return names.some((name) => name !== 'default' && text.includes(name));
}

const reexports = (file: ts.SourceFile | undefined): boolean =>
  file?.statements.some((statement) => isExportDeclaration(statement) && statement.moduleSpecifier !== undefined) ?? false;

/** Tests call a builder with sizes of their own, which say nothing about the program. */
const isTest = (path: string): boolean =>
  /(^|\/)(__tests__|tests?|spec)\/|[._-](test|spec)\.[cm]?[jt]sx?$|(^|\/)tests?[._-][^/]*\.[cm]?[jt]sx?$|(^|\/)test\.[cm]?[jt]sx?$/i.test(
    path,
  );

const loadsScript = (m: Machine, page: string, path: string): boolean =>
  scriptsOfPage(m, page).some((script) => script.path === path && !script.isModule);

/** Runs an entry point within its own share of the budget, so that one that never ends leaves the others theirs. False where it throws. */
function guarded(m: Machine, steps: number, what: string, run: () => void): boolean {
  m.rootIndex++;
  const before = { file: m.file, stack: m.callStack.length };
  m.allow(steps);
  try {
    run();
    return true;
  } catch (error) {
    if (error instanceof OutOfSteps) m.limits.add(`${what} was not read to its end: it takes more steps than one reading may`);
    else if (error instanceof RangeError) m.limits.add(`${what} was not read to its end: it nests too deeply`);
    else if (!(error instanceof Thrown)) throw error;
    return !(error instanceof Thrown);
  } finally {
    m.file = before.file;
    m.callStack.length = before.stack;
  }
}

function runUncalled(m: Machine, path: string, file: ts.SourceFile, steps: number, { isWanted, around }: RootHandling = PLAINLY): void {
  const mentions = countNames(file);
  const isEntry = (closure: Closure): boolean => (mentions.get(closure.name) ?? 0) <= 1 || isHandler(closure.node);
  const cannotMatter = bystanders(file, m.modules.size > 1);
  const thrown: Closure[] = [];
  const most = Math.max(MAX_ROOTS, Math.round(file.text.length / CHARACTERS_A_ROOT));
  let runs = 0;
  /** False where there are too many. */
  const runAll = (wanted: (closure: Closure) => boolean): boolean => {
    for (const closure of m.functions.uncalled()) {
      if (!isRootOf(closure, path) || !wanted(closure) || cannotMatter(closure.node) || !isWanted(closure.node)) continue;
      if (++runs > most) {
        m.limits.add(`more than ${most} functions are called from nowhere; the rest was not read`);
        return false;
      }
      if (!around(closure.node, () => runRootGuarded(m, closure, steps))) thrown.push(closure);
    }
    return true;
  };
  for (const [made, method] of templateMethods(m, path)) {
    if (cannotMatter(made.node) || !(isWanted(made.node) || isWanted(method.node))) continue;
    around(made.node, () => guarded(m, steps, method.name, () => runRoot(m, method, NOT_CALLED, instanceFor(m, made))));
  }
  if (!runAll(isEntry) || !runAll(() => true)) return;
  const idle = (made: ClassValue): boolean => made.path === path && !m.instances.has(made) && !isOwnKind(made);
  for (const made of m.classes.filter((one) => idle(one) && !cannotMatter(one.node) && isWanted(one.node))) {
    around(made.node, () => guarded(m, steps, made.name, () => void instanceFor(m, made)));
    if (!runAll(() => true)) return;
  }
  // What throws at first ("call load() before") may do its work once the others have run.
  for (const closure of thrown) around(closure.node, () => runRootGuarded(m, closure, steps));
}

/** False where the function ended by throwing. */
function runRootGuarded(m: Machine, closure: Closure, steps: number): boolean {
  markRun(m, closure.node);
  forgetUncertain(m);
  m.isTentative = true;
  try {
    return guarded(m, Math.min(steps, m.left * SHARE_OF_LEFT), closure.name, () => runRoot(m, closure));
  } finally {
    m.isTentative = false;
  }
}

const isRootOf = (closure: Closure, path: string): boolean =>
  closure.path === path && closure.node.body !== undefined && isRunnable(closure);

/**
 * Methods of bases that call what a class of the file fills in (`init` of a base calls `this.buildModel()`): they run on an instance of that class,
 * and so its own methods run in the order in which the base wants them.
 */
function templateMethods(m: Machine, path: string): readonly (readonly [ClassValue, Closure])[] {
  return m.classes.flatMap((made) => {
    if (made.path !== path || isOwnKind(made)) return [];
    const [, ...bases] = lineage(made).classes;
    const inherited = bases.flatMap((base) =>
      [...base.methods].filter(([name, method]) => !made.methods.has(name) && !m.functions.has(method.node)),
    );
    return inherited.filter(([, method]) => callsOneOf(method.node, made.methods)).map(([, method]) => [made, method] as const);
  });
}

/** True where a function's body calls `this.name` of one of these names. */
function callsOneOf(node: ts.Node, names: ReadonlyMap<string, unknown>): boolean {
  return (
    forEachChild(node, function visit(child): boolean | undefined {
      const isCall = isCallExpression(child) && isPropertyAccessExpression(child.expression);
      if (isCall && child.expression.expression.kind === SyntaxKind.ThisKeyword && names.has(child.expression.name.text)) return true;
      return forEachChild(child, visit);
    }) ?? false
  );
}

/** A layer or model class, which the program's own use makes what it is. */
const isOwnKind = (one: ClassValue): boolean => lineage(one).root instanceof Namespace;

/** Methods of TensorFlow.js' own kinds of classes run when a layer is applied, not by themselves. */
function isRunnable(closure: Closure): boolean {
  return !closure.home || !isOwnKind(closure.home);
}

/** A function that is handed on as it is written has no name that others could call it by. */
const isHandler = (node: ts.Node): boolean =>
  (isArrowFunction(node) || isFunctionExpression(node)) && node.parent !== undefined && !isVariableDeclaration(node.parent);

/** How often each name is written in a file, exports and declarations left out. */
function countNames(file: ts.SourceFile): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const statement of file.statements)
    for (const [name, count] of factsOf(statement).names) counts.set(name, (counts.get(name) ?? 0) + count);
  return counts;
}

function runRoot(m: Machine, closure: Closure, why = NOT_CALLED, on?: Value): void {
  const { node } = closure;
  const at = { path: closure.path, start: node.pos, end: node.end };
  const args = unknownParameters(m, node, closure.name, closure.path, closure.scope, why);
  if (closure.home && !canHaveModifiers(node)) return;
  const isStatic = canHaveModifiers(node) && getModifiers(node)?.some((one) => one.kind === SyntaxKind.StaticKeyword);
  const self = on ?? (closure.home ? (isStatic ? closure.home : instanceFor(m, closure.home)) : ownerOf(m, closure));
  const depth = m.callStack.length;
  m.mayLackArguments = args.includes(undefined) || closure.scope.outer !== undefined;
  try {
    m.inRoot(() => {
      if (makesInstances(closure)) return void instanceFor(m, closure);
      const made = callClosure(m, closure, self, args, at);
      if (made instanceof GeneratorValue) m.interpreter.collect(made);
    });
  } finally {
    m.mayLackArguments = false;
    m.callStack.length = depth;
  }
}

/** What `this` is in a function that no class has: the object or the prototype that it was written into. */
function ownerOf(m: Machine, { owner, boundThis }: Closure): Value {
  return owner === undefined || owner instanceof Obj ? (owner ?? boundThis) : instanceFor(m, owner);
}

/** A function with a prototype of its own is a constructor. */
function makesInstances({ properties }: Closure): boolean {
  const prototype = properties?.properties.get('prototype');
  return prototype instanceof Obj && prototype.properties.size > 0;
}

/** An instance that the program made, else a fresh one. */
function instanceFor(m: Machine, home: ClassValue | Closure): Value {
  const known = m.instances.get(home);
  if (known) return known;
  if (home instanceof Closure) {
    const { node, name, path, scope } = home;
    return construct(m, home, unknownParameters(m, node, name, path, scope), { path, start: node.pos, end: node.end });
  }
  const constructor = home.node.members.find(
    (member): member is ts.ConstructorDeclaration => isConstructorDeclaration(member) && member.body !== undefined,
  );
  const args = constructor ? unknownParameters(m, constructor, home.name, home.path, home.scope) : [];
  const made = construct(m, home, args, { path: home.path, start: home.node.pos, end: home.node.end });
  if (made instanceof Obj) m.instances.set(home, made);
  // The program made no such layer: it only stands for one while a method runs.
  if (made instanceof LayerValue) m.layers.splice(m.layers.indexOf(made), 1);
  return made;
}

const NOT_CALLED = 'called from no file of this project';

/** Arguments that no call gives: what a comment states, a default where the source has one, else an unknown under the parameter's name. */
function unknownParameters(
  m: Machine,
  node: ts.FunctionLikeDeclaration,
  owner: string,
  path: string,
  scope: Environment,
  why = NOT_CALLED,
): readonly Value[] {
  const file = m.modules.get(path)?.file;
  return parametersOf(node).map((parameter, i) => {
    if (parameter.initializer && isIdentifier(parameter.name)) return statedFor(m, file, parameter.name, scope);
    if (parameter.initializer && !isStatedIn(m, file, boundIdentifiers(parameter.name), scope)) return undefined;
    const name = isIdentifier(parameter.name) ? parameter.name.text : `argument ${i + 1}`;
    return new Unknown(`param:${path}:${node.pos}:${i}`, name, `parameter of ${owner}, ${why}`);
  });
}

/** A name or field that several entry points assign has no certain value in the next one. */
function forgetUncertain(m: Machine): void {
  const scopes = [m.globals, ...[...m.modules.values()].map((module) => module.scope)];
  for (const scope of scopes) forget(scope.assignedAt, (name) => m.assign(scope, name, uncertain(name)));
  for (const object of m.assigned)
    forget(object.assignedAt, (name) => object.properties.set(name, uncertain(object.classOf ? `this.${name}` : name)));
}

function forget(assigned: Environment['assignedAt'], lose: (name: string) => void): void {
  for (const [name, places] of assigned) {
    if (places.size < 2) continue;
    lose(name);
    places.clear();
  }
}

const uncertain = (name: string): Unknown =>
  new Unknown(`several:${name}`, name, 'several functions assign it, and it is not known which runs first');
