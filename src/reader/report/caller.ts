import type { Machine } from '../machine';
import { isPage } from '../syntax/page';
import type { Origin } from '../tf/entities';

/** True for what exists because another file's code called this one: that file was running, and a call in another file led here. */
const comesFromElsewhere = ({ root, callPath }: Origin, path: string): boolean =>
  root !== path && (!isPage(root) || callPath.some((call) => call.path !== path));

/**
 * `train.ts:12`: the call in another file that something of `path` exists for, undefined where it exists of itself. It is the nearest call in the
 * file that was running; for a page, the outermost call in one of its scripts.
 */
export function callerOf(m: Machine, origin: Origin, path: string): string | undefined {
  if (!comesFromElsewhere(origin, path)) return undefined;
  const { root, callPath } = origin;
  const place = isPage(root) ? callPath.find((call) => call.path !== path) : [...callPath].reverse().find((call) => call.path === root);
  const from = place?.path ?? root;
  const file = m.modules.get(from)?.file;
  const line = place && file ? file.getLineAndCharacterOfPosition(place.start).line + 1 : 1;
  return `${shortName(from)}:${line}`;
}

/** A file's name; with its folder's where the name alone says nothing. */
function shortName(path: string): string {
  const parts = path.split('/');
  const name = parts.at(-1) ?? path;
  return /^index\./.test(name) && parts.length > 2 ? parts.slice(-2).join('/') : name;
}
