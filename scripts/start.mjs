// @ts-check
// `npm start`: from nothing but Node and npm to a VS Code with the packaged extension in it and the examples open.
// `npm run start:desktop` does the same with a desktop VS Code. LAYERSCOPE_VSIX names a package to show instead of building one.
import { ensureDependencies } from './lib/npm.mjs';
import { runMain } from './lib/processes.mjs';

const buildAndPackage = async () => {
  const { build, packageExtension } = await import('./lib/extension.mjs');
  console.log('Building …');
  await build();
  return packageExtension();
};

await runMain(async () => {
  await ensureDependencies();
  const vsix = process.env.LAYERSCOPE_VSIX ?? (await buildAndPackage());
  const { serveInBrowser, openOnDesktop } = await import('./lib/show.mjs');
  await (process.argv.includes('--desktop') ? openOnDesktop(vsix) : serveInBrowser(vsix));
});
