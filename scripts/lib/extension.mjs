// @ts-check
// The packaged extension: what a user installs is what is started and tested.
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outFolder, root } from './environment.mjs';
import { tool } from './npm.mjs';
import { Failure } from './processes.mjs';

/** Builds every bundle. */
export const build = async () => {
  const code = await tool('webpack/bin/webpack.js', ['--mode', 'production']);
  if (code !== 0) throw new Failure('The build failed.');
};

/** Where `npm run package` puts the extension. */
const standardPlace = async () => {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return join(outFolder, `${name}-${version}.vsix`);
};

/** Packages what was built and gives the path of the .vsix. @param {string} [place] */
export const packageExtension = async (place) => {
  const vsix = place ?? (await standardPlace());
  await mkdir(dirname(vsix), { recursive: true });
  // Everything is bundled, so no dependency goes in; the repository has no address yet, so links cannot be made absolute.
  const code = await tool('@vscode/vsce/vsce', [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    vsix,
  ]);
  if (code !== 0) throw new Failure('Packaging the extension failed.');
  return vsix;
};
