// @ts-check
// `npm run bench`: builds what users run and measures it beside its peers. Options: --only NAME (repeatable), --quick, --rounds N, --seed N, --no-build.
import { root } from './lib/environment.mjs';
import { build } from './lib/extension.mjs';
import { runMain, status } from './lib/processes.mjs';

const given = process.argv.slice(2);

await runMain(async () => {
  if (!given.includes('--no-build')) await build();
  const args = ['--import', 'tsx', 'test/bench/main.ts', ...given.filter((one) => one !== '--no-build')];
  return status(process.execPath, args, { cwd: root });
});
