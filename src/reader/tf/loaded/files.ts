import type { Machine } from '../../machine';

/** Folders whose files a site serves from its root. */
const SERVED = ['public', 'static', 'assets', 'src', 'src/assets', 'dist', 'www', 'docs'];

/** Folders above a file that are looked into, its own first. */
const MAX_FOLDERS = 12;

/** What is at an address: one file's path and text, or why there is none to be read. */
export type FoundFile = { readonly path: string; readonly text: string } | { readonly reason: string };

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** `a/./b/../c` as `a/c`; undefined where it leaves the root. */
function normal(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return `/${parts.join('/')}`;
}

const foldersAbove = (file: string): readonly string[] => {
  const folders: string[] = [];
  for (let folder = folderOf(file); folders.length < MAX_FOLDERS; folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === '') break;
  }
  return folders;
};

/**
 * The file that a program means by a path: whole, or relative to something that only a run tells — the page, the script, the folder that
 * node was started in, a folder that is served. All of these are tried, and the file is taken where exactly one of them has it.
 */
export function findFile(m: Machine, from: string, address: string): FoundFile {
  const plain = address.replace(/^file:\/\//, '').replace(/[?#].*$/, '');
  const shown = plain.replace(/^(\.?\/)+/, '');
  const bases = [...foldersAbove(from), ...foldersAbove(m.root)].flatMap((folder) => [
    folder,
    ...SERVED.map((name) => `${folder}/${name}`),
  ]);
  const wanted = plain.startsWith('/') ? [plain, ...bases.map((base) => base + plain)] : bases.map((base) => `${base}/${plain}`);
  const candidates = [...new Set(wanted.map(normal))].filter((path) => path !== undefined);
  const found = candidates.flatMap((path) => {
    m.touched.add(path);
    const text = m.workspace.read(path);
    return text === undefined ? [] : [{ path, text }];
  });
  const [only] = found;
  if (only && found.length === 1) return only;
  if (found.length > 1)
    return {
      reason: `several files may be meant: ${found
        .slice(0, 4)
        .map(({ path }) => nearBy(from, path))
        .join(', ')}`,
    };
  return { reason: `${shown.split('/').at(-1) ?? shown} is not in this workspace: ${shown}` };
}

/** A path as seen from a file: what both have in common is left out. */
export function nearBy(from: string, path: string): string {
  const [a, b] = [folderOf(from).split('/'), path.split('/')];
  let shared = 0;
  while (shared < a.length && shared < b.length - 1 && a[shared] === b[shared]) shared++;
  return '../'.repeat(a.length - shared) + b.slice(shared).join('/');
}
