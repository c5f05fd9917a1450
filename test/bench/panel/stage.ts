import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { BackendName } from '../../../src/protocol/panel';
import type { Stage } from '../../webview/support/browser';
import { readCounter } from '../../webview/support/readCounter';
import type { PanelBench } from './contract';

type Async<F> = F extends (...args: infer A) => infer R ? (...args: A) => Promise<Awaited<R>> : never;
type RemotePanelBench = { readonly [K in keyof PanelBench]: Async<PanelBench[K]> };

const bundled = async (name: string): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, `${name}.ts`)],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'chrome114',
    tsconfig: resolve('webview/tsconfig.json'),
    write: false,
    // Modules of Node that TensorFlow.js mentions and never reaches in a browser.
    external: ['util', 'crypto', 'fs', 'path', 'os', 'perf_hooks', 'worker_threads', 'string_decoder'],
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
};

/** Opens one page with the panel's engine and the peer, both on one backend; `use` is given what the page offers, and the page goes afterwards. */
export const withPanelBench = async <T>(stage: Stage, backend: BackendName, use: (bench: RemotePanelBench) => Promise<T>): Promise<T> => {
  const [page, fence, peer] = await Promise.all([bundled('page'), bundled('fence'), bundled('peerWorker')]);
  const opened = await stage.page('/bench?counted');
  try {
    // The engine comes with the counter already; what waits for its GPU goes before both.
    await opened.page.route('**/counted/engine.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: fence + (await response.text()) });
    });
    await opened.page.evaluate(page);
    const bench = remote(opened.page);
    await bench.start(backend, readCounter + fence + peer);
    const result = await use(bench);
    if (opened.complaints.length > 0) throw new Error(opened.complaints.join('\n'));
    return result;
  } finally {
    await opened.close();
  }
};

const remote = (page: Parameters<typeof evaluate>[0]): RemotePanelBench =>
  new Proxy({} as RemotePanelBench, {
    get: (_, name) => (name === 'then' ? undefined : (...list: unknown[]) => evaluate(page, String(name), list)),
  });

const evaluate = (page: Awaited<ReturnType<Stage['page']>>['page'], method: string, list: readonly unknown[]): Promise<unknown> =>
  page.evaluate(
    ([name, all]) => {
      const { panelBench } = window as unknown as { panelBench: Record<string, (...some: unknown[]) => unknown> };
      return panelBench[name]?.(...all);
    },
    [method, list] as const,
  );
