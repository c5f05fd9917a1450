import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { outFolder } from '../../../scripts/lib/environment.mjs';
import { folderAddress } from '../../../scripts/lib/codeServer.mjs';
import { lookAlike } from './alike';
import { openPage, serverFor, type Server } from './backstage';
import { readVisibleHints, type VisibleHint } from './hints';
import { commandLinesUnder } from './processTree';
import { problemOfLabel, type ShownProblem } from './problems';
import { addSettings, layOutWorkspace, type WorkspaceSource } from './workspace';

/*
 * Drives a real VS Code with the packaged extension in it, as a person would: keys, mouse, and what is on the screen.
 *
 *     describe('Hover', () => {
 *       let code: CodeWindow;
 *       before(async () => void (code = await CodeWindow.open({ workspace: 'examples' })));
 *       after(() => code.close());
 *
 *       it('answers on conv2d', async () => {
 *         await code.openFile('lenet5.ts');
 *         const text = await code.hover(await code.find('layers.$0conv2d('), /156/);
 *         assert.match(text, /28, 28, 6/);
 *       });
 *     });
 *
 * - `npx mocha test/vscode/hover.test.ts` runs one file. It packages what is in dist/, so run `npm run build` first.
 * - One VS Code and one Chromium serve all files of a run, and end with it. A window (5-10 s) is one folder with its own extension host.
 * - The workspace is a copy: a test may edit and save what it likes. It lies inside the tree, so that imports find the project's node_modules.
 * - Lines and columns are 1-based, as the status bar shows them. `find` gives them for a text, at its `$0` where it has one.
 * - Everything that reads the screen takes what to wait for, and says on failure what was there instead. There is nothing to sleep for.
 * - A failed test leaves a picture of every open window in out/failures/.
 * - `page` and `panel()` are Playwright's own objects, for whatever else a test wants to do.
 */

/** 1-based, as shown in the status bar. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface OpenOptions {
  /** A folder of the tree to copy ('examples', 'test/fixtures/plain'), or the files themselves: text by relative path. */
  readonly workspace: WorkspaceSource;
  /** The workspace's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What is done to the workspace's folder, absolute, before it is opened. */
  readonly prepare?: (folder: string) => Promise<void>;
  /** For golden pictures: letters are boxes, and nothing moves. */
  readonly alike?: boolean;
  /** A VS Code of its own, for tests that look at its processes. */
  readonly alone?: boolean;
}

/** How long anything may take to appear. Generous: two busy cores with a software GPU. Milliseconds. */
const PATIENCE = 60_000;

const quickInput = '.quick-input-widget:visible input.input';
const quickRow = '.quick-input-widget:visible .quick-input-list .monaco-list-row';

/** Themes that come with VS Code, and the class of a workbench that has them. */
export const THEMES = {
  light: { name: 'Default Light Modern', kind: 'vs' },
  'high-contrast': { name: 'Default High Contrast', kind: 'hc-black' },
  dark: { name: 'Default Dark Modern', kind: 'vs-dark' },
} as const;

export type ThemeName = keyof typeof THEMES;

export const THEME_NAMES = Object.keys(THEMES) as readonly ThemeName[];

export class CodeWindow {
  /** The file that `openFile` opened last, relative to the workspace. */
  private current = '';

  private constructor(
    readonly page: Page,
    /** The workspace's folder, absolute. */
    readonly folder: string,
    private readonly server: Server,
    private readonly errors: string[],
    private readonly release: () => Promise<void>,
  ) {}

  static async open(options: OpenOptions): Promise<CodeWindow> {
    const folder = await layOutWorkspace(options.workspace, options.settings ?? {});
    await options.prepare?.(folder);
    const server = await serverFor(options.alone ?? false);
    const { page, errors, release } = await openPage();
    if (options.alike) await lookAlike(page);
    const window = new CodeWindow(page, folder, server, errors, release);
    page.setDefaultTimeout(PATIENCE);
    await page.goto(folderAddress(server.url, folder));
    await page.locator('.monaco-workbench .explorer-folders-view').waitFor();
    // The extension host is up when its first status entry is; until then commands of extensions are not in the palette.
    await page.locator('#status\\.problems').waitFor();
    return window;
  }

