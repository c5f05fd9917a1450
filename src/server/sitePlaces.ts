import { TextDocument } from 'vscode-languageserver-textdocument';
import { readInside } from '../project/disk';
import type { SiteRangeResult } from '../protocol/lsp';
import type { OpenDocument } from './document';
import { splitId } from './handles';
import { fileUri } from './uris';

/** Where a place that the panel names stands now: in an open document through its edits, else in the file as it is. */
export function placeOf(
  id: string,
  documentOf: (path: string) => OpenDocument | undefined,
  roots: readonly string[],
  option?: string,
): SiteRangeResult {
  const named = splitId(id);
  if (!named) return {};
  const document = documentOf(named.path);
  return document ? inDocument(document, id, named.offset, option) : inFile(named.path, named.offset, roots);
}

function inDocument(document: OpenDocument, id: string, named: number, option: string | undefined): SiteRangeResult {
  const offset = document.handles.offsetOf(id) ?? named;
  const site = document.good?.reading.sites.find(({ name }) => name.start === offset);
  const start = document.map.forward(offset, 'start');
  if (start === undefined) return {};
  const name = site && document.present(site.name);
  const range = (site && document.present(site.call)) ?? document.rangeOf({ start, end: document.lineAround(start).end });
  const written = site?.options.find(({ key }) => key === option);
  const place = written && document.present(written.span);
  return { uri: document.uri, range, ...(name && { name }), ...(place && { option: place }) };
}

function inFile(path: string, offset: number, roots: readonly string[]): SiteRangeResult {
  for (const root of roots) {
    const file = readInside(root, path);
    if (!('text' in file) || offset > file.text.length) continue;
    const text = TextDocument.create('', '', 0, file.text);
    const start = text.positionAt(offset);
    const end = text.positionAt(offset + (/^[^\r\n]*/.exec(file.text.slice(offset))?.[0].length ?? 0));
    return { uri: fileUri(path), range: { start, end } };
  }
  return {};
}
