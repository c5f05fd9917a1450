import type { ts } from 'ts-morph';
import { isDefaultClause } from '../syntax/kinds';
import type { Machine } from '../machine';
import { Environment } from '../state/environment';
import type { Completion } from './completion';
import { equals } from '../operations/conditions';
import { evaluate } from './expressions';
import { continueSides, executeList, hoist, onCondition } from './statements';

/** A switch is a chain of comparisons; from the clause that matches, the rest runs until a break. */
export function executeSwitch(m: Machine, node: ts.SwitchStatement, scope: Environment): Completion {
  const subject = evaluate(m, node.expression, scope);
  const clauses = node.caseBlock.clauses;
  const inner = new Environment(scope, false);
  for (const clause of clauses) hoist(m, clause.statements, inner);
  const runFrom = (index: number): Completion =>
    executeList(
      m,
      clauses.slice(index).flatMap((clause) => [...clause.statements]),
      inner,
    );
  const fallback = clauses.findIndex(isDefaultClause);
  const test = (index: number): Completion => {
    const clause = clauses[index];
    if (!clause) return fallback < 0 ? undefined : runFrom(fallback);
    if (isDefaultClause(clause)) return test(index + 1);
    const matches = m.each(subject, (one) =>
      m.each(evaluate(m, clause.expression, inner), (label) => equals(m, m.settle(one), label, false)),
    );
    return onCondition(
      m,
      matches,
      () => runFrom(index),
      () => test(index + 1),
    );
  };
  return endBreaks(m, test(0), undefined);
}

/** Ends a `break` (of this label, or of none) here; other ends go on outwards. */
export function endBreaks(m: Machine, completion: Completion, label: string | undefined): Completion {
  const isOurs = (end: Completion): boolean => end?.type === 'break' && (end.label === undefined || end.label === label);
  if (completion?.type !== 'split') return isOurs(completion) ? undefined : completion;
  const sides = completion.sides.map((side) => (isOurs(side.completion) ? { ...side, completion: undefined } : side));
  return continueSides(m, sides, () => undefined);
}
