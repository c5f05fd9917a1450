import { Uri } from 'vscode';
import type { ModelRef } from '../../protocol/lsp';
import { modelRefIn } from '../modelRef';

/** Scheme and language of documents that are made for reading; package.json contributes the language. */
export const READABLE = 'layerscope-summary';

/** What such a document is about. */
export type Subject = { readonly summary: ModelRef } | { readonly compare: ModelRef; readonly with: Other };

/** What a model stands beside. */
export type Other = { readonly net: string; readonly title: string } | { readonly model: ModelRef } | { readonly commit: CommitRef };

/** A state of the model's file in git. */
export interface CommitRef {
  /** A hash; empty for the index. */
  readonly ref: string;
  /** `1a2b3c4`. */
  readonly label: string;
  /** Date and first line of its message. */
  readonly about: string;
}

/** Its address says all that it takes to make it again, in a later window too. */
export function addressOf(subject: Subject): Uri {
  const name = nameOf(subject).replace(/[^\p{L}\p{N} _.()-]/gu, '_');
  return Uri.from({ scheme: READABLE, path: `/${name}.layerscope`, query: JSON.stringify(subject) });
}

function nameOf(subject: Subject): string {
  if ('summary' in subject) return `${subject.summary.title} summary`;
  const { compare, with: other } = subject;
  if ('net' in other) return `${compare.title} beside ${other.title}`;
  return 'model' in other ? `${compare.title} beside ${other.model.title}` : `${compare.title} since ${other.commit.label}`;
}

export function subjectOf(uri: Uri): Subject | undefined {
  try {
    const query = JSON.parse(uri.query) as { readonly summary?: unknown; readonly compare?: unknown; readonly with?: unknown };
    const summary = modelRefIn(query.summary);
    if (summary) return { summary };
    const [compare, other] = [modelRefIn(query.compare), otherIn(query.with)];
    return compare && other && { compare, with: other };
  } catch {
    return undefined;
  }
}

function otherIn(value: unknown): Other | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { net, title, model, commit } = value as { readonly [key: string]: unknown };
  if (typeof net === 'string' && typeof title === 'string') return { net, title };
  const ref = modelRefIn(model);
  if (ref) return { model: ref };
  const found = commitIn(commit);
  return found && { commit: found };
}

function commitIn(value: unknown): CommitRef | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { ref, label, about } = value as { readonly [key: string]: unknown };
  return isRef(ref) && typeof label === 'string' && typeof about === 'string' ? { ref, label, about } : undefined;
}

/** A hash or nothing: it is handed to git, so it can be no option of it. */
const isRef = (value: unknown): value is string => typeof value === 'string' && /^([0-9a-f]{7,64})?$/.test(value);

/** The source documents that it is made from. */
export function sourcesOf(subject: Subject): readonly string[] {
  if ('summary' in subject) return [subject.summary.uri];
  const { compare, with: other } = subject;
  return 'model' in other ? [compare.uri, other.model.uri] : [compare.uri];
}
