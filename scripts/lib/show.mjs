// @ts-check
// Shows the packaged extension with the examples open: in a VS Code in the browser, or in one on the desktop.
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { folderAddress, installExtension, prepareData, startCodeServer } from './codeServer.mjs';
import { findDesktopVscode, installOnDesktop, launchDesktop } from './desktop.mjs';
import { cacheFolder, hasDesktop, root } from './environment.mjs';
import { Failure, interruptIsNoFailure, start } from './processes.mjs';
import { ensureVscode } from './vscode.mjs';

const examples = join(root, 'examples');

/** The address stays the same from start to start, so that the browser remembers how a person arranged things. */
const PREFERRED_PORT = 8377;

/** A data folder of this start's own, gone when it ends. */
const ownData = async () => {
  await mkdir(cacheFolder(), { recursive: true });
  const data = await mkdtemp(join(cacheFolder(), 'start-'));
  process.once('exit', () => rmSync(data, { recursive: true, force: true, maxRetries: 5 }));
  await prepareData(data);
  return data;
};

/** Shows the extension in a VS Code from npm until it is stopped. @param {string} vsix */
export const serveInBrowser = async (vsix) => {
  const vscode = await ensureVscode();
  console.log('Starting VS Code …');
  const data = await ownData();
  await installExtension(vscode, data, vsix);
  const server = await startCodeServer(vscode, { data, port: PREFERRED_PORT });
  const address = folderAddress(server.url, examples);
  console.log(
    `\nLayerscope is ready:\n\n    ${address}\n\nOpen lenet5.ts and point at a layer, or press F1 and choose "Layerscope: Run Model". Ctrl-C stops it.`,
  );
  interruptIsNoFailure();
  if (hasDesktop()) openBrowser(address);
  await new Promise((resolve) => server.child.once('exit', resolve));
  throw new Failure('VS Code ended by itself.');
};

/** The desktop's own way to open an address; where it has none, the printed address is enough. @param {string} address */
const openBrowser = (address) => {
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
  if (command) start(command, [...args, address], { stdio: 'ignore' }).once('error', () => {});
};

/** Shows the extension in a desktop VS Code until its window is closed. @param {string} vsix */
export const openOnDesktop = async (vsix) => {
  const executable = await findDesktopVscode();
  const data = await ownData();
  await installOnDesktop(executable, data, vsix);
  console.log('Starting VS Code. Close its window or press Ctrl-C to stop.');
  interruptIsNoFailure();
  await launchDesktop(executable, data, examples);
};
