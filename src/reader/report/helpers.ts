import type { ts } from 'ts-morph';
import type { Helper } from '../../model/reading';
import type { Span } from '../../model/span';
import type { Machine } from '../machine';
import type { CallPlace } from '../values/native';
import { enclosingFunction, nodeSpanning } from './syntax';

/** The functions of one file in which layers come to be, by their own calls or by those that they hand on to, in the order of the source. */
export function helpersOf(m: Machine, path: string, file: ts.SourceFile): readonly Helper[] {
  const found = new Map<number, { readonly helper: Omit<Helper, 'calls'>; readonly calls: Set<CallPlace> }>();
  const around = functionFinder(file);
  for (const { origin } of m.layers) {
    const { callPath } = origin;
    for (let i = 0; i <= callPath.length; i++) {
      const place = callPath[i];
      const helper = (place?.path ?? origin.path) === path ? around(place ?? origin.call) : undefined;
      if (!helper) continue;
      const known = found.get(helper.span.start) ?? { helper, calls: new Set() };
      found.set(helper.span.start, known);
      // Each call is a place of its own, even where one line calls in a loop.
      const call = callPath[i - 1];
      if (call) known.calls.add(call);
    }
  }
  return [...found.values()].map(({ helper, calls }) => ({ ...helper, calls: calls.size })).sort((a, b) => a.span.start - b.span.start);
}

/** The named function right around a call, asked for often. */
function functionFinder(file: ts.SourceFile): (call: Span) => Omit<Helper, 'calls'> | undefined {
  const known = new Map<number, Map<number, Omit<Helper, 'calls'> | undefined>>();
  return ({ start, end }) => {
    const from = known.get(start) ?? new Map<number, Omit<Helper, 'calls'> | undefined>();
    known.set(start, from);
    if (!from.has(end)) from.set(end, named(file, start, end));
    return from.get(end);
  };
}

function named(file: ts.SourceFile, start: number, end: number): Omit<Helper, 'calls'> | undefined {
  const call = nodeSpanning(file, start, end);
  const around = call && enclosingFunction(file, call);
  return around?.name === undefined || !around.nameSpan ? undefined : { name: around.name, nameSpan: around.nameSpan, span: around.span };
}
