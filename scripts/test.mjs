// @ts-check
// `npm test`, from nothing: installs what is missing, checks, builds, and runs every test, the last ones in a real VS Code in a real Chromium.
import { ensureDependencies, tool } from './lib/npm.mjs';
import { runMain } from './lib/processes.mjs';
import { check, mocha, summary } from './lib/stages.mjs';

await runMain(async () => {
  const installed = await check('Dependencies', ensureDependencies);
  if (!installed) return summary();
  await check('Lint', () => tool('eslint/bin/eslint.js', ['.', '--max-warnings', '0']));
  await check('Formatting', () => tool('prettier/bin/prettier.cjs', ['--check', '.', '--log-level', 'warn']));
  for (const project of ['.', 'webview', 'test']) await check(`Types of ${project}`, () => tool('typescript/bin/tsc', ['-p', project]));

  const { build, packageExtension } = await import('./lib/extension.mjs');
  let vsix = '';
  const built = await check('Build and package', async () => {
    await build();
    vsix = await packageExtension();
  });

  const browserTests = ['test/webview/**/*.test.ts', 'test/vscode/**/*.test.ts'];
  const serverTests = ['test/server/**/*.test.ts'];
  // Whatever is in no other stage, so that no test can be forgotten.
  const others = [...serverTests, ...browserTests].flatMap((pattern) => ['--ignore', pattern]);
  await mocha('Unit tests', ['test/**/*.test.ts', ...others]);
  if (!built) return summary();
  await mocha('Language server tests', serverTests);

  let chromium = '';
  const found = await check('Chromium', async () => {
    const { ensureChromium } = await import('./lib/chromium.mjs');
    chromium = await ensureChromium();
    console.log(chromium);
  });
  if (!found) return summary();
  await mocha('Panel tests in Chromium', ['test/webview/**/*.test.ts'], { LAYERSCOPE_CHROMIUM: chromium });

  const fetched = await check('VS Code', async () => {
    const { ensureVscode } = await import('./lib/vscode.mjs');
    console.log((await ensureVscode()).root);
  });
  if (!fetched) return summary();
  await mocha('Tests in VS Code', ['test/vscode/**/*.test.ts'], { LAYERSCOPE_CHROMIUM: chromium, LAYERSCOPE_VSIX: vsix });
  return summary();
});
