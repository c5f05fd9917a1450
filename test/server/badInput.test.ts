import assert from 'node:assert/strict';
import { CancellationTokenSource, LSPErrorCodes } from 'vscode-languageserver/node';
import { LspClient, positionOf } from '../support/lsp/client';

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";
const GOOD = `${HEAD}const model = tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [4] })] });\n`;

describe('language server: bad input', () => {
  let client: LspClient;
  const goodUri = 'file:///nowhere/good.ts';

  before(async () => {
    client = await LspClient.start();
    await client.open(goodUri, GOOD);
  });
  after(async () => assert.equal(await client.stop(), 0));
  /** Whatever was opened: other documents are answered. */
  afterEach(async () => assert.equal((await client.modelAt(goodUri, { line: 1, character: 0 })).found?.totalParams, 50));

  it('says of a file of 10 MB that it does not read it', async () => {
    const uri = await client.open('file:///nowhere/large.ts', HEAD + `// ${'x'.repeat(97)}\n`.repeat(100_000));
    const { diagnostics } = await client.diagnosed(uri, (list) => list.length > 0);
    assert.deepEqual(
      diagnostics.map(({ message, severity }) => [message, severity]),
      [['Layerscope does not read this file: it is larger than 5 MB.', 3]],
    );
    assert.match((await client.modelAt(uri, { line: 5, character: 0 })).reason!, /larger than 5 MB/);
    assert.equal(await client.hover(uri, { line: 5, character: 3 }), null);
    await client.close(uri);
    assert.deepEqual((await client.diagnosed(uri, (list) => list.length === 0)).diagnostics, []);
  });

  it('ends on an endless loop', async () => {
    const text = `${HEAD}while (true) {}\nconst model = tf.sequential();\nmodel.add(tf.layers.dense({ units: 3, inputShape: [2] }));\n`;
    const uri = await client.open('file:///nowhere/endless.ts', text);
    const result = await client.modelAt(uri, { line: 2, character: 0 });
    assert.ok(result.found ?? result.reason);
    const { diagnostics } = await client.diagnosed(uri, (list) => list.length > 0);
    assert.equal(diagnostics[0]?.severity, 3);
  });

  it('reads around broken syntax, and leaves marking it to the language', async () => {
    const text = `${GOOD}const broken = (((;\nfunction ( {\n`;
    const uri = await client.open('file:///nowhere/broken.ts', text);
    assert.match((await client.hoverText(uri, positionOf(text, 'dense')))!, /4\*10 \+ 10 = 50/);
    assert.equal((client.diagnostics.get(uri)?.diagnostics ?? []).filter(({ severity }) => severity === 1).length, 0);
  });

  it('survives nesting deeper than any stack', async () => {
    const uri = await client.open('file:///nowhere/deep.ts', `${HEAD}const x = ${'['.repeat(100_000)}${']'.repeat(100_000)};\n`);
    const result = await client.modelAt(uri, { line: 1, character: 0 });
    assert.ok(result.reason);
  });

  it('counts a model of 10^12 parameters without making it', async () => {
    const text = `${HEAD}const model = tf.sequential();\nmodel.add(tf.layers.dense({ units: 1e6, inputShape: [1e6], useBias: false }));\n`;
    const uri = await client.open('file:///nowhere/huge.ts', text);
    assert.match((await client.hoverText(uri, positionOf(text, 'dense')))!, /1000000\*1000000 = 1,000,000,000,000/);
  });

  it('takes hostile names as names', async () => {
    const name = '<img src=x onerror=alert(1)> [a](command:workbench.action.quit) `__proto__`';
    const text = `${HEAD}const model = tf.sequential();\nmodel.add(tf.layers.dense({ name: ${JSON.stringify(name)}, units: 3, inputShape: [2] }));\nclass __proto__ extends tf.layers.Layer {}\nmodel.add(new __proto__({ name: 'constructor' }));\n`;
    const uri = await client.open('file:///nowhere/hostile.ts', text);
    const hover = (await client.hoverText(uri, positionOf(text, 'dense')))!;
    const [fence] = /^`+/.exec(hover)!;
    assert.equal(hover.split('\n').filter((line) => line.startsWith(fence)).length, 2, 'one block, opened and closed');
    // The only links are ours: to lines of the file itself.
    const prose = hover
      .slice(hover.lastIndexOf(fence) + fence.length)
      .replaceAll(/\[(\d+)\]\(<file:\/\/\/nowhere\/hostile\.ts#L\1>\)/g, '$1');
    assert.doesNotMatch(prose.replaceAll(/^(unknown|line \d+):/gm, ''), /(^|[^\\])[<>[\]()`_:]/, 'nothing outside the block is markup');
    assert.ok(await client.hover(uri, positionOf(text, 'new')));
    assert.ok((await client.labels(uri)).length > 0);
  });

  it('answers politely about documents that it does not know', async () => {
    assert.equal(await client.hover('file:///nowhere/unknown.ts', { line: 0, character: 0 }), null);
    assert.deepEqual(await client.hints('file:///nowhere/unknown.ts'), []);
    assert.ok((await client.modelAt('file:///nowhere/unknown.ts', { line: 0, character: 0 })).reason);
    assert.equal(await client.hover(goodUri, { line: 9_999, character: 9_999 }), null);
  });
});

