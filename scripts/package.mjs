// @ts-check
// `npm run package`: builds and packages the extension into out/.
import { ensureDependencies } from './lib/npm.mjs';
import { runMain } from './lib/processes.mjs';

await runMain(async () => {
  await ensureDependencies();
  const { build, packageExtension } = await import('./lib/extension.mjs');
  await build();
  await packageExtension();
});
