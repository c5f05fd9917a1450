import type { ts } from 'ts-morph';
import {
  canHaveModifiers,
  forEachChild,
  getModifiers,
  isAsExpression,
  isBlock,
  isBreakStatement,
  isClassDeclaration,
  isClassLike,
  isContinueStatement,
  isEnumDeclaration,
  isExportAssignment,
  isExpression,
  isExpressionStatement,
  isFunctionDeclaration,
  isFunctionLike,
  isIdentifier,
  isIfStatement,
  isImportEqualsDeclaration,
  isLabeledStatement,
  isModuleDeclaration,
  isObjectLiteralExpression,
  isReturnStatement,
  isSatisfiesExpression,
  isSwitchStatement,
  isThrowStatement,
  isTryStatement,
  isVariableDeclarationList,
  isVariableStatement,
  NodeFlags,
  SyntaxKind,
} from '../syntax/kinds';
import { Thrown, type Machine } from '../machine';
import type { Literal } from '../state/assumptions';
import { Environment, NOT_YET_VALUE } from '../state/environment';
import { adoptAll } from '../state/functionObjects';
import { Obj } from '../state/heap';
import type { Value } from '../values/values';
import { makeClass } from './classes';
import { settleSides, type Completion, type Side } from './completion';
import { decide } from '../operations/conditions';
import { evaluate, placeOf } from './expressions';
import { makeClosure } from './functions';
import { executeLoop, isLoop } from './loops';
import { executeExportAssignment } from './moduleBody';
import { bindPattern, boundNames } from './patterns';
import { executeSwitch } from './switch';
import { executeAlias, executeEnum, executeNamespace } from './declarations';
import { checkStated } from '../statements/stated';
import { noteModelHeld } from '../tf/uses';

/** Declares a list's functions, classes and variables before it runs, as JavaScript does. */
export function hoist(m: Machine, statements: readonly ts.Statement[], scope: Environment): void {
  for (const statement of statements) {
    if (isAmbient(statement)) continue;
    if (isFunctionDeclaration(statement) && statement.body) {
      scope.put(statement.name?.text ?? '%default', makeClosure(m, statement, scope));
    } else if (isVariableStatement(statement)) {
      declare(statement.declarationList, scope);
    } else if (isClassDeclaration(statement)) {
      scope.put(statement.name?.text ?? '%default', NOT_YET_VALUE);
    } else hoistVars(statement, scope);
  }
}

/** `declare const` says that something exists elsewhere. */
const isAmbient = (statement: ts.Statement): boolean =>
  canHaveModifiers(statement) && (getModifiers(statement)?.some((one) => one.kind === SyntaxKind.DeclareKeyword) ?? false);

function declare(list: ts.VariableDeclarationList, scope: Environment): void {
  const isVar = !(list.flags & NodeFlags.BlockScoped);
  let target = scope;
  while (isVar && !target.isFunctionScope && target.outer) target = target.outer;
  for (const one of list.declarations)
    for (const name of boundNames(one.name)) if (!target.hasOwn(name)) target.put(name, isVar ? undefined : NOT_YET_VALUE);
}

/** `var` inside nested statements belongs to the function. */
function hoistVars(node: ts.Node, scope: Environment): void {
  forEachChild(node, (child) => {
    if (isFunctionLike(child) || isClassLike(child) || isExpression(child)) return;
    if (isVariableDeclarationList(child) && !(child.flags & NodeFlags.BlockScoped)) declare(child, scope);
    hoistVars(child, scope);
  });
}

/** Runs statements in order. Where the sides of a condition end differently, each runs the rest of the list for itself. */
export function executeList(
  m: Machine,
  statements: readonly ts.Statement[],
  scope: Environment,
  from = 0,
  onProgress?: (index: number) => void,
): Completion {
  for (let i = from; i < statements.length; i++) {
    const statement = statements[i];
    if (!statement) break;
    onProgress?.(i);
    const completion = execute(m, statement, scope);
    if (!completion) continue;
    if (completion.type !== 'split') return completion;
    return continueSides(m, completion.sides, () => executeList(m, statements, scope, i + 1));
  }
  return undefined;
}

