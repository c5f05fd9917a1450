import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureChromium } from '../../../scripts/lib/chromium.mjs';
import { chromiumFlags } from '../../support/chromiumFlags';
import type { Bench } from '../pages/bench';
import { servePanel, type PanelServer } from './server';

/** A Chromium and a server of the panel's files, shared by the tests of one file. */
export class Stage {
  private constructor(
    private readonly browser: Browser,
    readonly server: PanelServer,
  ) {}

  static async open(): Promise<Stage> {
    const executablePath = await ensureChromium();
    const [browser, server] = await Promise.all([chromium.launch({ executablePath, args: chromiumFlags }), servePanel()]);
    return new Stage(browser, server);
  }

  /** A fresh page; what it logs as an error, or throws, is in `complaints`. */
  async page(
    path: string,
    options: { readonly width?: number; readonly height?: number; readonly reducedMotion?: boolean; readonly ratio?: number } = {},
  ): Promise<StagePage> {
    const context = await this.browser.newContext({
      viewport: { width: options.width ?? 900, height: options.height ?? 800 },
      deviceScaleFactor: options.ratio ?? 1,
      reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(this.server.origin + path);
    return { page, complaints, close: () => context.close() };
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
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