  /** Closes the window. Call it in `after`. */
  async close(): Promise<void> {
    await this.release();
    if (this.server.alone) await this.server.stop();
  }

  /** Opens a file of the workspace and waits until its text is on the screen. The keyboard is in it then. */
  async openFile(path: string): Promise<void> {
    const name = path.split('/').at(-1) ?? path;
    await this.pick('ControlOrMeta+P', path, (label) => label.startsWith(name));
    await this.page.locator(`.monaco-editor[data-uri$="/${path}"] .view-line`).first().waitFor();
    this.current = path;
  }

  /** Writes a file into the workspace, beside VS Code. */
  async addFile(path: string, text: string): Promise<void> {
    await writeFile(join(this.folder, path), text);
  }

  /** Puts the keyboard into a file that is open, without moving its caret. */
  async focusFile(path: string): Promise<void> {
    const name = path.split('/').at(-1) ?? path;
    await this.page.locator(`.tab[data-resource-name="${name}"]`).first().click();
    this.current = path;
  }

  /** Where a text stands in a file of the workspace, as saved: at its `$0`, else at its start. `occurrence` counts from 1. */
  async find(text: string, { path = this.current, occurrence = 1 } = {}): Promise<Place> {
    const source = await readFile(join(this.folder, path), 'utf8');
    const marker = Math.max(0, text.indexOf('$0'));
    const needle = text.replace('$0', '');
    let offset = -1;
    for (let count = 0; count < occurrence; count += 1) offset = source.indexOf(needle, offset + 1);
    assert.notEqual(offset, -1, `${path} does not hold "${needle}" ${String(occurrence)} times.`);
    const before = source.slice(0, offset + marker).split('\n');
    return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  }

  /** Puts the caret somewhere in the current file, and the keyboard with it. */
  async caret({ line, column }: Place): Promise<void> {
    const focused = this.page.locator(`.monaco-editor.focused[data-uri$="/${this.current}"]`);
    const place = this.page.locator(`#status\\.editor\\.selection[aria-label^="Ln ${String(line)}, Col ${String(column)}"]`);
    await this.until(
      () => `The caret at ${String(line)}:${String(column)} of ${this.current}`,
      async () => {
        if ((await focused.count()) === 0) await this.focusFile(this.current);
        await this.page.keyboard.press('Control+G');
        const input = this.page.locator(quickInput);
        await input.fill(`:${String(line)}:${String(column)}`, { timeout: 5000 });
        await input.press('Enter', { timeout: 5000 });
        await place.waitFor({ timeout: 5000 });
        // The place is shown while the number is typed; only then has the editor the keyboard again.
        await input.waitFor({ state: 'hidden', timeout: 5000 });
        return (await focused.count()) > 0;
      },
    );
  }

  /** Opens the lightbulb's list at the caret, and gives its entries once there are as many as wanted. */
  async quickFixes(until: (titles: readonly string[]) => boolean): Promise<readonly string[]> {
    const list = this.page.locator('.action-widget');
    const offers = list.locator('.monaco-list-row.action');
    let titles: readonly string[] = [];
    await this.until(
      () => `Quick fixes as wanted; there were: ${JSON.stringify(titles)}`,
      async () => {
        // What changes around the caret at this moment closes it again.
        if ((await list.count()) === 0) await this.page.keyboard.press('ControlOrMeta+.');
        await offers.first().waitFor({ timeout: 5000 });
        return until((titles = await offers.allTextContents()));
      },
    );
    return titles;
  }

  /** Where the caret is, by the status bar. */
  async caretPlace(): Promise<Place> {
    const label = (await this.page.locator('#status\\.editor\\.selection').getAttribute('aria-label')) ?? '';
    const [, line, column] = /Ln (\d+), Col (\d+)/.exec(label) ?? [];
    assert.ok(line && column, `The status bar shows no place: "${label}".`);
    return { line: Number(line), column: Number(column) };
  }