/** Runs what follows on each side that ended normally, then joins the sides by how they end. */
export function continueSides(m: Machine, sides: readonly Side[], rest: () => Completion): Completion {
  const done: Side[] = [];
  for (const side of sides) {
    if (side.completion) {
      done.push(side);
      continue;
    }
    const branch = m.branch(side.literals, rest, side.delta);
    if (branch instanceof Thrown) continue;
    if (branch.value?.type === 'split') done.push(...flatten(m, side.literals, branch.delta, branch.value.sides));
    else done.push({ literals: side.literals, completion: branch.value, delta: branch.delta });
  }
  if (done.length === 0) throw new Thrown(undefined);
  return settleSides(m, done);
}

/** Sides of a split inside a branch, as sides of the state before the branch. */
function flatten(m: Machine, literals: readonly Literal[], outer: Side['delta'], sides: readonly Side[]): readonly Side[] {
  return sides.map((side) => {
    m.journal.begin();
    m.journal.apply(outer);
    m.journal.apply(side.delta);
    return {
      literals: [...literals, ...side.literals.filter((one) => !literals.some((other) => other.key === one.key))],
      completion: side.completion,
      delta: m.journal.end(),
    };
  });
}

/** Runs a body under each of several sets of assumptions and joins the ends. */
export function executeSides(
  m: Machine,
  paths: readonly { readonly literals: readonly Literal[]; readonly run: () => Completion }[],
): Completion {
  const sides: Side[] = [];
  let thrown: Thrown | undefined;
  for (const { literals, run } of paths) {
    const branch = m.branch(literals, run);
    if (branch instanceof Thrown) thrown = branch;
    else if (branch.value?.type === 'split') sides.push(...flatten(m, literals, branch.delta, branch.value.sides));
    else sides.push({ literals, completion: branch.value, delta: branch.delta });
  }
  if (sides.length === 0) throw thrown ?? new Thrown(undefined);
  return settleSides(m, sides);
}

export function execute(m: Machine, node: ts.Statement, scope: Environment): Completion {
  m.tick();
  if (isAmbient(node)) return undefined;
  if (isExpressionStatement(node)) return void evaluate(m, node.expression, scope);
  if (isVariableStatement(node)) return void executeDeclarations(m, node.declarationList, scope);
  if (isReturnStatement(node)) return { type: 'return', value: node.expression ? evaluate(m, node.expression, scope) : undefined };
  if (isIfStatement(node)) return executeIf(m, node, scope);
  if (isBlock(node)) return executeBlock(m, node.statements, scope);
  if (isLoop(node)) return executeLoop(m, node, scope, undefined);
  if (isClassDeclaration(node)) return void m.assign(scope, node.name?.text ?? '%default', makeClass(m, node, scope));
  if (isSwitchStatement(node)) return executeSwitch(m, node, scope);
  if (isBreakStatement(node)) return { type: 'break', label: node.label?.text };
  if (isContinueStatement(node)) return { type: 'continue', label: node.label?.text };
  if (isThrowStatement(node)) throw new Thrown(evaluate(m, node.expression, scope));
  if (isTryStatement(node)) return executeTry(m, node, scope);
  if (isLabeledStatement(node)) return executeLabelled(m, node, scope);
  if (isExportAssignment(node)) return void executeExportAssignment(m, node, scope);
  if (isEnumDeclaration(node)) return void executeEnum(m, node, scope);
  if (isImportEqualsDeclaration(node)) return void executeAlias(m, node, scope);
  if (isModuleDeclaration(node)) return void executeNamespace(m, node, scope);
  return undefined;
}

export function executeBlock(m: Machine, statements: readonly ts.Statement[], scope: Environment): Completion {
  const inner = new Environment(scope, false);
  hoist(m, statements, inner);
  return executeList(m, statements, inner);
}

