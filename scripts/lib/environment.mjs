// @ts-check
// Where things are: the tree, the user's cache, and whether someone is watching.
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The tree's root, absolute. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What builds and tests leave in the tree and git ignores. */
export const outFolder = join(root, 'out');

export const inContinuousIntegration = Boolean(process.env.CI) && process.env.CI !== 'false';

/** The folder for what is fetched: outside the tree, so that it outlives a checkout and never enters a package. */
export const cacheFolder = () => join(userCache(), 'layerscope');

const userCache = () => {
  if (process.env.XDG_CACHE_HOME) return process.env.XDG_CACHE_HOME;
  if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
  return join(homedir(), '.cache');
};

/** Whether a browser that is opened would be seen by a person. */
export const hasDesktop = () =>
  !inContinuousIntegration &&
  (process.platform === 'darwin' || process.platform === 'win32' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY));
