import type { CancellationToken } from 'vscode-languageserver';

/** What some work comes to; undefined where the request that it is for is cancelled, or `patience` (milliseconds) ends, before it. */
export async function within<T>(work: Promise<T>, token: CancellationToken, patience?: number): Promise<T | undefined> {
  // A token that was cancelled before anyone looked at it tells no one any more.
  if (token.isCancellationRequested) return undefined;
  let timer: NodeJS.Timeout | undefined;
  const ends = [
    new Promise<undefined>((done) => token.onCancellationRequested(() => done(undefined))),
    ...(patience === undefined ? [] : [new Promise<undefined>((done) => (timer = setTimeout(() => done(undefined), patience)))]),
  ];
  return Promise.race([work, ...ends]).finally(() => clearTimeout(timer));
}
