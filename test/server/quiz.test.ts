import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CodeLens, InlayHint, InlayHintLabelPart } from 'vscode-languageserver';
import { QUIZ, REVEAL_COMMAND, type QuizParams } from '../../src/protocol/lsp';
import { LspClient, positionOf } from '../support/lsp/client';

const LENET = readFileSync('examples/lenet5.ts', 'utf8');

const shown = (hints: readonly InlayHint[]): readonly string[] =>
  hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));

const partOf = (hint: InlayHint | undefined): InlayHintLabelPart => {
  const [part] = (hint?.label ?? []) as readonly InlayHintLabelPart[];
  assert.ok(part, 'a label of parts was expected');
  return part;
};

describe('language server: quiz mode', () => {
  let client: LspClient;
  let uri: string;
  before(async () => {
    client = await LspClient.start({ folder: resolve('examples'), settings: { quiz: { enabled: true } } });
    uri = await client.open(resolve('examples/lenet5.ts'), LENET);
  });
  after(() => client.stop());

  /** What the client does when a hint is clicked: it sends the command's argument. */
  const send = (params: QuizParams): Promise<void> => client.connection.sendNotification(QUIZ, params);
  const click = (hint: InlayHint | undefined): Promise<void> => {
    const { command } = partOf(hint);
    assert.equal(command?.command, REVEAL_COMMAND);
    return send(command?.arguments?.[0] as QuizParams);
  };

  const configure = (settings: object): Promise<void> => {
    client.settings = settings;
    return client.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  };

  it('keeps every answer back, in hints and hovers', async () => {
    const hints = await client.hints(uri);
    assert.deepEqual(shown(hints), Array<string>(9).fill('?'));
    assert.match((await client.hoverText(uri, positionOf(LENET, 'conv2d')))!, /^Quiz: click the `\?`/);
    assert.match((await client.hoverText(uri, positionOf(LENET, 'filters: 6')))!, /^Quiz: click the `\?`/);
    assert.match((await client.hoverText(uri, positionOf(LENET, 'sequential(')))!, /^Quiz: click the `\?`/);
    assert.doesNotMatch(JSON.stringify(hints), /28|156|61,706/);
  });

  it('keeps the figures of lenses back too, and leaves what can be clicked', async () => {
    const lenses = await client.connection.sendRequest<readonly CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    assert.ok(lenses.some(({ command }) => command?.title.includes('Run')));
    assert.doesNotMatch(JSON.stringify(lenses.map(({ command }) => command?.title)), /61,706/);
  });

  it('shows the one that is clicked, and its hover with it', async () => {
    const refreshes = client.refreshes;
    await click((await client.hints(uri))[1]);
    await client.until(() => client.refreshes > refreshes);
    assert.deepEqual(shown(await client.hints(uri)), ['?', '→ 28×28×6 · 156', ...Array<string>(7).fill('?')]);
    assert.match((await client.hoverText(uri, positionOf(LENET, 'conv2d')))!, /5\*5\*1\*6 \+ 6 = 156/);
    assert.match((await client.hoverText(uri, positionOf(LENET, 'sequential(')))!, /^Quiz/);
  });

  it('keeps what was shown while the text is edited', async () => {
    await client.change(uri, `// A line above.\n${LENET}`);
    assert.match((await client.hoverText(uri, positionOf(`// A line above.\n${LENET}`, 'conv2d')))!, /156/);
    assert.deepEqual(shown(await client.hints(uri)).slice(0, 3), ['?', '→ 28×28×6 · 156', '?']);
    await client.change(uri, LENET);
    await client.hoverText(uri, positionOf(LENET, 'conv2d'));
  });

  it('shows those on a line, all, and none again', async () => {
    const third = (await client.hints(uri))[2];
    await send({ uri, reveal: { line: third?.position.line ?? -1 } });
    assert.equal(shown(await client.hints(uri))[2], '→ 14×14×6');
    await send({ uri, reveal: 'all' });
    assert.ok(!shown(await client.hints(uri)).includes('?'));
    assert.match((await client.hoverText(uri, positionOf(LENET, 'sequential(')))!, /61,706/);
    await send({ uri, reveal: 'none' });
    assert.deepEqual(shown(await client.hints(uri)), Array<string>(9).fill('?'));
  });

  it('ends with the setting, and begins anew with it', async () => {
    await send({ uri, reveal: 'all' });
    await configure({ quiz: { enabled: false } });
    assert.ok(!shown(await client.hints(uri)).includes('?'));
    await configure({ quiz: { enabled: true }, inlayHints: { content: 'off' } });
    assert.deepEqual(shown(await client.hints(uri)), Array<string>(9).fill('?'));
  });
});
