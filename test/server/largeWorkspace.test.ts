import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LspClient } from '../support/lsp/client';

const NET = `import * as tf from '@tensorflow/tfjs';
export function createNet(size: number) {
  return tf.sequential({ layers: [tf.layers.dense({ units: 5, inputShape: [size] })] });
}
`;

const FILES = 1_500;

describe('language server in a large workspace', () => {
  let folder: string;
  let client: LspClient;

  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'layerscope-')));
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(join(folder, 'net.ts'), NET);
    mkdirSync(join(folder, 'app'));
    for (let n = 0; n < FILES; n++)
      writeFileSync(join(folder, `app/file${n}.ts`), `import './file${(n * 7) % FILES}';\nexport const n = ${n};\n`);
    writeFileSync(join(folder, 'app/train.ts'), "import { createNet } from '../net';\nexport const net = createNet(3);\n");
  });
  after(() => rmSync(folder, { recursive: true }));

  const start = async (): Promise<void> => {
    const probe = pathToFileURL(resolve('test/support/lsp/idleProbe.mjs')).href;
    client = await LspClient.start({ folder, nodeOptions: ['--import', probe] });
  };
  afterEach(() => client.stop());

  /** What the server's two threads wait for. */
  async function waits(): Promise<{ readonly main: readonly string[]; readonly reader: readonly string[] }> {
    const answer = once(client.process, 'message');
    client.process.send('?');
    return ((await answer) as [{ main: string[]; reader: string[] }])[0];
  }

  it('answers before it knows the callers, and again when it has found them', async () => {
    await start();
    const uri = await client.open(join(folder, 'net.ts'), NET);
    assert.match((await client.labels(uri)).join(), /5\*size \+ 5/);
    await client.until(() => client.refreshes > 0);
    assert.match((await client.labels(uri)).join(), /· 20/);
    writeFileSync(join(folder, 'app/train.ts'), "import { createNet } from '../net';\nexport const net = createNet(4);\n");
    const refreshes = client.refreshes;
    const changed = { uri: pathToFileURL(join(folder, 'app/train.ts')).href, type: 2 };
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [changed] });
    await client.until(() => client.refreshes > refreshes);
    assert.match((await client.labels(uri)).join(), /· 25/);
  });

  it('does nothing when there is nothing to do', async () => {
    await start();
    const uri = await client.open(join(folder, 'net.ts'), NET);
    await client.labels(uri);
    await client.until(() => client.refreshes > 0);
    await client.change(uri, '\n', { line: 0, character: 0 });
    await client.labels(uri);
    let now = await waits();
    // The connection looks every few seconds whether its client still lives; that is the one timer there may be.
    for (let asked = 0; asked < 300 && now.main.length + now.reader.length > 1; asked++) {
      await new Promise((done) => setTimeout(done, 100));
      now = await waits();
    }
    assert.deepEqual(now, { main: ['Timeout'], reader: [] });
  });
});