  /** Has the window in a theme of VS Code's own, by the workspace's settings. The others of them stay. */
  async useTheme(theme: ThemeName): Promise<void> {
    await addSettings(this.folder, { 'workbench.colorTheme': THEMES[theme].name });
    await this.page.locator(`.monaco-workbench.${THEMES[theme].kind}`).waitFor();
  }

  /** Runs a command by its title in the palette, as "Layerscope: Run Model". */
  async command(title: string): Promise<void> {
    await this.pick('F1', `>${title}`, (label) => label === title || label.startsWith(`${title},`));
  }

  /** Answers the file dialog that is open or about to open with a path. Wants the setting `files.simpleDialog.enable`. */
  async chooseFile(path: string): Promise<void> {
    const input = this.page.locator(quickInput);
    const isGone = async () => (await input.count()) === 0;
    await this.until(
      () => 'A file dialog',
      async () => (await input.inputValue({ timeout: 1000 })).endsWith('/'),
    );
    await this.until(
      () => `The file dialog gone with ${path}`,
      async () => {
        // While the dialog looks at a folder it takes no answer.
        await input.fill(path, { timeout: 1000 });
        await input.press('Enter', { timeout: 1000 });
        return this.until(() => '', isGone, 2000).catch(isGone);
      },
    );
  }

  /** The titles that the palette offers for some typed text. */
  async offeredCommands(typed: string): Promise<readonly string[]> {
    await this.page.keyboard.press('F1');
    await this.page.locator(quickInput).fill(`>${typed}`);
    const rows = this.page.locator(quickRow);
    await rows.first().waitFor();
    const labels = await rows.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
    await this.page.keyboard.press('Escape');
    return labels;
  }

  /**
   * Points at a place with the mouse and gives the hover's text, everybody's parts together, once it matches `until` and nothing in it is
   * still loading. Moves the caret there too.
   */
  async hover(place: Place, until = /\S/): Promise<string> {
    await this.caret(place);
    let seen = '';
    await this.until(
      () => `A hover at ${String(place.line)}:${String(place.column)} that matches ${String(until)}; it said: ${seen}`,
      async () => {
        await this.pointAt(place);
        await this.hoverContent.first().waitFor({ timeout: 5000 });
        return this.until(
          () => '',
          async () => {
            seen = plain((await this.hoverContent.allInnerTexts()).join('\n'));
            return until.test(seen) && !/loading\.\.\./i.test(seen);
          },
          5000,
        );
      },
    );
    return seen;
  }

  /** The hover that is open, for looking at its elements. */
  get hoverContent(): Locator {
    return this.page.locator('.monaco-hover:not(.hidden) .monaco-hover-content:visible');
  }

  /** The inlay hints on the visible lines of the current file, once `until` is true of them. */
  async inlayHints(until: (hints: readonly VisibleHint[]) => boolean = (hints) => hints.length > 0): Promise<readonly VisibleHint[]> {
    let seen: readonly VisibleHint[] = [];
    await this.until(
      () => `Inlay hints in ${this.current} as wanted; there were: ${JSON.stringify(seen)}`,
      async () => until((seen = await readVisibleHints(this.page, this.current))),
    );
    return seen;
  }

  /** What the Problems view shows, once `until` is true of it. Opens the view. */
  async problems(until: (problems: readonly ShownProblem[]) => boolean = () => true): Promise<readonly ShownProblem[]> {
    await this.command('Problems: Focus on Problems View');
    await this.page.locator('.markers-panel-container').waitFor();
    let seen: readonly ShownProblem[] = [];
    await this.until(
      () => `Problems as wanted; there were: ${JSON.stringify(seen)}`,
      async () => {
        const rows = this.page.locator('.markers-panel-container .monaco-list-row');
        const labels = await rows.evaluateAll((elements) => elements.map((element) => element.getAttribute('aria-label') ?? ''));
        seen = labels.flatMap((label) => problemOfLabel(label) ?? []);
        return until(seen);
      },
    );
    return seen;
  }

