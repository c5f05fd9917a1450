import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver/node';
import { LspClient, positionOf } from '../support/lsp/client';

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";

/** A pool that is too large is a warning, one that leaves a row unread a hint. */
const POOLS = `${HEAD}const model = tf.sequential();
model.add(tf.layers.maxPooling2d({ poolSize: 2, inputShape: [7, 7, 3] }));
model.add(tf.layers.maxPooling2d({ poolSize: 9 }));
`;

const RESIDUAL = `${HEAD}const input = tf.input({ shape: [56, 56, 64] });
const y = tf.layers.conv2d({ filters: 64, kernelSize: 3, strides: 2, padding: 'same' }).apply(input);
tf.layers.add().apply([input, y]);
`;

const codes = (diagnostics: readonly Diagnostic[]): readonly unknown[] => diagnostics.map(({ code, severity }) => `${code} ${severity}`);

describe('language server: problems', () => {
  let client: LspClient;
  before(async () => (client = await LspClient.start({ folder: '/nowhere' })));
  after(() => client.stop());

  const set = async (settings: object): Promise<void> => {
    client.settings = settings;
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  };

  it('are what the rules find and what TensorFlow.js throws, without hints, on the option that causes them', async () => {
    const uri = await client.open('/nowhere/pools.ts', POOLS);
    const { diagnostics } = await client.diagnosed(uri, (list) => list.length > 0);
    assert.deepEqual(codes(diagnostics), ['empty-output 2']);
    const start = positionOf(POOLS, 'poolSize: 9');
    assert.deepEqual(diagnostics[0]?.range, { start, end: { line: start.line, character: start.character + 'poolSize: 9'.length } });
    assert.match(String(diagnostics[0]?.message), /the window of 9 is larger than the input's 3 rows/);
  });

  it('have the severity that settings give them, and none where they are switched off', async () => {
    const uri = await client.open('/nowhere/pools.ts', POOLS);
    await set({ diagnostics: { severity: { 'unread-input': 'information', 'empty-output': 'error' } } });
    const { diagnostics } = await client.diagnosed(uri, (list) => list.length === 2);
    assert.deepEqual(codes(diagnostics), ['unread-input 3', 'empty-output 1']);
    await set({ diagnostics: { severity: { 'empty-output': 'off' } } });
    await client.diagnosed(uri, (list) => list.length === 0);
    await set({});
    await client.diagnosed(uri, (list) => list.length === 1);
    await set({ diagnostics: { enabled: false } });
    await client.diagnosed(uri, (list) => list.length === 0);
    await set({});
    await client.diagnosed(uri, (list) => list.length === 1);
  });

  it('are silenced by a comment, and come back when it goes', async () => {
    const comment = '// layerscope-ignore-next-line empty-output';
    const silent = POOLS.replace('model.add(tf.layers.maxPooling2d({ poolSize: 9', `${comment}\n$&`);
    const uri = await client.open('/nowhere/silent.ts', silent);
    const start = positionOf(silent, comment);
    await client.hoverText(uri, { line: 0, character: 0 });
    assert.deepEqual(client.diagnostics.get(uri)?.diagnostics ?? [], []);
    await client.change(uri, '', start, { line: start.line + 1, character: 0 });
    const { diagnostics } = await client.diagnosed(uri, (list) => list.length > 0);
    assert.deepEqual(codes(diagnostics), ['empty-output 2']);
  });

  it('point at the lines that made the shapes, and have a page to read', async () => {
    const uri = await client.open('/nowhere/residual.ts', RESIDUAL);
    const [problem] = (await client.diagnosed(uri, (list) => list.length > 0)).diagnostics;
    assert.equal(problem?.code, 'shape-mismatch');
    assert.deepEqual(
      problem?.relatedInformation?.map(({ location, message }) => [location.uri, location.range.start, message]),
      [
        [uri, positionOf(RESIDUAL, 'tf.input'), 'input is [null, 56, 56, 64]'],
        [uri, positionOf(RESIDUAL, 'strides: 2'), 'strides makes y (56 + 0 + 1 - 3)/2 + 1 = 28, so [null, 28, 28, 64]'],
      ],
    );
    const { href } = problem?.codeDescription ?? {};
    assert.match(String(href), /\/docs\/problems\/shape-mismatch\.md$/);
    assert.ok(existsSync(fileURLToPath(String(href))), href);
  });

  it('come after a rest where the edit is in their own line, and go with the edit that mends them', async () => {
    const right = POOLS.replace('poolSize: 9', 'poolSize: 2');
    const uri = await client.open('/nowhere/typed.ts', right);
    await client.hoverText(uri, { line: 0, character: 0 });
    const at = positionOf(right, '2 }));');
    const wrong = await client.change(uri, '9', at, { ...at, character: at.character + 1 });
    const shown = await client.diagnosed(uri, (list) => list.length > 0);
    assert.equal(shown.version, wrong);
    await client.change(uri, '2', at, { ...at, character: at.character + 1 });
    await client.diagnosed(uri, (list) => list.length === 0);
  });
});
