import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { ensureChromium } from '../../../scripts/lib/chromium.mjs';
import { installExtension, prepareData, startCodeServer } from '../../../scripts/lib/codeServer.mjs';
import { outFolder } from '../../../scripts/lib/environment.mjs';
import { packageExtension } from '../../../scripts/lib/extension.mjs';
import { ensureVscode } from '../../../scripts/lib/vscode.mjs';
import { chromiumFlags } from '../chromiumFlags';

/** What the windows of one run share: the VS Code, the Chromium, the packaged extension. Made at the first use, ended with the run. */

/** What runs that were killed left behind. */
const removeAbandoned = async () => {
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  const names = await readdir(outFolder).catch(() => []);
  const abandoned = names.filter((name) => name.startsWith('vscode-') && !isAlive(Number(name.slice('vscode-'.length))));
  await Promise.all(abandoned.map((name) => rm(join(outFolder, name), { recursive: true, force: true })));
};

/** This run's own folder: workspaces, user data, and the package where none was given. */
export const runFolder = join(outFolder, `vscode-${String(process.pid)}`);

export interface Server {
  readonly url: string;
  readonly pid: number;
  /** Serves one window only, which stops it. */
  readonly alone: boolean;
  stop(): Promise<void>;
}

/** Makes a value at the first call. A failure is not kept: the next call tries again. */
const once = <T>(make: () => Promise<T>) => {
  let made: Promise<T> | undefined;
  return { get: () => (made ??= make()), made: () => made };
};

/** LAYERSCOPE_VSIX where it is set, else what is in dist/ now. */
const vsix = once(async () => process.env.LAYERSCOPE_VSIX ?? packageExtension(join(runFolder, 'layerscope.vsix')));

/** The path of the .vsix that is installed. */
export const packagedExtension = (): Promise<string> => vsix.get();

let servers = 0;

const startServer = async (alone: boolean): Promise<Server> => {
  const vscode = await ensureVscode();
  await removeAbandoned();
  servers += 1;
  const data = join(runFolder, `data-${String(servers)}`);
  await prepareData(data, { 'window.confirmBeforeClose': 'never', 'files.autoSave': 'off', 'workbench.enableExperiments': false });
  await installExtension(vscode, data, await vsix.get());
  // It ends itself when the tests were killed and nobody is left to do it.
  const server = await startCodeServer(vscode, { data, idleSeconds: 120, graceSeconds: 5 });
  return { url: server.url, pid: server.child.pid ?? 0, alone, stop: () => server.stop() };
};

const sharedServer = once(() => startServer(false));

/** The shared VS Code, or one that serves a single window. */
export const serverFor = (alone: boolean): Promise<Server> => (alone ? startServer(true) : sharedServer.get());

const sharedBrowser = once(async (): Promise<Browser> => chromium.launch({ executablePath: await ensureChromium(), args: chromiumFlags }));

const openContexts = new Set<BrowserContext>();

/** Where an error comes from that is ours: the extension's files, its webview's frame, a worker started from a blob. VS Code has errors of its own. */
const ours = /layerscope\.layerscope-|\/webview\/browser\/pre\/|\bblob:/;

/** A page with a profile of its own. `errors` grows while it is open. */
export const openPage = async (): Promise<{ page: Page; errors: string[]; release: () => Promise<void> }> => {
  const browser = await sharedBrowser.get();
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, deviceScaleFactor: 1 });
  openContexts.add(context);
  // Functions that tests hand to the page were compiled with a helper that only exists in Node.
  await context.addInitScript('globalThis.__name ??= (target) => target');
  const page = await context.newPage();
  const errors: string[] = [];
  const note = (text: string, from: string) => {
    if (ours.test(from) || ours.test(text)) errors.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error') note(message.text(), message.location().url);
  });
  page.on('pageerror', (error) => {
    note(error.message, error.stack ?? '');
  });
  const release = async () => {
    openContexts.delete(context);
    await context.close();
  };
  return { page, errors, release };
};

/** Pictures of what a failed test saw. */
afterEach(async function () {
  if (this.currentTest?.state !== 'failed' || openContexts.size === 0) return;
  const folder = join(outFolder, 'failures');
  await mkdir(folder, { recursive: true });
  const name = this.currentTest
    .fullTitle()
    .replaceAll(/[^\w-]+/g, '_')
    .slice(0, 120);
  const pages = [...openContexts].flatMap((context) => context.pages());
  await Promise.all(pages.map((page, index) => page.screenshot({ path: join(folder, `${name}-${String(index + 1)}.png`) })));
});

after(async () => {
  await (await sharedBrowser.made())?.close();
  await (await sharedServer.made())?.stop();
  await rm(runFolder, { recursive: true, force: true, maxRetries: 5 });
});
