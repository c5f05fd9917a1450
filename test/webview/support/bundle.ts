import { copyFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '../../..');

/** Bundles the panel, its engine and the test pages as the package does, minified, into a folder of its own; the folder goes when Node ends. */
const bundle = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'layerscope-panel-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const entryPoints = { engine: 'webview/engine/worker.ts', bench: 'test/webview/pages/bench.ts', panel: 'webview/main.tsx' };
  await build({
    absWorkingDir: root,
    entryPoints,
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'chrome114',
    tsconfig: join(root, 'webview/tsconfig.json'),
    // Modules of Node that TensorFlow.js mentions and never reaches in a browser.
    external: ['util', 'crypto', 'fs', 'path', 'os', 'perf_hooks', 'worker_threads', 'string_decoder'],
    logLevel: 'error',
  });
  const wasm = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'));
  for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm']) copyFileSync(join(wasm, name), join(folder, name));
  const assets = join(root, 'webview/assets');
  if (existsSync(assets)) cpSync(assets, join(folder, 'assets'), { recursive: true });
  return folder;
};

let bundled: Promise<string> | undefined;

/** The folder with the bundles; made once a process. */
export const panelFolder = (): Promise<string> => (bundled ??= bundle());
