import { readAround } from '../reader/focus';
import type { Standing } from '../reader/standing';
import type { ReaderSettings, Workspace } from '../reader/workspace';
import { hoverAt } from './hover';
import type { HoverAnswer } from '../model/hoverAnswer';

/**
 * What a hover would say of a file that has changed since it was last read, by reading no more of it than that takes: undefined in it where there is
 * nothing to say. undefined where only a reading of the whole file can tell.
 *
 * @param before the last reading of the whole file.
 */
export function hoverAround(
  path: string,
  workspace: Workspace,
  settings: ReaderSettings,
  offset: number,
  before: Standing,
): { readonly answer: HoverAnswer | undefined } | undefined {
  const focused = readAround(path, workspace, settings, offset, before);
  if (!focused) return undefined;
  const answer = hoverAt(focused.reading, workspace.read(path) ?? '', offset);
  return (answer?.about ?? []).every((id) => focused.isWhole(id)) ? { answer } : undefined;
}
