// @ts-check
// npm, as it was started with or as it is found, and the project's own dependencies.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './environment.mjs';
import { run, status } from './processes.mjs';

/** What npm tells its scripts about the package that runs them, and what must not steer an npm that works in another folder. */
const ofThisRun = /^npm_(package_|lifecycle_|command$|config_local_prefix$|config_omit_lockfile)/;

const environment = () => Object.fromEntries(Object.entries(process.env).filter(([key]) => !ofThisRun.test(key)));

/** Runs npm in a folder, quietly. @param {readonly string[]} args @param {string} folder */
export const npm = (args, folder) => {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const options = { cwd: folder, env: environment() };
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args, ...quiet], options);
  // npm is a batch file on Windows, which only a shell can start; none of our arguments needs quoting.
  return run('npm', [...args, ...quiet], { ...options, shell: process.platform === 'win32' });
};

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} */
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};

/** Whether node_modules holds what package-lock.json names. npm writes what it installed into a lockfile of its own there. */
const upToDate = () => {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  const have = packagesOf(installed);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, wanted]) => path === '' || wanted.optional || have[path]?.version === wanted.version,
  );
};

/** Installs the project's dependencies where they are missing or not those of the lockfile. */
export const ensureDependencies = async () => {
  if (upToDate()) return;
  console.log('Installing dependencies (npm ci), about half a minute …');
  // No package needs its install scripts here, and some would fetch programs that nothing uses.
  await npm(['ci', '--ignore-scripts'], root);
};

/** Runs a program of the project's dependencies and gives its exit status. @param {string} script path within node_modules @param {readonly string[]} args @param {import('node:child_process').SpawnOptions} [options] */
export const tool = (script, args, options) =>
  status(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, ...options });
