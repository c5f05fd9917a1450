import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MODEL_LAYERS, MODELS, WATCH_MODELS, type ModelLayersResult, type ModelsParams, type ModelsResult } from '../../src/protocol/lsp';
import { LspClient } from '../support/lsp/client';

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";
const net = (name: string, units: number): string =>
  `${HEAD}export const ${name} = tf.sequential({ layers: [tf.layers.dense({ units: ${units}, inputShape: [2] })] });\n`;

const ORDINARY = 400;

describe('language server: the list of models', () => {
  let folder: string;
  let client: LspClient;

  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'layerscope-')));
    mkdirSync(join(folder, 'nets'));
    mkdirSync(join(folder, 'node_modules/other'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{}');
    writeFileSync(join(folder, 'nets/a.ts'), net('small', 3));
    writeFileSync(join(folder, 'nets/b.ts'), `import { units } from '../sizes';\n${net('sized', 0).replace('units: 0', 'units')}`);
    writeFileSync(join(folder, 'sizes.ts'), 'export const units = 5;\n');
    writeFileSync(join(folder, 'node_modules/other/c.ts'), net('theirs', 3));
    for (let n = 0; n < ORDINARY; n++) writeFileSync(join(folder, `file${n}.ts`), `export const n = ${n};\n`);
    client = await LspClient.start({ folder });
  });
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true });
  });

  const models = (params: ModelsParams = {}): Promise<ModelsResult> => client.connection.sendRequest(MODELS, params);
  const listed = async (params: ModelsParams = {}): Promise<readonly string[]> =>
    (await models(params)).files.flatMap(({ models: some }) => some.map(({ label, detail }) => `${label} ${detail}`));
  const watch = (on: boolean): Promise<void> => client.connection.sendNotification(WATCH_MODELS, { on });
  /** The list, once it is complete and `wanted` is true of it. */
  const complete = async (wanted: (list: readonly string[]) => boolean = () => true): Promise<readonly string[]> => {
    for (;;) {
      const before = client.modelsChanged;
      const { note } = await models();
      const list = await listed();
      if (note === undefined && wanted(list)) return list;
      await client.until(() => client.modelsChanged > before);
    }
  };
  const changed = (path: string, type: number): Promise<void> =>
    client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: pathToFileURL(join(folder, path)).href, type }],
    });

  it('looks at no file while no one looks at it', async () => {
    const uri = await client.open(join(folder, 'nets/a.ts'), net('small', 3));
    await client.labels(uri);
    assert.deepEqual(await listed(), ['small 1 layer · 9 params']);
    await changed('nets/b.ts', 2);
    await client.labels(uri);
    assert.deepEqual(await listed(), ['small 1 layer · 9 params']);
    assert.equal(client.modelsChanged, 0);
  });

  it('finds the workspace’s models when it is watched, and no one else’s', async () => {
    await watch(true);
    assert.deepEqual(await complete(), ['small 1 layer · 9 params', 'sized 1 layer · 15 params']);
    assert.deepEqual(await listed({ filter: ' SIZED' }), ['sized 1 layer · 15 params']);
    assert.deepEqual(await listed({ filter: 'nets/a' }), ['small 1 layer · 9 params']);
    assert.deepEqual(await listed({ filter: 'lstm' }), []);
  });

  it('follows files that change, come and go, also those that a model rests on', async () => {
    await watch(true);
    await complete();
    writeFileSync(join(folder, 'sizes.ts'), 'export const units = 6;\n');
    await changed('sizes.ts', 2);
    await complete((list) => list.includes('sized 1 layer · 18 params'));
    writeFileSync(join(folder, 'late.ts'), net('late', 1));
    await changed('late.ts', 1);
    await complete((list) => list.includes('late 1 layer · 3 params'));
    rmSync(join(folder, 'late.ts'));
    await changed('late.ts', 3);
    await complete((list) => !list.some((one) => one.startsWith('late')));
  });

  it('has what is typed, and what is on the disk again when the document is closed', async () => {
    await watch(true);
    await complete();
    const uri = await client.open(join(folder, 'nets/a.ts'), net('small', 7));
    await complete((list) => list.includes('small 1 layer · 21 params'));
    await client.close(uri);
    await complete((list) => list.includes('small 1 layer · 9 params'));
  });

  it('stops when no one looks any more', async () => {
    await watch(true);
    await complete();
    await watch(false);
    const before = client.modelsChanged;
    await changed('sizes.ts', 2);
    const uri = await client.open(join(folder, 'nets/a.ts'), net('small', 3));
    await client.labels(uri);
    assert.equal(client.modelsChanged, before);
  });

  it('tells the layers of a model whose file no one has open', async () => {
    await watch(true);
    await complete();
    const [model] = (await models({ filter: 'sized' })).files.flatMap((file) => file.models);
    assert.ok(model);
    const { rows } = await client.connection.sendRequest<ModelLayersResult>(MODEL_LAYERS, {
      uri: model.uri,
      id: model.id,
      title: model.title,
    });
    assert.deepEqual(
      rows?.map(({ label, detail }) => `${label} ${detail}`),
      ['Dense → 5 · 15'],
    );
    const place = await client.siteRange(rows?.[0]?.site ?? '');
    assert.equal(place.uri, model.uri);
    assert.equal(place.range?.start.line, 2);
    const gone = await client.connection.sendRequest<ModelLayersResult>(MODEL_LAYERS, { ...model, id: 'x#1', title: 'nobody' });
    assert.deepEqual(gone, { reason: 'The model is no longer in its file.' });
  });

  it('keeps a quiz’s answers', async () => {
    client.settings = { quiz: { enabled: true } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    await watch(true);
    assert.deepEqual(await complete(), ['small ', 'sized ']);
    const [model] = (await models()).files.flatMap((file) => file.models);
    const { rows } = await client.connection.sendRequest<ModelLayersResult>(MODEL_LAYERS, model);
    assert.equal(rows?.[0]?.detail, '?');
  });
});
