import { Uri } from 'vscode';
import type { EarlierState } from '../../protocol/lsp';
import type { CommitRef } from '../readables/address';
import { gitApi, type Repository } from './api';

const MAX_COMMITS = 50;
/** Rounds of files that import files, as they were. */
const MAX_ROUNDS = 6;

/** Characters of a hash that people are shown. */
const SHORT = 7;

/** States of a file in git: what is staged, where that is not what was committed, then the commits that changed it, the last first. Empty where there is no git. */
export async function historyOf(file: Uri): Promise<readonly CommitRef[]> {
  const repository = await repositoryOf(file);
  if (!repository) return [];
  const { HEAD, indexChanges } = repository.state;
  const isStaged = indexChanges.some(({ uri }) => uri.toString() === file.toString());
  const commits = await repository.log({ path: file.fsPath, maxEntries: MAX_COMMITS }).catch(() => []);
  const head = HEAD?.commit;
  const states = commits.map(({ hash, message, authorDate }) => ({
    ref: hash,
    label: hash.slice(0, SHORT),
    about: [authorDate?.toISOString().slice(0, 10), message.split('\n')[0]].filter((part) => part).join(', '),
  }));
  const [last] = states;
  return [
    ...(isStaged ? [{ ref: '', label: 'index', about: 'what is staged' }] : []),
    // The last commit that changed the file is the file at HEAD.
    ...(last && head !== undefined ? [{ ...last, about: `HEAD, ${last.about}` }, ...states.slice(1)] : states),
  ];
}

async function repositoryOf(file: Uri): Promise<Repository | undefined> {
  if (file.scheme !== 'file') return undefined;
  return (await gitApi())?.getRepository(file) ?? undefined;
}

/** A file's text at a state; undefined where it was not there. */
export async function textAt(file: Uri, { ref }: CommitRef): Promise<string | undefined> {
  const repository = await repositoryOf(file);
  return repository?.show(ref, file.fsPath).catch(() => undefined);
}

/** The place of a file's earlier text, as the Git extension opens it. */
export async function uriAt(file: Uri, { ref }: CommitRef): Promise<Uri | undefined> {
  return (await gitApi())?.toGitUri(file, ref);
}

/**
 * Asks something about a file's earlier state, and again with the other files that turn out to belong to it, as they were then.
 * @param ask answers, and names the files that it also read
 */
export async function withFilesAt<T extends { readonly alsoRead?: readonly string[] }>(
  file: Uri,
  uri: string,
  commit: CommitRef,
  ask: (earlier: EarlierState) => Promise<T>,
): Promise<T | { readonly reason: string }> {
  const text = await textAt(file, commit);
  if (text === undefined) return { reason: `Git has no such file at ${commit.label}.` };
  const files = [{ uri, text }];
  const asked = new Set<string>();
  for (let round = 0; ; round++) {
    const answer = await ask({ label: commit.label, about: commit.about, files });
    const wanted = (answer.alsoRead ?? []).filter((other) => !asked.has(other));
    if (wanted.length === 0 || round >= MAX_ROUNDS) return answer;
    for (const other of wanted) asked.add(other);
    const texts = await Promise.all(wanted.map(async (other) => ({ uri: other, text: await textAt(Uri.parse(other), commit) })));
    const found = texts.flatMap((one) => (one.text === undefined ? [] : [{ uri: one.uri, text: one.text }]));
    if (found.length === 0) return answer;
    files.push(...found);
  }
}
