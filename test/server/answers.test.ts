import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LspClient, positionOf } from '../support/lsp/client';

const VGG = readFileSync('examples/vgg16.ts', 'utf8');
const LENET = readFileSync('examples/lenet5.ts', 'utf8');

describe('language server: answers', () => {
  let client: LspClient;
  before(async () => (client = await LspClient.start({ folder: resolve('examples') })));
  after(() => client.stop());

  it('hovers over the helper of VGG-16 with the cases of its thirteen layers', async () => {
    const uri = await client.open(resolve('examples/vgg16.ts'), VGG);
    const lines = (await client.hoverText(uri, positionOf(VGG, 'conv2d')))!.split('\n');
    assert.match(lines[1]!, /^Conv2D {3}13 layers from this line, 9 cases$/);
    assert.match(lines[2]!, /^×1 +\[null, 224, 224, 3\] +→ \[null, 224, 224, 64\] +1,792$/);
    assert.equal(lines.filter((line) => line.startsWith('×')).length, 5);
    assert.ok(lines.includes('… and 4 more'));
  });

  it('hovers over a model', async () => {
    const uri = await client.open(resolve('examples/lenet5.ts'), LENET);
    const text = await client.hoverText(uri, positionOf(LENET, 'sequential('));
    assert.match(text!, /^params {2}61,706 {4}trainable$/m);
  });

  it('gives inlay hints at once, at the ends of lines', async () => {
    const uri = await client.open(resolve('examples/lenet5.ts'), LENET);
    const hints = await client.hints(uri);
    assert.deepEqual(
      hints.map(({ label }) => label),
      [
        '8 layers · 61,706 params',
        '→ 28×28×6 · 156',
        '→ 14×14×6',
        '→ 10×10×16 · 2,416',
        '→ 5×5×16',
        '→ 1×1×120 · 48,120',
        '→ 120',
        '→ 84 · 10,164',
        '→ 10 · 850',
      ],
    );
    const lines = LENET.split('\n');
    for (const { position } of hints) assert.equal(position.character, lines[position.line]!.length);
  });

  it('offers to state what is open, and warns where a statement is contradicted', async () => {
    const source = `import * as tf from '@tensorflow/tfjs';
export const create = (n: number) => tf.sequential({ layers: [tf.layers.dense({ units: n, inputShape: [2] })] });
`;
    const uri = await client.open(resolve('examples/stated.ts'), source);
    await client.hints(uri);
    const [action] = (await client.actions(uri, positionOf(source, 'dense'))) ?? [];
    assert.equal(action?.title, 'State n in a comment');
    const start = { line: 1, character: 0 };
    assert.deepEqual(action?.edit?.changes, { [uri]: [{ range: { start, end: start }, newText: '// @shape n = 10\n' }] });

    const stated = await client.open(
      resolve('examples/contradicted.ts'),
      source.replace('export', '// @shape n = 10\nexport') + 'create(12);\n',
    );
    const [problem] = (await client.diagnosed(stated, (list) => list.length > 0)).diagnostics;
    assert.equal(problem?.message, 'n is 12 here (line 4), the comment states 10');
    assert.equal(problem.severity, 2);
  });

  it('gives hints only for the range that is asked for', async () => {
    const uri = await client.open(resolve('examples/lenet5.ts'), LENET);
    const line = positionOf(LENET, "'c1'").line;
    assert.equal((await client.hints(uri, line)).length, 1);
  });

  it('finds the model under the caret, whole', async () => {
    const uri = await client.open(resolve('examples/lenet5.ts'), LENET);
    const { found } = await client.modelAt(uri, positionOf(LENET, 'flatten'));
    assert.equal(found?.title, 'createLeNet');
    assert.equal(found?.totalParams, 61_706);
    assert.equal(found?.line, positionOf(LENET, 'tf.sequential(').line);
    assert.equal(found?.uri, uri);
    assert.deepEqual(
      found?.graph.layers.filter(({ site }) => site).map(({ name }) => name),
      ['c1', 's2', 'c3', 's4', 'c5', 'flatten', 'f6', 'output'],
    );
  });

  it('says why there is no model', async () => {
    const none = await client.open('/nowhere/none.ts', "import * as tf from '@tensorflow/tfjs';\nconst x = tf.zeros([1]);\n");
    assert.match((await client.modelAt(none, { line: 1, character: 0 })).reason!, /defines no model/);
    const foreign = await client.open('/nowhere/foreign.ts', 'const x = 1;\n');
    assert.match((await client.modelAt(foreign, { line: 0, character: 0 })).reason!, /does not mention TensorFlow\.js/);
    assert.deepEqual(await client.hints(foreign), []);
    assert.equal(await client.hover(foreign, { line: 0, character: 7 }), null);
  });

  it('leads from the caret to a layer and from the layer to its line', async () => {
    const uri = await client.open(resolve('examples/lenet5.ts'), LENET);
    const { found } = await client.modelAt(uri, { line: 0, character: 0 });
    const c3 = found!.graph.layers.find(({ name }) => name === 'c3')!.site!.id;
    const at = positionOf(LENET, "name: 'c3'");
    assert.deepEqual((await client.sitesAt(uri, at)).sites[0], c3);
    assert.deepEqual((await client.sitesAt(uri, { line: 0, character: 0 })).sites, []);
    const place = await client.siteRange(c3);
    assert.equal(place.uri, uri);
    assert.equal(place.range?.start.line, at.line);
    assert.deepEqual(place.name?.start, positionOf(LENET, 'conv2d', 1));
    const { option } = await client.siteRange(c3, 'kernelSize');
    assert.deepEqual(option?.start, positionOf(LENET, 'kernelSize', 1));
    assert.equal((await client.siteRange(c3, 'strides')).option, undefined, 'the source does not write it');
    assert.deepEqual(await client.siteRange('nonsense', 'kernelSize'), {});
    assert.deepEqual(await client.siteRange('nonsense'), {});
  });

  it("leads from a helper's call to the layers that it made, and follows edits above", async () => {
    const source = [
      "import * as tf from '@tensorflow/tfjs';",
      'const block = (x: tf.SymbolicTensor, units: number) => tf.layers.dense({ units }).apply(x) as tf.SymbolicTensor;',
      'const x = tf.input({ shape: [4] });',
      'const a = block(x, 5);',
      'const b = block(a, 6);',
      'export const net = tf.model({ inputs: x, outputs: b });',
      '',
    ].join('\n');
    const uri = await client.open('/nowhere/helper.ts', source);
    const { found } = await client.modelAt(uri, positionOf(source, 'tf.model'));
    const [, first, second] = found!.graph.nodes.map(({ callPath }) => callPath?.[0]);
    assert.ok(first !== undefined && second !== undefined && first !== second);
    assert.equal((await client.sitesAt(uri, { line: 3, character: 0 })).sites[0], first);
    assert.equal((await client.sitesAt(uri, { line: 4, character: 0 })).sites[0], second);
    const edited = `// A line above.\n${source}`;
    await client.change(uri, edited);
    await client.modelAt(uri, positionOf(edited, 'tf.model'));
    assert.equal((await client.sitesAt(uri, { line: 5, character: 0 })).sites[0], second, 'the name that the panel knows');
  });

  it('reads documents that are no files', async () => {
    const uri = await client.open('untitled:Untitled-1', LENET);
    assert.match((await client.hoverText(uri, positionOf(LENET, 'sequential(')))!, /61,706/);
    assert.equal((await client.modelAt(uri, { line: 12, character: 0 })).found?.totalParams, 61_706);
  });
});

describe('language server: settings', () => {
  it('decide what is answered, and changes of them are followed', async () => {
    const client = await LspClient.start({ settings: { inlayHints: { content: 'shapes', position: 'call' } } });
    try {
      const uri = await client.open('/nowhere/lenet.ts', LENET);
      const hints = await client.hints(uri);
      assert.equal(hints[0]?.label, '→ 28×28×6');
      assert.equal(hints[0]?.position.character, LENET.split('\n')[hints[0]!.position.line]!.length - ');'.length);
      client.settings = { inlayHints: { content: 'off' }, hover: { enabled: false } };
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      await client.until(() => client.refreshes > 0);
      assert.deepEqual(await client.hints(uri), []);
      assert.equal(await client.hover(uri, positionOf(LENET, 'sequential(')), null);
      client.settings = { enable: false };
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
      assert.match((await client.modelAt(uri, positionOf(LENET, 'flatten'))).reason!, /switched off/);
    } finally {
      await client.stop();
    }
  });
});
