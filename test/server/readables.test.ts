import assert from 'node:assert/strict';
import { SUMMARY, type ModelRef, type ReadableResult } from '../../src/protocol/lsp';
import { LspClient, positionOf } from '../support/lsp/client';

const SOURCE = `import * as tf from '@tensorflow/tfjs';
export function create() {
  const model = tf.sequential();
  model.add(tf.layers.dense({ name: 'fc', units: 3, inputShape: [2] }));
  return model;
}
`;

describe('language server: documents for reading', () => {
  let client: LspClient;
  before(async () => void (client = await LspClient.start()));
  after(() => client.stop());

  const refIn = async (uri: string): Promise<ModelRef> => {
    const { found } = await client.modelAt(uri, { line: 2, character: 0 });
    assert.ok(found);
    return { uri, id: found.id, title: found.title };
  };
  const summary = (ref: ModelRef): Promise<ReadableResult> => client.connection.sendRequest(SUMMARY, ref);

  it('give a model as a table, whose lines lead to the source through edits', async () => {
    const uri = await client.open('/read/a.ts', SOURCE);
    const ref = await refIn(uri);
    const { lines } = await summary(ref);
    const row = lines?.find(({ text }) => text.startsWith('fc (Dense)'));
    assert.match(row?.text ?? '', /\[null, 3\] +9 +100 % +6 +100 % +12 B +100 % +4$/);
    await client.change(uri, '\n\n', { line: 0, character: 0 });
    const { range, name } = await client.siteRange(row?.links?.[0]?.site ?? '');
    assert.equal(range?.start.line, 5);
    assert.deepEqual(name?.start, positionOf(`\n\n${SOURCE}`, 'dense'));
    const again = await summary(ref);
    assert.match(again.lines?.map(({ text }) => text).join('\n') ?? '', /fc \(Dense\) .* 6$/m);
  });

  it('say why there is none', async () => {
    assert.deepEqual(await summary({ uri: 'file:///read/none.ts', id: '/read/none.ts#0', title: 'create' }), {
      reason: 'The file of this model is not open.',
    });
    const uri = await client.open('/read/b.ts', SOURCE);
    const ref = await refIn(uri);
    await client.change(uri, "import * as tf from '@tensorflow/tfjs';\n");
    assert.deepEqual(await summary(ref), { reason: 'The model is no longer in its file.' });
  });
});
