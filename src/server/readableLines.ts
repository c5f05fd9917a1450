import type { DocumentLine, DocumentLink } from '../features/documentTable';
import type { Position, ReadableLine, ReadableLink } from '../protocol/lsp';
import type { NameOf } from './answers';
import { splitId } from './handles';

/** A line for the client: links lead to names that last while the source is edited, or to places in texts of another time, given by path. */
export const namedLine = (
  { text, links, isFoldable }: DocumentLine,
  nameOf: NameOf,
  earlier: ReadonlyMap<string, { readonly uri: string; readonly text: string }> = new Map(),
): ReadableLine => ({
  text,
  ...(isFoldable && { isFoldable }),
  ...(links && { links: links.flatMap((link) => named(link, nameOf, earlier) ?? []) }),
});

function named(
  { start, end, site, isEarlier }: DocumentLink,
  nameOf: NameOf,
  earlier: ReadonlyMap<string, { readonly uri: string; readonly text: string }>,
): ReadableLink | undefined {
  if (!isEarlier) return { start, end, site: nameOf(site) };
  const place = splitId(site);
  const then = place && earlier.get(place.path);
  // A file that was not given is read as it is now.
  if (!then) return { start, end, site: nameOf(site) };
  return { start, end, earlier: { uri: then.uri, position: positionIn(then.text, place.offset) } };
}

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}
