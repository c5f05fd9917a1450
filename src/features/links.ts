import type { CallAt } from '../model/reading';
import type { SourceSpan } from '../model/span';
import type { Lines } from './lines';
import { escapeMarkdown } from './writing';

/** Documents that are no files are read under paths of their own, which nothing can be opened by. */
const NO_FILE = '/~/';

/** A place as Markdown: its line's number, or its file's name where that is another; a link where it is a file. `line` is 1-based. */
export function placeLink({ path }: Pick<SourceSpan, 'path'>, line: number | undefined): string {
  return linked(path, line === undefined ? fileName(path) : String(line), line);
}

function linked(path: string, name: string, line: number | undefined): string {
  const text = escapeMarkdown(name);
  if (path.startsWith(NO_FILE)) return text;
  return `[${text}](<${fileUri(path)}${line === undefined ? '' : `#L${line}`}>)`;
}

const fileName = (path: string): string => path.split('/').at(-1) ?? '';

/** A call as Markdown: its line's number in the file that is read, and `train.ts:12` in others. */
export function callLink(at: CallAt, path: string, lines: Lines): string {
  if (at.path === path) return placeLink(at, lines.lineOf(at.start));
  return at.line === undefined ? placeLink(at, undefined) : linked(at.path, `${fileName(at.path)}:${at.line}`, at.line);
}

/** `Calls: line 31 (×3) · 32 · train.ts:12`, those of this file first; nothing where there are none. */
export function callsLine(
  calls: readonly { readonly at: CallAt; readonly count: number }[],
  path: string,
  lines: Lines,
): readonly string[] {
  const counts = new Map<string, { readonly isHere: boolean; count: number }>();
  for (const { at, count } of calls) {
    const link = callLink(at, path, lines);
    const known = counts.get(link);
    if (known) known.count += count;
    else counts.set(link, { isHere: at.path === path, count });
  }
  if (counts.size === 0) return [];
  const all = [...counts].sort(([, a], [, b]) => Number(b.isHere) - Number(a.isHere));
  const shown = all.slice(0, MAX_CALLS).map(([link, { count }]) => link + (count > 1 ? ` (×${count})` : ''));
  const more = all.length > MAX_CALLS ? ` · and ${all.length - MAX_CALLS} more` : '';
  return [`Calls: ${all[0]?.[1].isHere === true ? 'line ' : ''}${shown.join(' · ')}${more}`];
}

const MAX_CALLS = 12;

/** Only what a path may hold stays as it is: nothing in it can end the link. */
const fileUri = (path: string): string =>
  `file://${path.startsWith('/') ? '' : '/'}${path
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/%3A/gi, ':'))
    .join('/')}`;