describe('language server: the time limit', () => {
  // Enough steps that no machine takes them within the second that a reading is given here.
  const settings = { reader: { stepBudget: 100_000_000, timeLimit: 1 } };
  const loop = (body: string, name: string): string => `for (let ${name} = 0; ${name} < 10000; ${name}++) { ${body} }`;
  const endless = `${HEAD}let sum = 0;\n${loop(loop(loop('sum += a * b * c;', 'c'), 'b'), 'a')}\n`;

  it('ends a reading, says so, and reads on', async () => {
    const client = await LspClient.start({ settings });
    try {
      const uri = await client.open('file:///nowhere/endless.ts', endless);
      const { diagnostics } = await client.diagnosed(uri, (list) => list.length > 0);
      assert.match(String(diagnostics[0]?.message), /reading took longer than 1 s/);
      assert.match((await client.modelAt(uri, { line: 2, character: 0 })).reason!, /reading took longer than 1 s/);
      const good = await client.open(goodPath, GOOD);
      assert.equal((await client.modelAt(good, { line: 1, character: 0 })).found?.totalParams, 50);
      await client.change(uri, GOOD);
      assert.equal((await client.modelAt(uri, { line: 1, character: 0 })).found?.totalParams, 50);
      assert.deepEqual((await client.diagnosed(uri, (list) => list.length === 0)).diagnostics, []);
    } finally {
      assert.equal(await client.stop(), 0);
    }
  });

  it('is not waited for by a request that is given up', async () => {
    const client = await LspClient.start({ settings: { reader: { stepBudget: 100_000_000, timeLimit: 120 } } });
    try {
      const uri = await client.open('file:///nowhere/endless.ts', endless);
      const source = new CancellationTokenSource();
      const position = { line: 1, character: 0 };
      const request = client.connection.sendRequest('textDocument/hover', { textDocument: { uri }, position }, source.token);
      source.cancel();
      const outcome = await request.catch((error: { code: number }) => error.code);
      // The protocol leaves it open whether a request given up is answered with nothing or with the error that says so.
      assert.ok(outcome === null || outcome === LSPErrorCodes.RequestCancelled, String(outcome));
      assert.equal(client.changes.length, 0, 'the reading still runs');
    } finally {
      assert.equal(await client.stop(), 0);
    }
  });

  it('gives up for good where nothing but failures come', async () => {
    const client = await LspClient.start({ settings });
    try {
      const uri = await client.open('file:///nowhere/endless.ts', endless);
      for (let time = 2; time <= 5; time++) {
        await client.modelAt(uri, { line: 0, character: 0 });
        await client.change(uri, endless + '\n'.repeat(time));
      }
      await client.modelAt(uri, { line: 0, character: 0 });
      await client.until(() => client.shown.length > 0);
      assert.match(client.shown[0]!, /Restart Language Server/);
      assert.match((await client.modelAt(uri, { line: 0, character: 0 })).reason!, /took longer/);
    } finally {
      assert.equal(await client.stop(), 0);
    }
  });

  const goodPath = '/nowhere/good.ts';
});
