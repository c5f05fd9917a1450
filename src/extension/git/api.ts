import { extensions, type Event, type Uri } from 'vscode';

/** The part of the built-in Git extension's interface (version 1) that is used here. */
export interface GitApi {
  readonly onDidOpenRepository: Event<Repository>;
  readonly repositories: readonly Repository[];
  getRepository(uri: Uri): Repository | null;
  /** Where the file's text at a commit, or in the index ('~' or ''), can be opened. */
  toGitUri(uri: Uri, ref: string): Uri;
}

export interface Repository {
  readonly rootUri: Uri;
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    readonly indexChanges: readonly { readonly uri: Uri }[];
    readonly onDidChange: Event<void>;
  };
  /** A file's text at a commit; rejects where it has none. `path` is absolute. */
  show(ref: string, path: string): Promise<string>;
  log(options: { readonly path: string; readonly maxEntries: number }): Promise<readonly Commit[]>;
}

export interface Commit {
  readonly hash: string;
  readonly message: string;
  readonly authorDate?: Date;
}

/** undefined where there is no Git extension, or git is not there or switched off: then nothing is said about earlier states. */
export async function gitApi(): Promise<GitApi | undefined> {
  const extension = extensions.getExtension<{ readonly enabled: boolean; getAPI(version: 1): GitApi }>('vscode.git');
  try {
    const git = await extension?.activate();
    return git?.enabled === true ? git.getAPI(1) : undefined;
  } catch {
    return undefined;
  }
}
