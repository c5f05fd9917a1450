import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { root } from '../../scripts/lib/environment.mjs';
import { packagedExtension } from '../support/vscode/backstage';

/** What the package may hold, besides what vsce adds. */
const wanted = [
  /^dist\/[\w-]+\.js$/,
  /^dist\/panel\//,
  /^syntaxes\/[\w.-]+\.json$/,
  /^images\/[\w-]+\.png$/,
  /^walkthrough\/\w+\.md$/,
  /^docs\/(problems\/[\w-]+|shape-comments|budgets)\.md$/,
  /^examples\/(\w+\.ts|(package|tsconfig)\.json)$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^package\.json$/,
];

describe('The package', () => {
  it('holds the bundles and what the manifest names, nothing else', async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    assert.deepEqual(
      files.filter((path) => !wanted.some((pattern) => pattern.test(path))),
      [],
    );
    const needed = [
      'dist/extension.js',
      'dist/client.js',
      'dist/server.js',
      'dist/analysis.js',
      'dist/panel/panel.js',
      'dist/panel/engine.js',
      'LICENSE',
      'README.md',
    ];
    assert.deepEqual(
      needed.filter((path) => !files.includes(path)),
      [],
    );
  });

  it('holds the pictures of its own page', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)\s]+)/g), ...readme.matchAll(/<img[^>]+src="([^"]+)"/g)].map(
      ([, path]) => path ?? '',
    );
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    assert.deepEqual(
      pictures.filter((path) => !files.includes(path)),
      [],
    );
  });

  it('is at most 4 MB', async () => {
    assert.ok(statSync(await packagedExtension()).size <= 4 * 1024 * 1024);
  });
});
