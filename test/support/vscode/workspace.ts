import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { root } from '../../../scripts/lib/environment.mjs';
import { runFolder } from './backstage';

/** A folder of the tree, or the files themselves: text by relative path. */
export type WorkspaceSource = string | Readonly<Record<string, string>>;

let count = 0;

/** Lays out a fresh copy of a workspace with its settings, and gives its absolute path. */
export const layOutWorkspace = async (source: WorkspaceSource, settings: Readonly<Record<string, unknown>>): Promise<string> => {
  count += 1;
  // The folder's name is on the screen.
  const folder = join(runFolder, `workspace-${String(count)}`, typeof source === 'string' ? basename(source) : 'project');
  await mkdir(folder, { recursive: true });
  if (typeof source === 'string') await cp(join(root, source), folder, { recursive: true });
  else await Promise.all(Object.entries(source).map(([path, text]) => write(join(folder, path), text)));
  if (Object.keys(settings).length > 0) await addSettings(folder, settings);
  return folder;
};

const write = async (path: string, text: string) => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
};

/** The settings that a workspace has already stay, below these. */
export const addSettings = async (folder: string, settings: Readonly<Record<string, unknown>>): Promise<void> => {
  const path = join(folder, '.vscode', 'settings.json');
  const own = await readFile(path, 'utf8').catch(() => '{}');
  await write(path, JSON.stringify({ ...(JSON.parse(own) as object), ...settings }, null, 2));
};
