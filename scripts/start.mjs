// @ts-check
// `npm start`: from nothing but Node and npm to a VS Code with the packaged extension in it and the examples open.
// `npm run start:desktop` does the same with a desktop VS Code.
import { ensureDependencies } from './lib/npm.mjs';
import { runMain } from './lib/processes.mjs';

await runMain(async () => {
  await ensureDependencies();
  const { build, packageExtension } = await import('./lib/extension.mjs');
  console.log('Building …');
  await build();
  const vsix = await packageExtension();
  const { serveInBrowser, openOnDesktop } = await import('./lib/show.mjs');
  await (process.argv.includes('--desktop') ? openOnDesktop(vsix) : serveInBrowser(vsix));
});
