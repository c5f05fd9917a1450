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
    const way = [...origin.callPath, { path: origin.path, ...origin.call }];
    way.forEach((place, i) => {
      const helper = place.path === path ? around(place) : undefined;
      if (!helper) return;
      const known = found.get(helper.span.start) ?? { helper, calls: new Set() };
      found.set(helper.span.start, known);
      // Each call is a place of its own, even where one line calls in a loop.
      const call = way[i - 1];
      if (call) known.calls.add(call);
    });
  }
  return [...found.values()].map(({ helper, calls }) => ({ ...helper, calls: calls.size })).sort((a, b) => a.span.start - b.span.start);
}

/** The named function right around a call, asked for often. */
function functionFinder(file: ts.SourceFile): (call: Span) => Omit<Helper, 'calls'> | undefined {
  const known = new Map<string, Omit<Helper, 'calls'> | undefined>();
  return ({ start, end }) => {
    const key = `${start}-${end}`;
    if (!known.has(key)) known.set(key, named(file, start, end));
    return known.get(key);
  };
}

function named(file: ts.SourceFile, start: number, end: number): Omit<Helper, 'calls'> | undefined {
  const call = nodeSpanning(file, start, end);
  const around = call && enclosingFunction(file, call);
  return around?.name === undefined || !around.nameSpan ? undefined : { name: around.name, nameSpan: around.nameSpan, span: around.span };
}
