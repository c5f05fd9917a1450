import { chromium, type Page } from 'playwright-core';
import { ensureChromium } from '../../../scripts/lib/chromium.mjs';
import { folderAddress, installExtension, prepareData, startCodeServer } from '../../../scripts/lib/codeServer.mjs';
import { ensureVscode } from '../../../scripts/lib/vscode.mjs';
import { chromiumFlags } from '../../support/chromiumFlags';

export interface WindowOptions {
  /** The folder that is opened, absolute. */
  readonly folder: string;
  /** Where the VS Code keeps what is its own; must not exist. */
  readonly data: string;
  /** The packaged extension. */
  readonly vsix: string;
  /** Opened, by name. */
  readonly file: string;
  /** A command that is called before, by its whole title. */
  readonly command?: string;
}

/** A real VS Code of its own with one file open, and the extension in it. */
export interface BenchWindow {
  readonly pid: number;
  /** Milliseconds of activation by the extensions' names, as "Show Running Extensions" has them. */
  activations(names: readonly string[]): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

const PATIENCE = 120_000;

export async function openWindow({ folder, data, vsix, file, command }: WindowOptions): Promise<BenchWindow> {
  const vscode = await ensureVscode();
  await prepareData(data, { 'window.confirmBeforeClose': 'never', 'workbench.enableExperiments': false });
  await installExtension(vscode, data, vsix);
  // It ends itself where the bench was killed and nobody is left to do it.
  const server = await startCodeServer(vscode, { data, idleSeconds: 120, graceSeconds: 5 });
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: chromiumFlags });
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
  };
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 1400 } });
    page.setDefaultTimeout(PATIENCE);
    await page.goto(folderAddress(server.url, folder));
    await page.locator('#status\\.problems').waitFor();
    if (command !== undefined) {
      await pick(page, 'F1', `>${command}`, command);
      // What it asks comes when its extension is there.
      await page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row').first().waitFor();
      await page.keyboard.press('Escape');
    }
    await pick(page, 'ControlOrMeta+P', file, file);
    await page.locator(`.monaco-editor[data-uri$="/${file}"] .view-line`).first().waitFor();
    // Hints of ours and a type of TypeScript's: both have answered.
    await page.getByText('→ 28×28×6').first().waitFor();
    return { pid: server.child.pid ?? 0, activations: (names) => activations(page, names), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Types into the quick input that a key opens, until its first entry is the wanted one, and takes it. */
async function pick(page: Page, key: string, typed: string, wanted: string): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  const first = page.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row').first();
  for (;;) {
    await page.keyboard.press(key);
    await page.locator('.quick-input-widget:visible input.input').fill(typed);
    await page.waitForTimeout(1_000);
    const offered = await first.getAttribute('aria-label', { timeout: 5_000 }).catch(() => '');
    if (offered?.startsWith(wanted)) break;
    await page.keyboard.press('Escape');
    if (Date.now() > deadline) throw new Error(`"${typed}" is offered nowhere; there was "${offered ?? ''}".`);
  }
  await page.keyboard.press('Enter');
}

async function activations(page: Page, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  await pick(page, 'F1', '>Developer: Show Running Extensions', 'Developer: Show Running Extensions');
  const list = page.locator('.runtime-extensions-editor');
  await list.locator('.monaco-list-row').first().waitFor();
  const found = new Map<string, number>();
  const seen = new Set<string>();
  const deadline = Date.now() + PATIENCE;
  for (let turn = 0; found.size < names.length && Date.now() < deadline; turn++) {
    for (const row of await list.locator('.monaco-list-row').all()) {
      const text = (await row.innerText()).replaceAll('\u00a0', ' ');
      seen.add(text.replace(/\s+/g, ' '));
      const name = names.find((one) => text.split('\n').some((line) => line.trim() === one || line.startsWith(`${one} `)));
      const [, time] = /Activation: (\d+)ms/.exec(text) ?? [];
      if (name !== undefined && time !== undefined) found.set(name, Number(time));
    }
    // The list holds the rows alone that are in sight; one whose activation has not ended tells its time later.
    await list.hover();
    await page.mouse.wheel(0, turn % 10 < 5 ? 400 : -400);
    await page.waitForTimeout(300);
  }
  const missing = names.filter((name) => !found.has(name));
  if (missing.length > 0) throw new Error(`VS Code lists no activation of ${missing.join(', ')} among:\n${[...seen].join('\n')}`);
  return found;
}
