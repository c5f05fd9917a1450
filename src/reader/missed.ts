import { ts } from 'ts-morph';
import type { Machine } from './machine';
import { factoryCalls } from './report/syntax';
import type { Closure } from './values/values';

/**
 * The functions around calls of layer factories that no entry point has come to, each once, innermost first. A function that has run to its end
 * is none of them: what it did not come to then is not on its way.
 */
export function* missedFunctions(m: Machine, path: string, file: ts.SourceFile): Generator<Closure> {
  const calls = factoryCalls(file);
  const tried = new Set<ts.Node>();
  let reached = reachedIn(m, path);
  for (const { call, name } of calls) {
    for (let around = enclosing(call); around && !reached.has(name.start); around = enclosing(around)) {
      const closure = m.functions.firstOf(around);
      if (!closure || tried.has(around) || m.functions.hasFinished(around)) continue;
      tried.add(around);
      yield closure;
      // It has run meanwhile.
      reached = reachedIn(m, path);
    }
  }
}

/** Where layers were made: the offsets of their factories' names. */
const reachedIn = (m: Machine, path: string): ReadonlySet<number> =>
  new Set(m.layers.flatMap(({ origin }) => (origin.path === path ? [origin.name.start] : [])));

function enclosing(node: ts.Node): ts.Node | undefined {
  for (let at: ts.Node | undefined = node.parent; at; at = at.parent) if (ts.isFunctionLike(at)) return at;
  return undefined;
}
