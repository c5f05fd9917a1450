import type { ts } from 'ts-morph';
import type { MakerCall } from '../../model/training';
import type { Machine } from '../machine';
import type { MakerNote } from '../tf/makers';
import { plainOption } from './plain';
import { assignedName, nodeSpanning } from './syntax';

/** The calls of one file that make initializers, regularizers and optimizers, in the order of the source. */
export function makersOf(m: Machine, path: string, file: ts.SourceFile): readonly MakerCall[] {
  const bySite = new Map<number, MakerNote[]>();
  for (const note of m.makers) {
    if (note.origin.path !== path) continue;
    const { start } = note.origin.name;
    bySite.set(start, [...(bySite.get(start) ?? []), note]);
  }
  return [...bySite.values()].flatMap((notes) => callOf(file, notes)).sort((a, b) => a.name.start - b.name.start);
}

/** A call that is made with different arguments from time to time is not told: there is no one answer. */
function callOf(file: ts.SourceFile, notes: readonly MakerNote[]): readonly MakerCall[] {
  const [first] = notes;
  if (!first) return [];
  const given = notes.map(({ args }) => args.map((arg) => plainOption(arg)));
  const [args = []] = given;
  if (new Set(given.map((one) => JSON.stringify(one))).size > 1) return [];
  const { name, call } = first.origin;
  const node = nodeSpanning(file, call.start, call.end);
  const variable = node && assignedName(file, node);
  return [{ name, call, ...(variable ? { variable } : {}), path: first.path, args }];
}
