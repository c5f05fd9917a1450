import type { ModelGraph } from '../model/graph';
import type { Reading, Site } from '../model/reading';
import { touches, type Span } from '../model/span';
import { sitesOn } from './modelAt';
import { nameAt } from './names';

/**
 * What a caret means, by the ids of a model's graph: a call whose name it is on; the layers that it points at or that its line makes; the line's
 * other calls that led to layers; and last the layers whose outputs the line only uses. `line` is the caret's line; `text` is what was read.
 */
export function meantAt(reading: Reading, text: string, offset: number, line: Span): readonly string[] {
  const calls = callsOn(reading, line);
  const named = calls.filter((start) => touches(nameAt(text, start), offset));
  const nearest = (start: number): number => Math.abs(start - offset);
  const others = calls.filter((start) => !named.includes(start)).sort((a, b) => nearest(a) - nearest(b));
  const idOf = (start: number): string => `${reading.path}#${start}`;
  const sites = sitesOn(reading, offset, line);
  const meant = sites.filter((site) => isMeant(site, offset, line));
  const used = sites.filter((site) => !meant.includes(site));
  return [...named.map(idOf), ...meant.map(({ id }) => id), ...others.map(idOf), ...used.map(({ id }) => id)];
}

const isMeant = ({ call, name, variable, applications }: Site, offset: number, line: Span): boolean =>
  touches(call, offset) ||
  applications.some((span) => touches(span, offset)) ||
  [name, variable].some((span) => span && span.start <= line.end && line.start <= span.end);

/** Offsets of the calls on a line, in this file, in which layers of a model were made. */
function callsOn({ models, path }: Reading, line: Span): readonly number[] {
  const offsets = new Set<number>();
  const collect = ({ nodes, layers }: ModelGraph): void => {
    for (const { callPath = [] } of nodes) {
      for (const id of callPath) {
        const at = id.lastIndexOf('#');
        const offset = Number(id.slice(at + 1));
        if (id.slice(0, at) === path && offset >= line.start && offset <= line.end) offsets.add(offset);
      }
    }
    for (const { model } of layers) if (model) collect(model);
  };
  for (const { graph } of models) collect(graph);
  return [...offsets];
}
