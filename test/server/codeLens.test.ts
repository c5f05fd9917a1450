import assert from 'node:assert/strict';
import type { CodeLens } from 'vscode-languageserver';
import { EARLIER } from '../../src/protocol/lsp';
import { LspClient, positionOf } from '../support/lsp/client';

const SOURCE = `import * as tf from '@tensorflow/tfjs';

export function create() {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 3, inputShape: [2] }));
  return model;
}
`;

describe('language server: code lenses', () => {
  let client: LspClient;
  before(async () => void (client = await LspClient.start()));
  after(() => client.stop());

  const lensesOf = async (uri: string): Promise<readonly CodeLens[]> =>
    (await client.connection.sendRequest<CodeLens[] | null>('textDocument/codeLens', { textDocument: { uri } })) ?? [];
  const shown = async (uri: string): Promise<string> =>
    (await lensesOf(uri)).map(({ range, command }) => `${range.start.line}:${command?.title ?? ''}`).join(' | ');

  it('name the model that they are about, in every command', async () => {
    const uri = await client.open('/lens/a.ts', SOURCE);
    const lenses = await lensesOf(uri);
    assert.deepEqual(
      lenses.map(({ command }) => [command?.title, command?.command]),
      [
        ['▶ Run', 'layerscope.runModel'],
        ['Summary', 'layerscope.showSummary'],
        ['Compare…', 'layerscope.compareWith'],
        ['1 layer · 9 params · 6 MACs · 36 B weights', ''],
      ],
    );
    const [model] = lenses[0]?.command?.arguments as [{ uri: string; id: string; title: string }];
    const { found } = await client.modelAgain(model.uri, model.id, model.title);
    assert.equal(found?.title, 'create');
  });

  it('keep their place and their text while a line is half typed', async () => {
    const uri = await client.open('/lens/b.ts', SOURCE);
    await lensesOf(uri);
    await client.change(uri, '\n', { line: 0, character: 0 });
    assert.match(await shown(uri), /^3:▶ Run \| .* 9 params/);
    const call = positionOf(`\n${SOURCE}`, 'tf.sequential()');
    await client.change(uri, 'const {', call, { ...call, character: call.character + 'tf.sequential();'.length });
    // Once it has been read that there is no model, the lens still stands there.
    await client.modelAt(uri, { line: 0, character: 0 });
    assert.match(await shown(uri), /^3:▶ Run \| .* 9 params/);
  });

  it('go where the model goes', async () => {
    const uri = await client.open('/lens/c.ts', SOURCE);
    await lensesOf(uri);
    await client.change(uri, "import * as tf from '@tensorflow/tfjs';\n");
    await client.modelAt(uri, { line: 0, character: 0 });
    assert.equal(await shown(uri), '');
  });

  it('tell what changed since HEAD, which is read once and not with the file', async () => {
    const uri = await client.open('/lens/d.ts', SOURCE);
    assert.doesNotMatch(await shown(uri), /HEAD/);
    const before = client.lensRefreshes;
    await client.connection.sendNotification(EARLIER, { uri, text: SOURCE.replace('units: 3', 'units: 2') });
    await client.until(() => client.lensRefreshes > before);
    assert.match(await shown(uri), /9 params .* · \+3 params since HEAD/);
    assert.match((await client.hoverText(uri, positionOf(SOURCE, 'dense'))) ?? '', /\[null, 3\]/);
    await client.change(uri, '4', positionOf(SOURCE, '3, inputShape'), {
      ...positionOf(SOURCE, '3, inputShape'),
      character: positionOf(SOURCE, '3, inputShape').character + 1,
    });
    await client.modelAt(uri, { line: 0, character: 0 });
    assert.match(await shown(uri), /12 params .* · \+6 params since HEAD/);
  });

  it('can be switched off', async () => {
    const quiet = await LspClient.start({ settings: { codeLens: { enabled: false } } });
    const uri = await quiet.open('/lens/e.ts', SOURCE);
    assert.equal(await quiet.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } }), null);
    await quiet.stop();
  });
});
