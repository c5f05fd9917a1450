import assert from 'node:assert/strict';
import type { DocumentSymbol } from 'vscode-languageserver';
import { LspClient, positionOf } from '../support/lsp/client';

const SOURCE = `import * as tf from '@tensorflow/tfjs';

export function create() {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 3, inputShape: [2] }));
  return model;
}
`;

describe('language server: document symbols', () => {
  let client: LspClient;
  before(async () => void (client = await LspClient.start({ dynamicSymbols: true })));
  after(() => client.stop());

  const symbolsOf = async (uri: string, of = client): Promise<readonly DocumentSymbol[]> => {
    // Symbols do not wait for a reading that takes long, as the first one does.
    await of.modelAt(uri, { line: 0, character: 0 });
    return (await of.connection.sendRequest<DocumentSymbol[] | null>('textDocument/documentSymbol', { textDocument: { uri } })) ?? [];
  };
  const shown = async (uri: string, of = client): Promise<string> =>
    (await symbolsOf(uri, of))
      .flatMap((model) => [model, ...(model.children ?? [])])
      .map(({ name, detail, selectionRange }) => `${selectionRange.start.line}:${name} · ${detail ?? ''}`)
      .join(' | ');

  it('follow the text at once, with the figures of what is typed', async () => {
    const uri = await client.open('/symbols/a.ts', SOURCE);
    assert.equal(await shown(uri), '2:create · 1 layer · 9 params | 4:Dense · → 3 · 9');
    const units = positionOf(SOURCE, '3, inputShape');
    await client.change(uri, '5', units, { ...units, character: units.character + 1 });
    await client.change(uri, '\n', { line: 0, character: 0 });
    assert.equal(await shown(uri), '3:create · 1 layer · 15 params | 5:Dense · → 5 · 15');
  });

  it('are asked for anew where they have become others without an edit', async () => {
    const net = SOURCE.replace('create()', 'create(size: number)').replace('[2]', '[size]');
    const uri = await client.open('/symbols/net.ts', net);
    assert.equal(await shown(uri), '2:create · 1 layer · 3*size + 3 params | 4:Dense · → 3 · 3*size + 3');
    const before = client.registered.length;
    await client.open('/symbols/train.ts', "import { create } from './net';\nexport const net = create(9);\n");
    await client.until(() => client.registered.length > before);
    assert.deepEqual(client.registered.at(-1), {
      method: 'textDocument/documentSymbol',
      registerOptions: { documentSelector: null, label: 'Models' },
    });
    assert.equal(await shown(uri), '2:create · 1 layer · 30 params | 4:Dense · → 3 · 30');
  });

  it('are promised from the start to a client that knows no other way, can be switched off, and keep a quiz’s answers', async () => {
    const quiet = await LspClient.start({ settings: { outline: { enabled: false } } });
    assert.deepEqual(quiet.capabilities.documentSymbolProvider, { label: 'Models' });
    const uri = await quiet.open('/symbols/b.ts', SOURCE);
    const off = await shown(uri, quiet);
    await quiet.stop();
    assert.equal(off, '');
    const quiz = await LspClient.start({ settings: { quiz: { enabled: true } } });
    await quiz.open('/symbols/b.ts', SOURCE);
    const kept = await shown(uri, quiz);
    await quiz.stop();
    assert.equal(kept, '2:create ·  | 4:Dense · ');
  });
});
