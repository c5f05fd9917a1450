// @ts-check
// `npm test`, from nothing: installs what is missing, checks, builds, and runs every test, the last ones in a real VS Code in a real Chromium.
// What needs one core alone runs beside what happens in browsers, so that two cores are used.
import { ensureDependencies, tool } from './lib/npm.mjs';
import { runMain } from './lib/processes.mjs';
import { aside, check, mocha, summary } from './lib/stages.mjs';

// What lies below test/webview in folders of its own needs no browser.
const browserTests = ['test/webview/*.test.ts', 'test/vscode/**/*.test.ts'];
const serverTests = ['test/server/**/*.test.ts'];

/** @param {{ check: typeof check, mocha: typeof mocha }} lane @param {boolean} built */
const withoutBrowser = async (lane, built) => {
  await lane.check('Lint', (stdio) => tool('eslint/bin/eslint.js', ['.', '--max-warnings', '0'], { stdio }));
  await lane.check('Formatting', (stdio) => tool('prettier/bin/prettier.cjs', ['--check', '.', '--log-level', 'warn'], { stdio }));
  for (const project of ['.', 'webview', 'test'])
    await lane.check(`Types of ${project}`, (stdio) => tool('typescript/bin/tsc', ['-p', project], { stdio }));
  // Whatever is in no other stage, so that no test can be forgotten.
  const others = [...serverTests, ...browserTests].flatMap((pattern) => ['--ignore', pattern]);
  await lane.mocha('Unit tests', ['test/**/*.test.ts', ...others]);
  if (built) await lane.mocha('Language server tests', serverTests);
};

/** @param {string} vsix path of the package */
const inBrowsers = async (vsix) => {
  let chromium = '';
  const found = await check('Chromium', async () => {
    const { ensureChromium } = await import('./lib/chromium.mjs');
    chromium = await ensureChromium();
    console.log(chromium);
  });
  if (!found) return;
  await mocha('Panel tests in Chromium', ['test/webview/*.test.ts'], { environment: { LAYERSCOPE_CHROMIUM: chromium } });

  const fetched = await check('VS Code', async () => {
    const { ensureVscode } = await import('./lib/vscode.mjs');
    console.log((await ensureVscode()).root);
  });
  if (!fetched) return;
  const environment = { LAYERSCOPE_CHROMIUM: chromium, LAYERSCOPE_VSIX: vsix };
  // A whole editor in a browser: on a busy machine a key may come while it looks elsewhere.
  await mocha('Tests in VS Code', ['test/vscode/**/*.test.ts'], { environment, isRetried: true });
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

  const lane = aside();
  await Promise.all([withoutBrowser(lane, built), built && inBrowsers(vsix)]);
  lane.tell();
  return summary();
});
