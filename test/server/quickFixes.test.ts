import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LspClient, positionOf } from '../support/lsp/client';
import { HEAD } from '../support/readSource';
import { sequential } from '../unit/rules/ruleTest';

/** Programs with one mistake each, and how the titles of the offers begin that put it right. */
const PROGRAMS: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'large',
    sequential('maxPooling2d({ poolSize: 9, inputShape: [4, 4, 3] })'),
    ["Set padding: 'same' →", 'Set poolSize: 4, the largest that fits →'],
  ],
  [
    'stride',
    sequential('conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3, stride: 2 })'),
    ['Rename stride to strides →', 'Remove stride'],
  ],
  [
    'padding',
    sequential('conv2d({ inputShape: [8, 8, 3], filters: 4, kernelSize: 3, padding: 1 })'),
    ['Insert zeroPadding2d({ padding: 1 }) →'],
  ],
  ['reshape', sequential('dense({ units: 784, inputShape: [4] })', 'reshape({ targetShape: [28, 27] })'), ['Set targetShape: [28, 28] →']],
  [
    'name',
    sequential("dense({ units: 3, name: 'a', inputShape: [4] })", "dense({ units: 3, name: 'a' })"),
    ["Rename the layer to 'a_2' →"],
  ],
  ['rate', sequential('dropout({ rate: 50, inputShape: [4] })'), ['Set rate: 0.5 →']],
  [
    'shortcut',
    `export const create = () => {
  const input = tf.input({ shape: [56, 56, 64] });
  const y = tf.layers.conv2d({ filters: 128, kernelSize: 3, strides: 2, padding: 'same' }).apply(input);
  const sum = tf.layers.add().apply([input, y]);
  return tf.model({ inputs: input, outputs: sum });
};
`,
    ['Project the shortcut with a 1×1 conv2d, strides 2 → [null, 28, 28, 128] (+8,320 params)'],
  ],
];

const edited = (text: string, uri: string, { edit }: CodeAction): string =>
  TextDocument.applyEdits(TextDocument.create(uri, 'typescript', 1, text), [...(edit?.changes?.[uri] ?? [])]);

describe('language server: quick fixes', () => {
  let client: LspClient;
  before(async () => (client = await LspClient.start({ folder: '/nowhere' })));
  after(() => client.stop());

  const problemsOf = async (uri: string): Promise<readonly Diagnostic[]> =>
    (await client.diagnosed(uri, (list) => list.length > 0)).diagnostics;
  const fixesAt = async (uri: string, { range }: Diagnostic): Promise<readonly CodeAction[]> =>
    (await client.actions(uri, range.start)) ?? [];

  for (const [name, program, titles] of PROGRAMS) {
    it(`of ${name}: each offer, applied, leaves the file without the problem`, async () => {
      const text = HEAD + program;
      const uri = await client.open(`/nowhere/${name}.ts`, text);
      const [problem, ...others] = await problemsOf(uri);
      assert.ok(problem && others.length === 0, JSON.stringify([problem, ...others]));
      const fixes = await fixesAt(uri, problem);
      for (const title of titles)
        assert.ok(
          fixes.some((fix) => fix.title.startsWith(title)),
          `${title}: ${fixes.map((fix) => fix.title).join('; ')}`,
        );
      assert.ok(fixes[0]?.isPreferred);
      for (const [i, fix] of fixes.entries()) {
        assert.equal(fix.kind, 'quickfix');
        assert.deepEqual(
          fix.diagnostics?.map(({ code, range }) => [code, range]),
          [[problem.code, problem.range]],
          fix.title,
        );
        const mended = await client.open(`/nowhere/${name}${i}.ts`, edited(text, uri, fix));
        await client.hoverText(mended, { line: 0, character: 0 });
        assert.deepEqual(client.diagnostics.get(mended)?.diagnostics ?? [], [], fix.title);
      }
    });
  }

  it('are offered nowhere else, not of a kind that is not asked for, and not while nothing is known', async () => {
    const text = HEAD + PROGRAMS[0]![1];
    const uri = await client.open('/nowhere/large.ts', text);
    const [problem] = await problemsOf(uri);
    assert.deepEqual(await client.actions(uri, { line: 0, character: 3 }), []);
    const request = (only: readonly string[]): Promise<readonly CodeAction[]> =>
      client.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range: problem!.range,
        context: { diagnostics: [], only },
      });
    assert.deepEqual(await request(['source.organizeImports']), []);
    assert.ok((await request(['quickfix'])).length > 0);
    assert.deepEqual(await request(['refactor']), []);
  });

  it('do not disturb what the document is known to be', async () => {
    const text = HEAD + PROGRAMS[1]![1];
    const uri = await client.open('/nowhere/undisturbed.ts', text);
    const labels = await client.labels(uri);
    const [problem] = await problemsOf(uri);
    const told = (): number => client.changes.filter((change) => change.uri === uri).length;
    await client.until(() => told() > 0);
    const before = told();
    assert.ok((await fixesAt(uri, problem!)).length > 1);
    assert.deepEqual(await client.labels(uri), labels);
    assert.equal(told(), before);
  });

  it('of a request that is given up are not awaited, and the next one is answered', async () => {
    const text = HEAD + PROGRAMS[0]![1];
    const uri = await client.open('/nowhere/given-up.ts', text);
    const [problem] = await problemsOf(uri);
    const first = fixesAt(uri, problem!);
    await client.change(uri, '// a line\n', { line: 0, character: 0 });
    await first;
    const again = await client.actions(uri, { ...problem!.range.start, line: problem!.range.start.line + 1 });
    assert.ok(again?.some(({ title }) => title.startsWith("Set padding: 'same'")));
  });

  it('offer to leave out a bias before a batch norm, and to write shapes', async () => {
    const text = HEAD + sequential('conv2d({ inputShape: [8, 8, 3], filters: 64, kernelSize: 3 })', 'batchNormalization()');
    const uri = await client.open(resolve('/nowhere/bias.ts'), text);
    const titles = async (word: string): Promise<readonly string[]> =>
      ((await client.actions(uri, positionOf(text, word))) ?? []).map(({ title }) => title);
    assert.deepEqual(await titles('conv2d'), [
      'Set useBias: false, for the batch norm takes the bias away again → [null, 6, 6, 64] (−64 params)',
    ]);
    assert.deepEqual(await titles('sequential'), ['Write the shape beside each layer (2 comments)']);
  });
});