  /** Layerscope's panel: the inner frame of its webview, once it has a body. */
  async panel(): Promise<Frame> {
    let found: Frame | undefined;
    await this.until(
      () => 'A webview of Layerscope',
      async () => {
        const frames = this.page.frames().filter((frame) => frame.parentFrame()?.url().includes('extensionId=layerscope.layerscope'));
        for (const frame of frames) if ((await frame.locator('body > *').count()) > 0) found = frame;
        return found !== undefined;
      },
    );
    assert.ok(found);
    return found;
  }

  /** Errors on the browser's console that come from the extension, its webview or its worker; VS Code has others of its own. */
  get consoleErrors(): readonly string[] {
    return this.errors;
  }

  /** Command lines of the extension's own processes. Wants `alone`. */
  ownProcesses(): readonly string[] {
    assert.ok(this.server.alone, 'Other windows would be seen too: open this one alone.');
    return commandLinesUnder(this.server.pid).filter((line) => line.includes('layerscope.layerscope-'));
  }

  /** Writes a picture of the window to out/screenshots/ and gives its path. */
  async screenshot(name: string): Promise<string> {
    const folder = join(outFolder, 'screenshots');
    await mkdir(folder, { recursive: true });
    const path = join(folder, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** Waits until a condition holds; what it throws meanwhile counts as no. `what` is asked when time is up. */
  async until(what: () => string, condition: () => boolean | Promise<boolean>, patience = PATIENCE): Promise<boolean> {
    const deadline = Date.now() + patience;
    for (;;) {
      let thrown: unknown;
      try {
        if (await condition()) return true;
      } catch (error) {
        if (this.page.isClosed()) throw error;
        thrown = error;
      }
      if (Date.now() > deadline) throw new Error(`Not within ${String(patience / 1000)} s: ${what()}`, { cause: thrown });
      await this.page.waitForTimeout(100);
    }
  }

  /** Opens a quick input with a key, types, and takes the first entry once it is the wanted one. What it has not found it looks for anew. */
  private async pick(key: string, typed: string, wanted: (label: string) => boolean): Promise<void> {
    const first = this.page.locator(quickRow).first();
    let offered = '';
    const isOffered = async () => {
      offered = (await first.getAttribute('aria-label', { timeout: 1000 })) ?? '';
      return wanted(offered);
    };
    const input = this.page.locator(quickInput);
    await this.until(
      () => `"${typed}" as the first entry; it was "${offered}"`,
      async () => {
        await this.page.keyboard.press(key);
        await input.fill(typed, { timeout: 5000 });
        await this.until(() => '', isOffered, 5000).catch(async (error: unknown) => {
          await this.page.keyboard.press('Escape');
          throw error;
        });
        return true;
      },
    );
    // To the input itself: an editor that takes the keyboard back at this moment would get a new line. Not tried again: what was picked would run twice.
    await input.press('Enter');
    // What was picked may ask something in the same place.
    await this.until(
      () => `"${typed}" gone from the quick input`,
      async () => (await input.count()) === 0 || (await input.inputValue({ timeout: 1000 })) !== typed,
    );
  }

  /** Moves the mouse onto the character right of the caret, from outside of the editor, so that a new hover is asked for. */
  private async pointAt({ line }: Place): Promise<void> {
    const editor = this.page.locator(`.monaco-editor[data-uri$="/${this.current}"]`).first();
    const cursor = await editor.locator('.cursor').first().boundingBox();
    assert.ok(cursor, `The caret at line ${String(line)} is not on the screen.`);
    await this.page.mouse.move(2, 2);
    await this.page.mouse.move(cursor.x + 3, cursor.y + cursor.height / 2 + 1);
    await this.page.mouse.move(cursor.x + 4, cursor.y + cursor.height / 2);
  }
}

/** Text as a person reads it: no non-breaking spaces, no runs of blank lines. */
const plain = (text: string) =>
  text
    .replaceAll('\u00a0', ' ')
    .replaceAll(/\n{2,}/g, '\n')
    .trim();
