import assert from 'node:assert/strict';
import { once } from 'node:events';
import { LspClient } from '../support/lsp/client';

const NET =
  "import * as tf from '@tensorflow/tfjs';\nconst model = tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [4] })] });\n";

/** True while a process of this id is there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('language server: its life', () => {
  it('says what it can do', async () => {
    const client = await LspClient.start();
    assert.equal(await client.stop(), 0);
  });

  it('ends with its reader at work', async () => {
    const client = await LspClient.start({ settings: { reader: { stepBudget: 100_000_000, timeLimit: 60 } } });
    await client.open('/nowhere/endless.ts', `${NET}let i = 0;\nwhile (i < 1e9) i = i + 1;\n`);
    assert.equal(await client.stop(), 0);
    assert.equal(isAlive(client.process.pid!), false);
  });

  it('ends when its client is gone without a word', async () => {
    const client = await LspClient.start();
    const uri = await client.open('/nowhere/net.ts', NET);
    assert.equal((await client.labels(uri)).length, 2);
    const exit = once(client.process, 'exit');
    client.connection.dispose();
    client.process.stdin!.destroy();
    client.process.stdout!.destroy();
    await exit;
    assert.equal(isAlive(client.process.pid!), false);
  });
});
