import assert from 'node:assert/strict';
import { PanelChannel } from '../../../src/extension/panelChannel';
import type { Handlers } from '../../../src/protocol/channel';
import type { ChannelMessage, HostContract } from '../../../src/protocol/panelRequests';
import { hostChannel } from '../../../webview/state/hostChannel';

const refuse = (): never => {
  throw new Error('No one chose a file.');
};

const handlers = (more: Partial<Handlers<HostContract>> = {}): Handlers<HostContract> => ({
  chooseWeights: refuse,
  rememberWeights: () => null,
  reopenWeights: () => null,
  forgetWeights: () => null,
  readShard: ({ from, bytes }) => new Uint8Array(bytes).fill(from).buffer,
  closeWeights: () => null,
  chooseClassNames: ({ model }) => ({ name: 'names.txt', text: model }),
  reopenClassNames: () => null,
  save: ({ name, png }) => ({ name: `${name} ${png.byteLength}` }),
  ...more,
});

/** A port of two ends, as a webview and its extension have it: messages are copies, and arrive later. */
const pair = (more: Partial<Handlers<HostContract>> = {}) => {
  const pages: ((message: ChannelMessage) => void)[] = [];
  const later = (to: (message: ChannelMessage) => void, message: ChannelMessage): void => {
    const copy = structuredClone(message);
    queueMicrotask(() => to(copy));
  };
  const host = new PanelChannel(
    (message) => pages.forEach((page) => later(page, message)),
    () => handlers(more),
  );
  const open = (id: string) => {
    const { channel, receive } = hostChannel((message) => later((copy) => host.receive(copy), message), id);
    pages.push(receive);
    return channel;
  };
  return { host, open };
};

describe('what the panel asks of the extension', () => {
  it('is answered, bytes and all', async () => {
    const channel = pair().open('one');
    const [names, part, saved] = await Promise.all([
      channel.request('chooseClassNames', { model: 'm' }),
      channel.request('readShard', { file: 1, shard: 0, from: 7, bytes: 3 }),
      channel.request('save', { name: 'a.png', png: new ArrayBuffer(5) }),
    ]);
    assert.deepEqual(names, { name: 'names.txt', text: 'm' });
    assert.deepEqual([...new Uint8Array(part)], [7, 7, 7]);
    assert.deepEqual(saved, { name: 'a.png 5' });
  });

  it('is refused in words', async () => {
    await assert.rejects(pair().open('one').request('chooseWeights', {}), /^RemoteError: No one chose a file\.$/);
  });

  it('is not answered to a page that came after', async () => {
    let answer: (value: null) => void = () => undefined;
    const { open } = pair({ reopenWeights: () => new Promise((resolve) => (answer = resolve)) });
    const first = open('one').request('reopenWeights', { model: 'm' });
    let heard = false;
    void first.finally(() => (heard = true)).catch(() => undefined);
    await new Promise(setImmediate);
    const second = open('two');
    assert.deepEqual(await second.request('closeWeights', { file: 1 }), null);
    answer(null);
    await new Promise(setImmediate);
    assert.equal(heard, false);
  });
});
