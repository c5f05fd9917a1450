import assert from 'node:assert/strict';
import type { LayerRan } from '../../../webview/engine/contract/run';
import type { EngineKeeper } from '../../../webview/state/engineKeeper';
import { Store } from '../../../webview/state/store';
import { Thumbnails } from '../../../webview/state/thumbnails';

const row = (key: string, content: number): [string, LayerRan] => [
  key,
  { key, content, milliseconds: 1, stop: undefined, unreached: false, fallback: undefined },
];

describe('thumbnails of the layers in sight', () => {
  const globals = globalThis as { window?: unknown };
  let asked: (readonly string[])[];
  let store: Store;
  let thumbnails: Thumbnails;
  let closed: number[];

  beforeEach(() => {
    globals.window = { devicePixelRatio: 1 };
    asked = [];
    closed = [];
    store = new Store();
    const request = (_name: string, { keys }: { readonly keys: readonly string[] }): Promise<unknown> => {
      asked.push(keys);
      const contentOf = (key: string): number => store.rows.value.get(key)?.content ?? -1;
      const sheet = asked.length;
      const thumbnails = keys.map((key) => ({ key, content: contentOf(key), x: 0, y: 0, width: 1, height: 1 }));
      return Promise.resolve([{ bitmap: { width: 1, close: () => closed.push(sheet) }, thumbnails }]);
    };
    const keeper = { current: Promise.resolve({ channel: { request } }) } as unknown as EngineKeeper;
    thumbnails = new Thumbnails(store, keeper, (error) => assert.fail(String(error)));
    store.rows.value = new Map([row('a', 1), row('b', 2), row('c', 3)]);
  });
  afterEach(() => delete globals.window);

  const settled = async (): Promise<void> => {
    for (let k = 0; k < 5; k++) await Promise.resolve();
  };

  it('draws nothing that no one sees, and each picture once', async () => {
    thumbnails.see(['a', 'b']);
    assert.deepEqual(thumbnails.visible, ['a', 'b']);
    await settled();
    assert.deepEqual(asked, [], 'not before a run has ended');
    store.phase.value = { kind: 'ready' };
    await thumbnails.settle();
    assert.deepEqual(asked, [['a', 'b']]);
    thumbnails.see(['b', 'c']);
    await settled();
    assert.deepEqual(asked, [['a', 'b'], ['c']]);
    thumbnails.see(['a', 'b', 'c']);
    await settled();
    assert.equal(asked.length, 2);
    assert.ok(thumbnails.of(store.rows.value.get('c')));
  });

  it('lets go of a sheet when nothing on it is shown any more', async () => {
    store.phase.value = { kind: 'ready' };
    thumbnails.see(['a', 'b']);
    await settled();
    store.rows.value = new Map([row('a', 1), row('b', 7)]);
    await thumbnails.settle();
    assert.deepEqual(asked, [['a', 'b'], ['b']]);
    assert.deepEqual(closed, [], 'a is on the first sheet still');
    store.rows.value = new Map([row('a', 8), row('b', 7)]);
    await thumbnails.settle();
    assert.deepEqual(closed, [1]);
  });
});
