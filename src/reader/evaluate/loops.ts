import type { ts } from 'ts-morph';
import {
  isDoStatement,
  isForInStatement,
  isForOfStatement,
  isForStatement,
  isIdentifier,
  isVariableDeclarationList,
  isWhileStatement,
  NodeFlags,
  SyntaxKind,
} from '../syntax/kinds';
import type { Machine } from '../machine';
import { Environment } from '../state/environment';
import { Arr, Obj } from '../state/heap';
import { Choice, PromiseValue, Unknown, type GeneratorValue, type Value } from '../values/values';
import { settleSides, type Abrupt, type Completion, type Side } from './completion';
import { decide } from '../operations/conditions';
import { evaluate } from './expressions';
import { consume, Enough, generatorOf } from './generators';
import { guessedItems, iterate, tried } from '../operations/iterate';
import { ownKeys } from '../operations/ownKeys';
import { boundOf } from './loopBounds';
import { assignTo, bindPattern } from './patterns';
import { blurred, continueSides, execute, executeDeclarations, executeSides } from './statements';

export type Loop = ts.ForStatement | ts.WhileStatement | ts.DoStatement | ts.ForOfStatement | ts.ForInStatement;

export const isLoop = (node: ts.Node): node is Loop =>
  isForStatement(node) || isWhileStatement(node) || isDoStatement(node) || isForOfStatement(node) || isForInStatement(node);

/** A loop whose rounds build nothing is left after so many; one that waits for events never ends by itself. */
const MAX_ROUNDS = 5_000;
/** A loop without a condition waits for something outside of what is read. */
const MAX_ENDLESS_ROUNDS = 100;

const mostRounds = (node: ts.ForStatement | ts.WhileStatement | ts.DoStatement): number => {
  const test = isForStatement(node) ? node.condition : node.expression;
  return test === undefined || test.kind === SyntaxKind.TrueKeyword ? MAX_ENDLESS_ROUNDS : MAX_ROUNDS;
};

export function executeLoop(m: Machine, node: Loop, scope: Environment, label: string | undefined): Completion {
  if (isForOfStatement(node) || isForInStatement(node)) return executeForEach(m, node, scope, label);
  const inner = new Environment(scope, false);
  if (isForStatement(node) && node.initializer) {
    if (isVariableDeclarationList(node.initializer)) {
      for (const one of node.initializer.declarations)
        if (isIdentifier(one.name) && node.initializer.flags & NodeFlags.BlockScoped) inner.put(one.name.text, undefined);
      executeDeclarations(m, node.initializer, inner);
    } else evaluate(m, node.initializer, inner);
  }
  return rounds(m, node, inner, label, 0);
}

function rounds(
  m: Machine,
  node: ts.ForStatement | ts.WhileStatement | ts.DoStatement,
  scope: Environment,
  label: string | undefined,
  done: number,
): Completion {
  m.journal.begin();
  let isOpen = true;
  try {
    for (let round = done; round < mostRounds(node); round++) {
      m.tick();
      const decision = testRound(m, node, scope, round);
      if (decision === false) return undefined;
      if (decision instanceof Choice && m.canFork) {
        // Each side of what is not known has a number of rounds of its own.
        const sides = decision.alternatives.map(({ literals }) => ({ literals, run: () => rounds(m, node, scope, label, round) }));
        return executeSides(m, sides);
      }
      if (decision !== true) return unknownRounds(m, node, scope, label);
      const end = oneRound(m, node, scope);
      if (end?.type === 'split') return splitRound(m, end.sides, label, () => rounds(m, node, scope, label, round + 1));
      const out = afterRound(end, label);
      if (out !== 'on') return out.completion;
    }
    isOpen = false;
    leaveUnfinished(m, node);
    return undefined;
  } finally {
    if (isOpen) m.journal.commit();
  }
}

/** Whether another round runs; a choice where that depends on conditions, undefined where it is not known. */
function testRound(
  m: Machine,
  node: ts.ForStatement | ts.WhileStatement | ts.DoStatement,
  scope: Environment,
  round: number,
): boolean | Choice | undefined {
  const test = isForStatement(node) ? node.condition : isDoStatement(node) && round === 0 ? undefined : node.expression;
  const goesOn = test ? m.settle(evaluate(m, test, scope)) : true;
  if (goesOn instanceof Choice) return goesOn;
  const decision = decide(m, goesOn);
  return typeof decision === 'boolean' ? decision : undefined;
}

