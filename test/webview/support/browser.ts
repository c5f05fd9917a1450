import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from '../../../scripts/lib/chromium.mjs';
import { chromiumFlags } from '../../support/chromiumFlags';
import type { Bench } from '../pages/bench';
import { servePanel, type PanelServer } from './server';

export interface PageOptions {
  /** CSS pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
  /** Device pixels of a CSS pixel. */
  readonly ratio?: number;
}

/** A Chromium and a server of the panel's files, shared by the tests of one file. */
export class Stage {
  /** Tabs whose tests have ended, by what cannot be changed in them: one that is loaded anew is there three times as fast as a new one. */
  private readonly idle = new Map<string, Tab[]>();

  private constructor(
    private readonly browser: Browser,
    readonly server: PanelServer,
  ) {}

  static async open(): Promise<Stage> {
    const executablePath = await ensureChromium();
    const [browser, server] = await Promise.all([chromium.launch({ executablePath, args: chromiumFlags }), servePanel()]);
    return new Stage(browser, server);
  }

  /** A page without any memory; what it logs as an error, or throws, is in `complaints`. */
  async page(path: string, options: PageOptions = {}): Promise<StagePage> {
    const settings = { deviceScaleFactor: options.ratio ?? 1, reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference' } as const;
    const kind = JSON.stringify(settings);
    const tab = this.idle.get(kind)?.pop() ?? new Tab(await (await this.browser.newContext(settings)).newPage());
    await tab.page.setViewportSize({ width: options.width ?? 900, height: options.height ?? 800 });
    const complaints = tab.listen();
    await tab.page.goto(this.server.origin + path);
    let closed = false;
    const close = async (): Promise<void> => {
      if (closed) return;
      closed = true;
      if (await tab.empty(this.server.origin)) this.idle.set(kind, [...(this.idle.get(kind) ?? []), tab]);
      else await tab.page.context().close();
    };
    return { page: tab.page, complaints, close };
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}

/** Milliseconds. Less than a test may take, so that what was waited for in vain is named; no shorter, for graphics made by software share the processor with all else. */
const PATIENCE = 100_000;

/** A page in a profile of its own, for one test after another. */
class Tab {
  private complaints: string[] = [];

  constructor(readonly page: Page) {
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  /** What goes wrong from here on; what a former test left behind is no part of it. */
  listen(): readonly string[] {
    return (this.complaints = []);
  }

  /** Leaves the page that is open, with its worker and what it remembers. @returns whether nothing of it is left */
  async empty(origin: string): Promise<boolean> {
    if (this.page.isClosed()) return false;
    this.listen();
    await this.page.goto(`${origin}/empty`);
    await this.page.evaluate(() => sessionStorage.clear());
    return this.page.workers().length === 0;
  }
}

export interface StagePage {
  readonly page: Page;
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

type Async<F> = F extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
export type RemoteBench = { readonly [K in keyof Bench]: Async<Bench[K]> };

/** The engine's test page, called as if it were here. */
export const benchOn = (page: Page): RemoteBench => {
  const call = (method: string, list: readonly unknown[]): Promise<unknown> =>
    page.evaluate(
      ([name, all]) => {
        const { bench } = window as unknown as { bench: Record<string, (...some: unknown[]) => unknown> };
        return bench[name]?.(...all);
      },
      [method, list] as const,
    );
  // Whoever awaits the bench itself asks it for `then`: it is no promise.
  return new Proxy({} as RemoteBench, {
    get: (_, name) => (name === 'then' ? undefined : (...args: unknown[]) => call(String(name), args)),
  });
};
