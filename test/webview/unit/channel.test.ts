import assert from 'node:assert/strict';
import { Channel, isAbort, RemoteError, Transferred, type Handlers, type Port } from '../../../src/protocol/channel';

interface Left {
  readonly requests: { readonly name: { readonly takes: Record<string, never>; readonly gives: string } };
  readonly events: { readonly ping: number };
}
interface Right {
  readonly requests: {
    readonly double: { readonly takes: number; readonly gives: number };
    readonly fail: { readonly takes: string; readonly gives: never };
    readonly wait: { readonly takes: Record<string, never>; readonly gives: string };
    readonly bytes: { readonly takes: number; readonly gives: ArrayBuffer };
  };
  readonly events: { readonly pong: string };
}

/** Two channels over a real MessageChannel; `signals` are those of the requests that the right end was asked. */
const pair = () => {
  const { port1, port2 } = new MessageChannel();
  const signals: AbortSignal[] = [];
  const handlers: Handlers<Right> = {
    double: (value) => value * 2,
    fail: (text) => Promise.reject(new Error(text)),
    wait: (_, signal) => {
      signals.push(signal);
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    },
    bytes: (size) => {
      const buffer = new ArrayBuffer(size);
      return new Transferred(buffer, [buffer]);
    },
  };
  const left = new Channel<Left, Right>(port1 as unknown as Port, { name: () => 'left' });
  const right = new Channel<Right, Left>(port2 as unknown as Port, handlers);
  const close = (): void => {
    left.dispose();
    right.dispose();
    port1.close();
  };
  return { left, right, signals, close };
};

describe('channel', () => {
  it('answers requests in both directions', async () => {
    const { left, right, close } = pair();
    assert.equal(await left.request('double', 21), 42);
    assert.equal(await right.request('name', {}), 'left');
    assert.equal((await left.request('bytes', 16)).byteLength, 16);
    close();
  });

  it('brings errors across with their text, also for what no one answers', async () => {
    const { left, close } = pair();
    await assert.rejects(
      left.request('fail', 'no such layer'),
      (error) => error instanceof RemoteError && error.message === 'no such layer',
    );
    await assert.rejects(left.request('toString' as never, {} as never), /No one answers 'toString'/);
    close();
  });

  it('aborts at the other end', async () => {
    const { left, signals, close } = pair();
    const controller = new AbortController();
    const waiting = left.request('wait', {}, controller.signal);
    await left.request('double', 1);
    controller.abort();
    await assert.rejects(waiting, isAbort);
    await left.request('double', 1);
    assert.equal(signals[0]?.aborted, true);
    await assert.rejects(left.request('double', 1, controller.signal), isAbort);
    close();
  });

  it('rejects what is pending when it is disposed', async () => {
    const { left, close } = pair();
    const waiting = left.request('wait', {});
    left.dispose();
    await assert.rejects(waiting, isAbort);
    await assert.rejects(left.request('double', 1), isAbort);
    close();
  });

  it('tells events to whoever listens, until they stop', async () => {
    const { left, right, close } = pair();
    const heard: number[] = [];
    const off = right.on('ping', (value) => heard.push(value));
    left.emit('ping', 1);
    await left.request('double', 1);
    off();
    left.emit('ping', 2);
    await left.request('double', 1);
    assert.deepEqual(heard, [1]);
    close();
  });
});
