// @ts-check
// `npm test`, from nothing: installs what is missing, checks, builds, and runs every test, the last ones in a real VS Code in a real Chromium.
// Two lanes, so that two cores are used.
import { ensureDependencies, tool } from './lib/npm.mjs';
import { runMain } from './lib/processes.mjs';
import { aside, check, mocha, summary } from './lib/stages.mjs';

// What lies below test/webview in folders of its own needs no browser.
const browserTests = ['test/webview/*.test.ts', 'test/vscode/**/*.test.ts'];
const serverTests = ['test/server/**/*.test.ts'];

/** @typedef {{ check: typeof check, mocha: typeof mocha }} Lane */

/** @param {Lane} lane */
const statically = async (lane) => {
  await lane.check('Lint', (stdio) => tool('eslint/bin/eslint.js', ['.', '--max-warnings', '0'], { stdio }));
  await lane.check('Formatting', (stdio) => tool('prettier/bin/prettier.cjs', ['--check', '.', '--log-level', 'warn'], { stdio }));
  for (const project of ['.', 'webview', 'test'])
    await lane.check(`Types of ${project}`, (stdio) => tool('typescript/bin/tsc', ['-p', project], { stdio }));
};

/** @param {Lane} lane @param {boolean} built */
const withoutBrowser = async (lane, built) => {
  // Whatever is in no other stage, so that no test can be forgotten.
  const others = [...serverTests, ...browserTests].flatMap((pattern) => ['--ignore', pattern]);
  await lane.mocha('Unit tests', ['test/**/*.test.ts', ...others]);
  if (built) await lane.mocha('Language server tests', serverTests);
};

/** @param {string} chromium path of the browser */
const panel = (chromium) => mocha('Panel tests in Chromium', ['test/webview/*.test.ts'], { LAYERSCOPE_CHROMIUM: chromium });

/** @param {Lane} lane @param {string} chromium @param {string} vsix paths of the browser and of the package */
const inVscode = async (lane, chromium, vsix) => {
  const fetched = await lane.check('VS Code', async () => {
    const { ensureVscode } = await import('./lib/vscode.mjs');
    await ensureVscode();
  });
  const environment = { LAYERSCOPE_CHROMIUM: chromium, LAYERSCOPE_VSIX: vsix };
  if (fetched) await lane.mocha('Tests in VS Code', ['test/vscode/**/*.test.ts'], environment);
};

await runMain(async () => {
  const installed = await check('Dependencies', ensureDependencies);
  if (!installed) return summary();

  const { build, packageExtension } = await import('./lib/extension.mjs');
  let vsix = '';
  const built = await check('Build and package', async () => {
    await build();
    vsix = await packageExtension();
  });

  let chromium = '';
  const found = await check('Chromium', async () => {
    const { ensureChromium } = await import('./lib/chromium.mjs');
    chromium = await ensureChromium();
  });

  // Two lanes of about the same length: what waits for VS Code most of the time stands beside what computes.
  const lane = aside();
  const first = async () => {
    if (built && found) await panel(chromium);
    await statically({ check, mocha });
  };
  const second = async () => {
    await withoutBrowser(lane, built);
    if (built && found) await inVscode(lane, chromium, vsix);
  };
  await Promise.all([first(), second()]);
  lane.tell();
  return summary();
});
