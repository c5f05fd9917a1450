import assert from 'node:assert/strict';
import type { BackendName } from '../../../src/protocol/panel';
import { Recovery } from '../../../webview/state/recovery';
import { fallbackText } from '../../../webview/views/words';

/** A recovery of an engine whose backend and clock the test sets. */
const stage = () => {
  const state = {
    running: 'webgl' as BackendName | undefined,
    now: 0,
    starts: 0,
    logged: [] as string[],
    told: undefined as string | undefined,
  };
  const recovery = new Recovery({
    running: () => state.running,
    again: () => state.starts++,
    tell: (text) => (state.told = text),
    log: (text) => state.logged.push(text),
    now: () => state.now,
  });
  return { state, recovery };
};

describe('recovery of a lost device', () => {
  it('starts again once, then goes on without the backend that is lost again soon after', () => {
    const { state, recovery } = stage();
    recovery.lost('The context is gone.');
    assert.deepEqual([state.starts, recovery.avoided, state.told], [1, [], 'The context is gone. The engine has started again.']);
    state.now = 5_000;
    recovery.lost('The context is gone');
    assert.equal(state.starts, 2);
    assert.deepEqual(recovery.avoided, [{ name: 'webgl', why: 'lost twice' }]);
    assert.equal(state.told, 'The context is gone. That happened twice, so the panel no longer uses webgl.');
    assert.equal(state.logged.length, 2);
  });

  it('takes a loss much later, or of another backend, for a first one', () => {
    const { state, recovery } = stage();
    recovery.lost('Gone.');
    state.now = 3_600_000;
    recovery.lost('Gone.');
    assert.deepEqual(recovery.avoided, []);
    state.running = 'webgpu';
    recovery.lost('Gone.');
    assert.deepEqual(recovery.avoided, []);
    assert.equal(state.starts, 3);
  });

  it('forgives when the person asks for it', () => {
    const { state, recovery } = stage();
    recovery.lost('Gone.');
    recovery.lost('Gone.');
    recovery.forgive();
    assert.deepEqual([recovery.avoided, state.told], [[], undefined]);
    recovery.lost('Gone.');
    assert.deepEqual(recovery.avoided, []);
  });
});

describe('layers that were computed elsewhere', () => {
  it('are told of in one sentence', () => {
    const row = (fallback?: string) => ({ fallback });
    assert.equal(fallbackText([row(), row()]), undefined);
    assert.equal(
      fallbackText([row(), row('computed on cpu: wasm has no kernel Einsum')]),
      '1 layer was computed on cpu: wasm has no kernel Einsum.',
    );
    assert.equal(
      fallbackText([row('computed on cpu: wasm has no kernel FFT'), row('computed on cpu: wasm has no kernel Einsum')]),
      '2 layers were computed on cpu: wasm has no kernel FFT. Each says why where it is selected.',
    );
  });
});
