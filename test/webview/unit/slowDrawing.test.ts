import assert from 'node:assert/strict';
import { LIVE_LIMIT } from '../../../src/protocol/panel';
import type { FeedInfo } from '../../../webview/engine/contract/input';
import type { Ran } from '../../../webview/engine/contract/run';
import type { Arrangement } from '../../../webview/state/arrangement';
import { Inputs } from '../../../webview/state/inputs';
import type { Runs } from '../../../webview/state/running';
import { Store } from '../../../webview/state/store';
import { lenet } from '../support/graphs';

const feed: FeedInfo = {
  name: 'input',
  shape: [1, 32, 32, 1],
  open: [],
  range: '0-1',
  indicesBelow: undefined,
  digit: 32,
  picture: { height: 32, width: 32, channels: 1, channelsFirst: false },
};

const ran = (milliseconds: number, first: boolean, steady = milliseconds): Ran => ({
  milliseconds,
  steady,
  first,
  computed: 2,
  layers: 2,
  stop: undefined,
});

/** Inputs of a model whose last run took so long in its two layers. */
const after = (last: Ran, ...layers: number[]): { readonly inputs: Inputs; readonly store: Store; readonly runs: () => number } => {
  const store = new Store();
  store.model.value = { id: 'a#1', title: 'a', file: 'a.ts', line: 1, version: 1, graph: lenet() };
  store.ran.value = last;
  store.rows.value = new Map(
    layers.map((milliseconds, k) => [String(k), { key: String(k), milliseconds, stop: undefined, unreached: false, fallback: undefined }]),
  );
  store.phase.value = { kind: 'ready' };
  let count = 0;
  const runs = { runAgain: () => void count++ } as unknown as Runs;
  return { inputs: new Inputs(store, { changeModel: () => undefined } as unknown as Arrangement, runs), store, runs: () => count };
};

const stroke = (inputs: Inputs): void => {
  inputs.draw(feed, { x: 4, y: 4 }, { x: 4, y: 4 }, true);
  inputs.draw(feed, { x: 4, y: 4 }, { x: 9, y: 9 }, false);
};

describe('drawing', () => {
  it('runs a quick model as it goes on', () => {
    const { inputs, runs } = after(ran(30, false), 10, 20);
    stroke(inputs);
    assert.deepEqual([runs(), inputs.unrun.value], [2, undefined]);
  });

  it('runs a slow model only when a person says so, and shows all the ink meanwhile', () => {
    const { inputs, runs } = after(ran(LIVE_LIMIT + 500, false), 500, LIVE_LIMIT);
    stroke(inputs);
    assert.deepEqual([runs(), inputs.unrun.value], [0, LIVE_LIMIT + 500]);
    const { values } = inputs.inkOf('input', 32);
    assert.ok((values[4 * 32 + 4] ?? 0) > 0 && (values[8 * 32 + 8] ?? 0) > 0);
    inputs.runUnrun();
    assert.deepEqual([runs(), inputs.unrun.value], [1, undefined]);
  });

  it('goes by what all layers take, where an edit had only some of them computed', () => {
    const { inputs, runs } = after(ran(100, false), LIVE_LIMIT, 100);
    stroke(inputs);
    assert.deepEqual([runs(), inputs.unrun.value], [0, LIVE_LIMIT + 100]);
  });

  it('does not count what a GPU takes to make its programs in a first run', () => {
    const { inputs, runs } = after(ran(9000, true, 50), 4000, 5000);
    stroke(inputs);
    assert.deepEqual([runs(), inputs.unrun.value], [2, undefined]);
  });

  it('is run by whatever runs the model next', () => {
    const { inputs, store } = after(ran(LIVE_LIMIT + 1, false), LIVE_LIMIT + 1);
    stroke(inputs);
    assert.notEqual(inputs.unrun.value, undefined);
    store.phase.value = { kind: 'running', done: 0, total: 2 };
    assert.equal(inputs.unrun.value, undefined);
    // What is drawn meanwhile is not part of that run.
    store.phase.value = { kind: 'running', done: 1, total: 2 };
    stroke(inputs);
    store.phase.value = { kind: 'ready' };
    assert.notEqual(inputs.unrun.value, undefined);
  });
});
