import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { TextFile } from '../../protocol/panelRequests';

/** Names of a thousand classes take 30 kB. */
const MOST_BYTES = 2 ** 20;

/** Reads a small text file as a whole. Throws a sentence for people where it is none. */
export async function readTextFile(path: string): Promise<TextFile> {
  const name = basename(path);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new Error(`${name} is not there any more.`);
  if (found.size > MOST_BYTES) throw new Error(`${name} is larger than the 1 MB that are read of a list of names.`);
  return { name, text: await readFile(path, 'utf8') };
}