/** The loop runs longer than is followed: whatever it changes is unknown from here on. */
function leaveUnfinished(m: Machine, node: ts.ForStatement | ts.WhileStatement | ts.DoStatement): void {
  const delta = m.journal.end();
  const reason = `the loop at line ${lineOf(m, node)} runs more than ${mostRounds(node).toLocaleString('en-US')} rounds`;
  m.limits.add(reason);
  m.journal.blur([delta], new Unknown(m.freshKey('loop'), '?', reason));
}

/** Ends of a round that stay inside the loop. */
const withoutLoopEnds = (end: Completion): Completion => (end?.type === 'break' || end?.type === 'continue' ? undefined : end);

/** The body once, and the step to the next round. */
function oneRound(m: Machine, node: ts.ForStatement | ts.WhileStatement | ts.DoStatement, scope: Environment): Completion {
  const own = isForStatement(node) ? copyOf(scope) : scope;
  const end = execute(m, node.statement, own);
  const step = (): Completion => {
    if (!isForStatement(node)) return undefined;
    if (own !== scope) for (const name of own.names()) m.assign(scope, name, own.own(name));
    if (node.incrementor) evaluate(m, node.incrementor, scope);
    return undefined;
  };
  if (end?.type !== 'split') {
    if (!end || end.type === 'continue') step();
    return end;
  }
  return continueSides(
    m,
    end.sides.map((side) => (side.completion?.type === 'continue' ? { ...side, completion: undefined } : side)),
    step,
  );
}

/** Each round of a `for` has variables of its own, which closures of that round keep. */
function copyOf(scope: Environment): Environment {
  const own = new Environment(scope.outer, false);
  for (const name of scope.names()) own.put(name, scope.own(name));
  return own;
}

/** What a round's end means for the loop: 'on', or how the loop ends. */
function afterRound(end: Abrupt | undefined, label: string | undefined): 'on' | { readonly completion: Abrupt | undefined } {
  if (!end) return 'on';
  if (end.type === 'continue' && (end.label === undefined || end.label === label)) return 'on';
  if (end.type === 'break' && (end.label === undefined || end.label === label)) return { completion: undefined };
  return { completion: end };
}

/** The end of a loop that a round has left. */
const BREAK = { type: 'break', label: undefined } as const;

/** A round whose sides end differently: those that go on run the rest of the loop for themselves. */
function splitRound(m: Machine, sides: readonly Side[], label: string | undefined, rest: () => Completion): Completion {
  const ends: Side[] = sides.map((side) => {
    const out = afterRound(side.completion, label);
    return out === 'on' ? { ...side, completion: undefined } : { ...side, completion: out.completion ?? BREAK };
  });
  if (!m.canFork) {
    m.limits.add('a loop that may end at every round is followed for a few rounds only');
    return settleSides(
      m,
      ends.map((side) => ({ ...side, completion: side.completion === BREAK ? undefined : side.completion })),
    );
  }
  const end = continueSides(m, ends, rest);
  if (end?.type !== 'split') return end === BREAK ? undefined : end;
  return continueSides(
    m,
    end.sides.map((side) => (side.completion === BREAK ? { ...side, completion: undefined } : side)),
    () => undefined,
  );
}

/** It is not known how often the loop runs: once, twice and three times are read, each as a case of its own. */
function unknownRounds(
  m: Machine,
  node: ts.ForStatement | ts.WhileStatement | ts.DoStatement,
  scope: Environment,
  label: string | undefined,
): Completion {
  if (!m.canFork) return blurred(m, [() => withoutLoopEnds(oneRound(m, node, scope))]);
  const key = `rounds:${m.file.fileName}:${node.pos}:${m.callStack.map((at) => at.start).join('/')}`;
  const bound = boundOf(m, node, scope);
  return executeSides(
    m,
    [1, 2, 3].map((count) => {
      const text = `${count} round${count > 1 ? 's' : ''} of the loop at line ${lineOf(m, node)}`;
      const literals = bound
        ? tried(key, count, `${bound.unknown.name} === ${bound.afterRounds(count)}`, {
            unknown: bound.unknown,
            value: bound.afterRounds(count),
          })
        : tried(key, count, text);
      return { literals, run: () => certainRounds(m, node, scope, label, count) };
    }),
  );
}

/** So many rounds, without asking the loop's condition. */
function certainRounds(
  m: Machine,
  node: ts.ForStatement | ts.WhileStatement | ts.DoStatement,
  scope: Environment,
  label: string | undefined,
  left: number,
): Completion {
  for (let still = left; still > 0; still--) {
    const end = oneRound(m, node, scope);
    if (end?.type === 'split') return splitRound(m, end.sides, label, () => certainRounds(m, node, scope, label, still - 1));
    const out = afterRound(end, label);
    if (out !== 'on') return out.completion;
  }
  return undefined;
}

