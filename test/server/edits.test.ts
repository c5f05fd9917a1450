import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LspClient, positionOf } from '../support/lsp/client';

const NET = `import * as tf from '@tensorflow/tfjs';

export function createNet() {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 6, kernelSize: 5 }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 10 }));
  return model;
}
`;

describe('language server: edits', () => {
  let client: LspClient;
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'layerscope-'));
    client = await LspClient.start({ folder });
  });
  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  it('change the answers', async () => {
    const uri = await client.open(join(folder, 'net.ts'), NET);
    assert.deepEqual(await client.labels(uri), ['3 layers · 34,726 params', '→ 24×24×6 · 156', '→ 3456', '→ 10 · 34,570']);
    const at = positionOf(NET, '6, kernelSize');
    await client.change(uri, '8', at, { ...at, character: at.character + 1 });
    assert.match((await client.hoverText(uri, positionOf(NET, 'conv2d')))!, /params {2}5\*5\*1\*8 \+ 8 = 208/);
    // Told of a hover's reading, hints may come a moment later.
    await client.modelAt(uri, { line: 4, character: 0 });
    assert.deepEqual(await client.labels(uri), ['3 layers · 46,298 params', '→ 24×24×8 · 208', '→ 4608', '→ 10 · 46,090']);
  });

  it('move the old answers until the new ones are there', async () => {
    const uri = await client.open(join(folder, 'net.ts'), NET);
    const before = await client.hints(uri);
    await client.change(uri, '// a\n// b\n', { line: 2, character: 0 });
    // Asked for at once: what comes, from whichever reading, stands two lines further down.
    const after = await client.hints(uri);
    assert.deepEqual(
      after.map(({ label, position }) => [label, position.line]),
      before.map(({ label, position }) => [label, position.line + 2]),
    );
    const hover = await client.hover(uri, positionOf(`// a\n// b\n${NET}`, 'conv2d'));
    assert.deepEqual(hover?.range?.start, { line: 6, character: 12 });
  });

  it('that leave the models alone move what was said of them, and fixes find the present text', async () => {
    const source = `import * as tf from '@tensorflow/tfjs';

export const hello = () => { return 'a'; };
export function createNet() {
  return tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [8] }), tf.layers.conv2d({ filters: 4, kernelSize: 3 })] });
}
`;
    const uri = await client.open(join(folder, 'net.ts'), source);
    await client.labels(uri);
    let text = source;
    for (const more of ['bc', 'def']) {
      const place = positionOf(text, "'; }");
      await client.change(uri, more, place);
      text = text.replace("'; }", `${more}'; }`);
      const hover = await client.hover(uri, positionOf(text, 'dense'));
      assert.deepEqual(hover?.range?.start, positionOf(text, 'tf.layers.dense'));
      assert.match(JSON.stringify(hover), /8\*3 \+ 3 = 27/);
    }
    assert.ok(Array.isArray(await client.actions(uri, positionOf(text, 'conv2d'))));
    const units = positionOf(text, '3, inputShape');
    await client.change(uri, '5', units, { ...units, character: units.character + 1 });
    assert.match((await client.hoverText(uri, positionOf(text, 'dense')))!, /8\*5 \+ 5 = 45/);
  });

  it('ask for a refresh only where a hint says something else', async () => {
    const uri = await client.open(join(folder, 'net.ts'), NET);
    await client.labels(uri);
    assert.equal(client.refreshes, 0);
    await client.change(uri, '// a comment\n', { line: 0, character: 0 });
    const moved = (await client.modelAt(uri, { line: 6, character: 0 })).found;
    assert.equal(moved?.line, 4);
    assert.equal(client.refreshes, 0);
    const at = { line: 7, character: NET.split('\n')[6]!.indexOf('10') };
    await client.change(uri, '7', at, { ...at, character: at.character + 2 });
    await client.until(() => client.refreshes === 1);
    assert.equal((await client.labels(uri)).at(-1), '→ 7 · 24,199');
  });

  it('tell of models that changed', async () => {
    const uri = await client.open(join(folder, 'net.ts'), NET);
    await client.until(() => client.changes.some((change) => change.uri === uri && change.version === 1));
    const at = positionOf(NET, '10 }');
    const version = await client.change(uri, '12', at, { ...at, character: at.character + 2 });
    await client.until(() => client.changes.some((change) => change.version === version));
  });

  it('leave a model and its layers their names', async () => {
    const uri = await client.open(join(folder, 'net.ts'), NET);
    const first = (await client.modelAt(uri, { line: 4, character: 0 })).found!;
    await client.change(uri, "const before = 'x'; // something above\n", { line: 1, character: 0 });
    const again = (await client.modelAgain(uri, first.id, first.title)).found!;
    assert.equal(again.id, first.id);
    assert.deepEqual(again.graph, first.graph && again.graph);
    assert.deepEqual(
      again.graph.layers.map(({ site }) => site?.id),
      first.graph.layers.map(({ site }) => site?.id),
    );
    const conv = first.graph.layers.find(({ factory }) => factory === 'conv2d')!.site!.id;
    assert.equal((await client.siteRange(conv)).name?.start.line, 5);
    // A layer put before it takes neither its name nor that of another.
    await client.change(uri, '  model.add(tf.layers.inputLayer({ inputShape: [28, 28, 1] }));\n', { line: 5, character: 0 });
    const third = (await client.modelAgain(uri, first.id, first.title)).found!;
    const names = third.graph.layers.flatMap(({ site }) => site?.id ?? []);
    assert.equal(new Set(names).size, names.length);
    assert.deepEqual(names.slice(-3), first.graph.layers.flatMap(({ site }) => site?.id ?? []).slice(-3));
  });

  it('keep the last good answers while the source is half typed', async () => {
    const uri = await client.open(join(folder, 'net.ts'), NET);
    await client.labels(uri);
    await client.change(uri, 'const half = tf.layers.\n', { line: 7, character: 0 });
    await client.modelAt(uri, { line: 4, character: 0 });
    assert.match((await client.hoverText(uri, positionOf(NET, 'conv2d')))!, /24, 24, 6/);
  });

  it('take whole texts as well as parts', async () => {
    const uri = await client.open(join(folder, 'net.ts'), NET);
    await client.labels(uri);
    await client.change(uri, NET.replace('units: 10', 'units: 3'));
    await client.modelAt(uri, { line: 4, character: 0 });
    assert.equal((await client.labels(uri)).at(-1), '→ 3 · 10,371');
  });

  it('are followed into the files that import them', async () => {
    const sizes = 'export const units = 10;\n';
    writeFileSync(join(folder, 'sizes.ts'), sizes);
    const net = NET.replace('units: 10', 'units').replace("tfjs';", "tfjs';\nimport { units } from './sizes';");
    const uri = await client.open(join(folder, 'net.ts'), net);
    assert.equal((await client.labels(uri)).at(-1), '→ 10 · 34,570');
    const other = await client.open(join(folder, 'sizes.ts'), sizes);
    await client.change(other, '7', positionOf(sizes, '10'), { line: 0, character: sizes.indexOf('10') + 2 });
    await client.until(() => client.refreshes > 0);
    assert.equal((await client.labels(uri)).at(-1), '→ 7 · 24,199');
    // Closed without saving: what is on disk counts again.
    const refreshes = client.refreshes;
    await client.close(other);
    await client.until(() => client.refreshes > refreshes);
    assert.equal((await client.labels(uri)).at(-1), '→ 10 · 34,570');
    writeFileSync(join(folder, 'sizes.ts'), 'export const units = 5;\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: pathToFileURL(join(folder, 'sizes.ts')).href, type: 2 }],
    });
    await client.until(() => client.refreshes > refreshes + 1);
    assert.equal((await client.labels(uri)).at(-1), '→ 5 · 17,285');
  });

  it('of another file change what a hover has told of the present text', async () => {
    const sizes = 'export const units = 10;\n';
    const net = NET.replace('units: 10', 'units').replace("tfjs';", "tfjs';\nimport { units } from './sizes';");
    const other = await client.open(join(folder, 'sizes.ts'), sizes);
    const uri = await client.open(join(folder, 'net.ts'), net);
    await client.modelAt(uri, { line: 4, character: 0 });
    await client.change(uri, '// a line\n', { line: 0, character: 0 });
    const dense = positionOf(`// a line\n${net}`, 'dense');
    assert.match((await client.hoverText(uri, dense))!, /3456\*10 \+ 10 = 34,570/);
    await client.change(other, '7', positionOf(sizes, '10'), { line: 0, character: sizes.indexOf('10') + 2 });
    assert.match((await client.hoverText(uri, dense))!, /3456\*7 \+ 7 = 24,199/);
  });

  it('show problems with the version they are about, and take them back', async () => {
    const broken = NET.replace('inputShape: [28, 28, 1], ', '');
    const uri = await client.open(join(folder, 'net.ts'), broken);
    const { version, diagnostics } = await client.diagnosed(uri, (list) => list.length > 0);
    assert.equal(version, 1);
    assert.equal(diagnostics[0]?.severity, 1);
    assert.equal(diagnostics[0]?.range.start.line, 4);
    assert.match(String(diagnostics[0]?.message), /The first layer in a Sequential model must get an `inputShape`/);
    await client.change(uri, NET);
    assert.equal((await client.diagnosed(uri, (list) => list.length === 0)).version, 2);
  });
});
