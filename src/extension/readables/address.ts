import { Uri } from 'vscode';
import type { ModelRef } from '../../protocol/lsp';
import { modelRefIn } from '../modelRef';

/** Scheme and language of documents that are made for reading; package.json contributes the language. */
export const READABLE = 'layerscope-summary';

/** What such a document is about. */
export type Subject = { readonly summary: ModelRef };

/** Its address says all that it takes to make it again, in a later window too. */
export function addressOf(subject: Subject): Uri {
  const name = `${subject.summary.title} summary`;
  return Uri.from({ scheme: READABLE, path: `/${name.replace(/[^\p{L}\p{N} _.()-]/gu, '_')}.layerscope`, query: JSON.stringify(subject) });
}

export function subjectOf(uri: Uri): Subject | undefined {
  try {
    const query = JSON.parse(uri.query) as { readonly summary?: unknown };
    const summary = modelRefIn(query.summary);
    return summary && { summary };
  } catch {
    return undefined;
  }
}

/** The source documents that it is made from. */
export const sourcesOf = (subject: Subject): readonly string[] => [subject.summary.uri];
