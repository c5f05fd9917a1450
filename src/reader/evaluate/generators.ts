import type { ts } from 'ts-morph';
import type { Machine } from '../machine';
import type { Environment } from '../state/environment';
import { Arr } from '../state/heap';
import { iterate } from '../operations/iterate';
import { Unknown, type Value } from '../values/values';
import { evaluate } from './expressions';

/** What a generator has yielded is kept in its scope under this name. */
const YIELDS = '%yields';
/** A generator that yields more is one that feeds a training loop, or never ends. */
const MAX_YIELDS = 1000;

class TooManyYields extends Error {}

/** Runs a generator's body at once and to its end: what it yields, as an array. */
export function runGenerator(m: Machine, scope: Environment, name: string, body: () => void): Value {
  const yields = new Arr();
  scope.put(YIELDS, yields);
  try {
    body();
    return yields;
  } catch (error) {
    if (!(error instanceof TooManyYields)) throw error;
    return new Unknown(m.freshKey('generator'), name, `a generator that yields more than ${MAX_YIELDS} times`);
  }
}

/** `yield value`, `yield* values`; what it comes to is given by whoever asks for the next value. */
export function evaluateYield(m: Machine, node: ts.YieldExpression, scope: Environment): Value {
  const value = node.expression ? evaluate(m, node.expression, scope) : undefined;
  const yields = scope.find(YIELDS)?.own(YIELDS);
  if (yields instanceof Arr)
    m.eachVersion(yields, () => {
      m.journal.touch(yields);
      const items = node.asteriskToken ? iterate(m, value) : [value];
      if (items) yields.items.push(...items);
      else yields.open = new Unknown(m.freshKey('yields'), '?', 'it is not known what a generator yields');
      if (yields.items.length > MAX_YIELDS) throw new TooManyYields();
      return undefined;
    });
  return new Unknown(m.freshKey('yield'), 'yield', 'what next() is given when the program runs');
}
