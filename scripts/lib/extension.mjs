// @ts-check
// The packaged extension: what a user installs is what is started and tested.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outFolder, root } from './environment.mjs';
import { tool } from './npm.mjs';
import { Failure } from './processes.mjs';

/** Builds every bundle. */
export const build = async () => {
  const code = await tool('webpack/bin/webpack.js', ['--mode', 'production']);
  if (code !== 0) throw new Failure('The build failed.');
};

/** Packages what was built and gives the path of the .vsix. */
export const packageExtension = async () => {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await mkdir(outFolder, { recursive: true });
  const vsix = join(outFolder, `${name}-${version}.vsix`);
  // Everything is bundled, so no dependency goes in; the repository has no address yet.
  const code = await tool('@vscode/vsce/vsce', ['package', '--no-dependencies', '--allow-missing-repository', '--out', vsix]);
  if (code !== 0) throw new Failure('Packaging the extension failed.');
  return vsix;
};