export function executeDeclarations(m: Machine, list: ts.VariableDeclarationList, scope: Environment): void {
  for (const one of list.declarations) {
    const isVar = !(list.flags & NodeFlags.BlockScoped);
    if (!one.initializer && isVar) continue;
    const value = one.initializer ? evaluate(m, one.initializer, scope) : undefined;
    if (value instanceof Obj && one.initializer && isObjectLiteral(one.initializer)) adoptAll(value, value);
    bindPattern(m, one.name, value, scope, (name, bound) => {
      const target = isVar ? (scope.find(name.text) ?? scope) : scope;
      checkStated(m, name, bound, scope, placeOf(m, one));
      noteModelHeld(m, name, bound);
      m.assign(target, name.text, bound, one.initializer && !isNullLiteral(one.initializer) ? name.pos : undefined);
    });
  }
}

/** Functions written into an object that has a name are its methods. */
const isObjectLiteral = (node: ts.Expression): boolean =>
  isObjectLiteralExpression(isAsExpression(node) || isSatisfiesExpression(node) ? node.expression : node);

/** `let model = null` promises a value for later; it is no assignment of its own. */
const isNullLiteral = (node: ts.Expression): boolean =>
  node.kind === SyntaxKind.NullKeyword || (isIdentifier(node) && node.text === 'undefined');

function executeIf(m: Machine, node: ts.IfStatement, scope: Environment): Completion {
  const otherwise = (): Completion => (node.elseStatement ? execute(m, node.elseStatement, scope) : undefined);
  return onCondition(m, evaluate(m, node.expression, scope), () => execute(m, node.thenStatement, scope), otherwise);
}

/** Runs one side, or both where the condition is not known. */
export function onCondition(m: Machine, condition: Value, yes: () => Completion, no: () => Completion): Completion {
  const settled = m.settle(condition);
  const choices = settled instanceof Object && 'alternatives' in settled ? settled.alternatives : undefined;
  if (choices && m.canFork) {
    return executeSides(
      m,
      choices.map(({ literals, value }) => ({ literals, run: () => onCondition(m, value, yes, no) })),
    );
  }
  const decision = decide(m, settled);
  if (typeof decision === 'boolean') return decision ? yes() : no();
  if (!m.canFork) {
    return blurred(m, [yes, no]);
  }
  return executeSides(m, [
    { literals: decision.ifTrue, run: yes },
    { literals: decision.ifFalse, run: no },
  ]);
}

/** Both sides have run, and what differs is unknown. Where one of them leaves the function, so does the whole: what follows may not run. */
export function blurred(m: Machine, sides: readonly (() => Completion)[]): Completion {
  const ends: Completion[] = [];
  m.blur(sides.map((side) => () => void ends.push(side())));
  const left = ends.find((end) => end !== undefined);
  if (!left) return undefined;
  if (left.type === 'return' || left.type === 'split') return { type: 'return', value: m.tooMany() };
  return left;
}

/** A throw that is known is caught; otherwise the handler is not run, for what would throw there is not known. */
function executeTry(m: Machine, node: ts.TryStatement, scope: Environment): Completion {
  let completion: Completion;
  try {
    completion = executeBlock(m, node.tryBlock.statements, scope);
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
    completion = node.catchClause ? executeCatch(m, node.catchClause, error.value, scope) : undefined;
  }
  const last = node.finallyBlock ? executeBlock(m, node.finallyBlock.statements, scope) : undefined;
  return last ?? completion;
}

function executeCatch(m: Machine, clause: ts.CatchClause, value: Value, scope: Environment): Completion {
  const inner = new Environment(scope, false);
  if (clause.variableDeclaration)
    bindPattern(m, clause.variableDeclaration.name, value, inner, (name, bound) => inner.put(name.text, bound));
  return executeBlock(m, clause.block.statements, inner);
}

function executeLabelled(m: Machine, node: ts.LabeledStatement, scope: Environment): Completion {
  const label = node.label.text;
  const completion = isLoop(node.statement) ? executeLoop(m, node.statement, scope, label) : execute(m, node.statement, scope);
  return completion?.type === 'break' && completion.label === label ? undefined : completion;
}
