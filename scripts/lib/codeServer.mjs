// @ts-check
// Starts the fetched VS Code: its own user data, its own extensions, on the loopback interface only.
import { closeSync, createWriteStream, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Failure, start, status, stop } from './processes.mjs';

/** Settings under which nothing but the workspace shows: no welcome page, no chat, no minimap over the ends of lines, no telemetry. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'editor.minimap.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'update.showReleaseNotes': false,
  'npm.fetchOnlinePackageInfo': false,
  'json.schemaDownload.enable': false,
  'typescript.disableAutomaticTypeAcquisition': true,
  'git.openRepositoryInParentFolders': 'never',
};

/** Variables by which a VS Code or code-server around us would take over the one that we start. */
const environment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !/^(VSCODE_|ELECTRON_RUN_AS_NODE$|PORT$|PASSWORD$|CODE_SERVER_|NODE_OPTIONS$)/.test(key)),
  );

/** A TCP port on the loopback interface that is free now; `preferred` where it is. @param {number} [preferred] @returns {Promise<number>} */
export const freePort = (preferred = 0) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (preferred === 0 ? reject(error) : resolve(freePort())));
    server.listen(preferred, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** @param {string} data */
const dataArguments = (data) => [
  '--config',
  join(data, 'config.yaml'),
  '--user-data-dir',
  join(data, 'user'),
  '--extensions-dir',
  join(data, 'extensions'),
];

/**
 * Lays out a data folder: quiet settings with `settings` on top, and an empty configuration in place of the user's own.
 * @param {string} data @param {Record<string, unknown>} [settings]
 */
export const prepareData = async (data, settings = {}) => {
  const user = join(data, 'user', 'User');
  await mkdir(user, { recursive: true });
  await mkdir(join(data, 'extensions'), { recursive: true });
  await writeFile(join(data, 'config.yaml'), 'auth: none\ncert: false\n');
  await writeFile(join(user, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
};

/** Installs a packaged extension. @param {import('./vscode.mjs').FetchedVscode} vscode @param {string} data @param {string} vsix */
export const installExtension = async (vscode, data, vsix) => {
  const args = [vscode.entry, ...dataArguments(data), '--install-extension', vsix, '--force'];
  const log = join(data, 'install.log');
  const output = openSync(log, 'w');
  const code = await status(vscode.node, args, { env: environment(), stdio: ['ignore', output, output] });
  closeSync(output);
  if (code !== 0) throw new Failure(`VS Code did not install ${vsix}:\n${await readFile(log, 'utf8')}`);
};

/**
 * Starts VS Code and waits until it answers.
 * @param {import('./vscode.mjs').FetchedVscode} vscode
 * @param {{ data: string, port?: number, idleSeconds?: number, graceSeconds?: number }} options `data`: as laid out by prepareData.
 *   `idleSeconds`: ends itself when nobody is connected for so long. `graceSeconds`: how long a closed window's processes are kept.
 * @returns {Promise<{ readonly url: string, readonly child: import('node:child_process').ChildProcess, stop(): Promise<void> }>}
 */
export const startCodeServer = async (vscode, { data, port: preferred, idleSeconds, graceSeconds }) => {
  const port = await freePort(preferred);
  const url = `http://127.0.0.1:${String(port)}`;
  const log = createWriteStream(join(data, 'code-server.log'));
  const child = start(
    vscode.node,
    [
      vscode.entry,
      ...dataArguments(data),
      ...['--bind-addr', `127.0.0.1:${String(port)}`, '--auth', 'none'],
      ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust', '--disable-getting-started-override'],
      ...['--disable-proxy', '--ignore-last-opened'],
      ...(idleSeconds === undefined ? [] : ['--idle-timeout-seconds', String(idleSeconds)]),
      ...(graceSeconds === undefined ? [] : ['--reconnection-grace-time', String(graceSeconds)]),
    ],
    { env: environment(), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  child.stdout?.pipe(log);
  child.stderr?.pipe(log);
  await answering(url, child, join(data, 'code-server.log'));
  return { url, child, stop: () => stop(child) };
};

/** @param {string} url @param {import('node:child_process').ChildProcess} child @param {string} log */
const answering = async (url, child, log) => {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null) throw new Failure(`VS Code ended while starting; its log is ${log}`);
    if (Date.now() > deadline) throw new Failure(`VS Code did not answer within a minute; its log is ${log}`);
    try {
      const answer = await fetch(`${url}/healthz`);
      if (answer.ok) return;
    } catch {
      // It does not listen yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};

/** The address at which a folder is open. @param {string} url @param {string} folder absolute */
export const folderAddress = (url, folder) => `${url}/?folder=${encodeURIComponent(folder.replaceAll('\\', '/'))}`;