function executeForEach(
  m: Machine,
  node: ts.ForOfStatement | ts.ForInStatement,
  scope: Environment,
  label: string | undefined,
): Completion {
  const collection = m.settle(evaluate(m, node.expression, scope));
  const generator = isForOfStatement(node) ? generatorOf(m, collection) : undefined;
  if (generator) return overGenerator(m, node, scope, label, generator);
  return overCollection(m, collection, (items) => eachItem(m, node, scope, label, items, 0), isForInStatement(node));
}

/** Runs `body` with the items of a collection, in each of its versions, or with guessed items where they are not known. */
function overCollection(m: Machine, collection: Value, body: (items: readonly Value[]) => Completion, keys: boolean): Completion {
  if (collection instanceof Choice && m.canFork) {
    return executeSides(
      m,
      collection.alternatives.map(({ literals, value }) => ({ literals, run: () => overCollection(m, m.settle(value), body, keys) })),
    );
  }
  if (collection instanceof Arr && collection.versions && m.canFork) {
    return executeSides(
      m,
      collection.versions
        .filter(({ literals }) => m.assumptions.allows(literals))
        .map(({ literals, state }) => ({ literals, run: () => body(keys ? state.items.map((_, i) => String(i)) : state.items) })),
    );
  }
  const items = keys ? keysOf(collection) : iterate(m, collection);
  if (items) return body(items);
  const unknown =
    collection instanceof Unknown
      ? collection
      : collection instanceof Arr && collection.open
        ? collection.open
        : new Unknown(m.freshKey('items'), 'items', 'it is not known what is iterated');
  if (!m.canFork) return blurred(m, [() => withoutLoopEnds(body([unknown.member('0')]))]);
  return executeSides(
    m,
    guessedItems(unknown).map(({ literals, items: guessed }) => ({ literals, run: () => body(guessed) })),
  );
}

/** The body runs where the generator yields: both see what the other has done so far. */
function overGenerator(
  m: Machine,
  node: ts.ForOfStatement | ts.ForInStatement,
  scope: Environment,
  label: string | undefined,
  generator: GeneratorValue,
): Completion {
  let completion: Completion;
  let rounds = 0;
  consume(m, generator, (item) => {
    const end = eachItem(m, node, scope, label, [item instanceof PromiseValue ? item.inner : item], 0, true);
    if (end?.type === 'split') {
      m.limits.add('a loop over a generator that may end at every round is followed as if it did not');
      settleSides(
        m,
        end.sides.map((side) => ({ ...side, completion: undefined })),
      );
    } else if (end) {
      completion = end === BREAK ? undefined : end;
      throw new Enough();
    }
    if (++rounds < MAX_ROUNDS) return;
    m.limits.add(`the loop at line ${lineOf(m, node)} runs more than ${MAX_ROUNDS.toLocaleString('en-US')} rounds`);
    throw new Enough();
  });
  return completion;
}

function keysOf(value: Value): readonly Value[] | undefined {
  if (value instanceof Obj && !value.open) return ownKeys(value);
  if (value instanceof Arr && !value.open) return value.items.map((_, i) => String(i));
  return undefined;
}

function eachItem(
  m: Machine,
  node: ts.ForOfStatement | ts.ForInStatement,
  scope: Environment,
  label: string | undefined,
  items: readonly Value[],
  from: number,
  tellsBreak = false,
): Completion {
  for (let i = from; i < items.length; i++) {
    m.tick();
    const inner = new Environment(scope, false);
    const { initializer } = node;
    if (isVariableDeclarationList(initializer)) {
      const [declaration] = initializer.declarations;
      const isVar = !(initializer.flags & NodeFlags.BlockScoped);
      if (declaration)
        bindPattern(m, declaration.name, itemOf(node, items[i]), inner, (name, bound) =>
          m.assign(isVar ? (scope.find(name.text) ?? inner) : inner, name.text, bound),
        );
    } else assignTo(m, initializer, itemOf(node, items[i]), inner);
    const end = execute(m, node.statement, inner);
    if (end?.type === 'split') return splitRound(m, end.sides, label, () => eachItem(m, node, scope, label, items, i + 1));
    const out = afterRound(end, label);
    if (out !== 'on') return out.completion ?? (tellsBreak ? BREAK : undefined);
  }
  return undefined;
}

/** `for await` waits for each item. */
const itemOf = (node: ts.ForOfStatement | ts.ForInStatement, item: Value): Value =>
  isForOfStatement(node) && node.awaitModifier && item instanceof PromiseValue ? item.inner : item;

const lineOf = (m: Machine, node: ts.Node): number => m.file.getLineAndCharacterOfPosition(node.getStart(m.file)).line + 1;
