import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, root } from '../../scripts/lib/environment.mjs';
import { start, stop } from '../../scripts/lib/processes.mjs';
import { packagedExtension } from '../support/vscode/backstage';

const startFolders = async () => (await readdir(cacheFolder())).filter((name) => name.startsWith('start-'));

describe('npm start', () => {
  it('serves a VS Code with the examples until it is interrupted, and leaves nothing behind', async () => {
    const before = await startFolders();
    const child = start(process.execPath, [join(root, 'scripts', 'start.mjs')], {
      env: { ...process.env, CI: 'true', LAYERSCOPE_VSIX: await packagedExtension() },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let said = '';
      const output = child.stdout;
      assert.ok(output);
      for await (const data of output) {
        said += String(data);
        if (said.includes('Ctrl-C')) break;
      }
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?folder=\S+/.exec(said)?.[0];
      assert.ok(address, said);
      assert.equal(new URL(address).searchParams.get('folder'), join(root, 'examples'));
      const page = await fetch(address);
      assert.equal(page.status, 200);
      assert.match(await page.text(), /workbench/);

      child.kill('SIGINT');
      assert.deepEqual(await once(child, 'exit'), [0, null]);
      await assert.rejects(fetch(address));
      assert.deepEqual(await startFolders(), before);
    } finally {
      await stop(child);
    }
  });
});
