import { QuickPickItemKind, type QuickPickItem } from 'vscode';
import type { FoundModel, NetInfo } from '../../protocol/lsp';
import type { CommitRef, Other } from '../readables/address';

/** What a model can be compared with, as it is offered. */
export interface OtherItem extends QuickPickItem {
  /** undefined for a heading, and for the way to all commits. */
  readonly other?: Other;
  readonly isMore?: boolean;
}

export const heading = (label: string): OtherItem => ({ label, kind: QuickPickItemKind.Separator });

export const commitItem = (commit: CommitRef): OtherItem => ({
  label: `$(git-commit) ${commit.label}`,
  description: plain(commit.about),
  other: { commit },
});

export const moreCommits = (count: number): OtherItem => ({
  label: '$(history) More revisions…',
  description: `${count} more`,
  isMore: true,
});

export const netItem = ({ id, title, year, depth, totalParams, top5Error }: NetInfo): OtherItem => ({
  label: title,
  description: [
    String(year),
    `${depth} layers with weights`,
    `${totalParams.toLocaleString('en-US')} params`,
    ...(top5Error === undefined ? [] : [`top-5 error ${top5Error} %`]),
  ].join(' · '),
  other: { net: id, title },
});

/** @param uri of the model's document as VS Code writes it */
export const modelItem = ({ id, title, path, line, totalParams }: FoundModel, uri: string): OtherItem => ({
  label: plain(title),
  description: `${plain(path)}:${line + 1} · ${typeof totalParams === 'number' ? totalParams.toLocaleString('en-US') : plain(totalParams)} params`,
  other: { model: { uri, id, title } },
});

const MAX_TEXT = 100;

/** Text of a source or a commit: no icons, no line breaks. */
const plain = (text: string): string => text.replace(/\$\(/g, '$ (').replace(/\s+/g, ' ').slice(0, MAX_TEXT);
