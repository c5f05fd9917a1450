import type { SourceSpan } from '../model/span';
import { escapeMarkdown } from './writing';

/** Documents that are no files are read under paths of their own, which nothing can be opened by. */
const NO_FILE = '/~/';

/** A place as Markdown: its line's number, or its file's name where that is another; a link where it is a file. `line` is 1-based. */
export function placeLink({ path }: Pick<SourceSpan, 'path'>, line: number | undefined): string {
  const text = escapeMarkdown(line === undefined ? (path.split('/').at(-1) ?? '') : String(line));
  if (path.startsWith(NO_FILE)) return text;
  return `[${text}](<${fileUri(path)}${line === undefined ? '' : `#L${line}`}>)`;
}

/** Only what a path may hold stays as it is: nothing in it can end the link. */
const fileUri = (path: string): string =>
  `file://${path.startsWith('/') ? '' : '/'}${path
    .split('/')
    .map((part) => encodeURIComponent(part).replace(/%3A/gi, ':'))
    .join('/')}`;
