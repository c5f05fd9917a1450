import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationToken, CancellationTokenSource, type Hover } from 'vscode-languageserver/node';
import { LspClient, positionOf } from '../support/lsp/client';

const NET = `import * as tf from '@tensorflow/tfjs';

export function createNet() {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 6, kernelSize: 5 }));
  model.add(tf.layers.flatten());
  return model;
}
`;

const HELD = pathToFileURL(resolve('test/support/lsp/heldReadings.mjs')).href;

/** The analysis tells of the first reading; the next one never ends, so whatever is answered then does not wait for it. */
describe('language server: while a reading does not end', () => {
  let client: LspClient;
  let folder: string;
  let uri: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'layerscope-'));
    client = await LspClient.start({ folder, nodeOptions: ['--import', HELD], settings: { reader: { timeLimit: 120 } } });
    uri = await client.open(join(folder, 'net.ts'), NET);
    assert.match((await client.hoverText(uri, positionOf(NET, 'conv2d'))) ?? '', /= 156/);
    await client.change(uri, '// first\n', { line: 0, character: 0 });
  });
  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  const hoverAt = (position: { line: number; character: number }, token = CancellationToken.None, document = uri): Promise<Hover | null> =>
    client.connection.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri: document }, position }, token);

  it('a hover is answered by the last good one, at its new place', async () => {
    const place = positionOf(`// first\n${NET}`, 'conv2d');
    const hover = await hoverAt(place);
    assert.match((hover?.contents as { readonly value: string }).value, /= 156/);
    assert.equal(hover?.range?.start.line, place.line);
  });

  it('a hover in one of many functions knows what was just typed there', async () => {
    assert.equal(await client.stop(), 0);
    client = await LspClient.start({ folder, nodeOptions: ['--import', HELD], settings: { reader: { timeLimit: 120 } } });
    const [head = '', net = ''] = NET.split(/(?<=tfjs';\n)/);
    const text = head + [1, 2, 3, 4, 5, 6].map((k) => net.replace('createNet', `createNet${k}`)).join('');
    const longer = await client.open(join(folder, 'many.ts'), text);
    await client.hoverText(longer, positionOf(text, 'conv2d'));
    const line = positionOf(text, 'createNet3').line + 2;
    const filters = text.split('\n')[line]?.indexOf('6, kernelSize') ?? -1;
    await client.change(longer, '8', { line, character: filters }, { line, character: filters + 1 });
    const place = { line, character: text.split('\n')[line]?.indexOf('conv2d') ?? -1 };
    const hover = await hoverAt(place, undefined, longer);
    assert.match((hover?.contents as { readonly value: string }).value, /5\*5\*1\*8 \+ 8 = 208/);
    assert.deepEqual(hover?.range?.start, { line, character: 12 });
    // Another place, of which the last good reading tells.
    assert.match((await client.hoverText(longer, positionOf(text, 'conv2d'))) ?? '', /= 156/);
  });

  it('hints and lenses stay, and move with the text', async () => {
    assert.deepEqual(await client.labels(uri), ['2 layers · 156 params', '→ 24×24×6 · 156', '→ 3456']);
  });

  it('a request that is cancelled ends, and the others are answered', async () => {
    // Nothing of this document will ever be known, so a hover on it waits.
    const other = await client.open(join(folder, 'other.ts'), NET);
    const source = new CancellationTokenSource();
    const waiting = hoverAt(positionOf(NET, 'conv2d'), source.token, other).then(
      (hover) => hover,
      () => null,
    );
    source.cancel();
    assert.equal(await waiting, null);
    assert.notEqual(await hoverAt(positionOf(`// first\n${NET}`, 'conv2d')), null);
  });
});
