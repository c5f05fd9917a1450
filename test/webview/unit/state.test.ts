import assert from 'node:assert/strict';
import { arrangedModel, arrangeModel, nameOf, restoreArranged } from '../../../webview/state/arranged';
import { Latest } from '../../../webview/state/latest';
import { moveSteps } from '../../../webview/state/places';
import type { StepInfo } from '../../../webview/engine/contract/program';
import { lenet } from '../support/graphs';

describe('what a person arranged', () => {
  it('survives the panel', () => {
    let arranged = restoreArranged(undefined);
    arranged = arrangeModel({ ...arranged, scale: 'own', part: 0.3 }, 'a', { selected: 'c3@3' });
    arranged = arrangeModel(arranged, 'a', { inputs: { in: { kind: 'digit', digit: 4 } }, batch: 4 });
    const back = restoreArranged(JSON.parse(JSON.stringify(arranged)));
    assert.deepEqual(back, arranged);
    assert.deepEqual(arrangedModel(back, 'a'), { selected: 'c3@3', inputs: { in: { kind: 'digit', digit: 4 } }, batch: 4 });
  });

  it('is nothing where another version, or someone else, wrote it', () => {
    const empty = { scale: 'shared', models: {} };
    for (const state of [null, 3, 'x', [], {}, { models: [] }, { models: 3, scale: 'own' }])
      assert.deepEqual(restoreArranged(state), empty);
    const odd = restoreArranged({
      scale: 'log',
      part: 12,
      models: { a: { selected: 3, batch: 3.5, inputs: { in: { kind: 'digit', digit: 11 } } }, b: null },
    });
    assert.deepEqual(odd, { scale: 'shared', models: { a: { inputs: {} } } });
  });

  it('is kept for the last twenty models, and for none that is called __proto__ by accident', () => {
    let arranged = restoreArranged(undefined);
    for (let k = 0; k < 30; k++) arranged = arrangeModel(arranged, `m${k}`, { selected: 'x' });
    assert.equal(Object.keys(arranged.models).length, 20);
    assert.deepEqual(arrangedModel(arranged, 'm29'), { selected: 'x' });
    assert.deepEqual(arrangedModel(arranged, 'm0'), {});
    assert.deepEqual(arrangedModel(arranged, '__proto__'), {});
  });
});

describe('the name of a model', () => {
  it('stays when text above it moves it', () => {
    const model = { id: '/a/lenet5.ts#12', title: 'createLeNet', file: 'lenet5.ts', line: 1, version: 1, graph: lenet() };
    assert.equal(nameOf(model), nameOf({ ...model, id: '/a/lenet5.ts#99', line: 7, version: 2 }));
    assert.notEqual(nameOf(model), nameOf({ ...model, id: '/b/lenet5.ts#12' }));
    assert.notEqual(nameOf(model), nameOf({ ...model, title: 'other' }));
  });
});

describe('the newest of several pieces of work', () => {
  it('alone is heard, and the older are told to stop', async () => {
    const failures: unknown[] = [];
    const latest = new Latest((error) => failures.push(error));
    const arrived: number[] = [];
    const signals: AbortSignal[] = [];
    const finish: (() => void)[] = [];
    const start = (value: number): Promise<void> =>
      latest.start(
        (signal) => {
          signals.push(signal);
          return new Promise<number>((resolve) => finish.push(() => resolve(value)));
        },
        (answer) => arrived.push(answer),
      );
    const all = [start(1), start(2), start(3)];
    assert.deepEqual(
      signals.map((signal) => signal.aborted),
      [true, true, false],
    );
    // The oldest answer comes last.
    for (const one of [2, 1, 0]) finish[one]?.();
    await Promise.all(all);
    assert.deepEqual(arrived, [3]);
    assert.deepEqual(failures, []);
  });

  it('fails aloud, the older ones do not', async () => {
    const failures: unknown[] = [];
    const latest = new Latest((error) => failures.push(error));
    const first = latest.start(
      () => Promise.reject(new Error('old')),
      () => undefined,
    );
    const second = latest.start(
      () => Promise.reject(new Error('new')),
      () => undefined,
    );
    await Promise.all([first, second]);
    assert.deepEqual(failures.map(String), ['Error: new']);
  });
});

describe('places in the source', () => {
  it('follow an edit, nested models too', () => {
    const inner = lenet();
    const graph = {
      ...inner,
      layers: [
        {
          name: 'nest',
          className: 'Sequential',
          factory: 'model',
          options: {},
          model: inner,
          site: { id: 'f#9', call: 0, of: 1, line: 9 },
        },
      ],
      nodes: [{ layer: 0, inputs: [], callPath: ['f#1'] }],
    };
    const step = (key: string): StepInfo => ({
      key,
      inputs: [],
      name: '',
      path: [],
      className: '',
      shape: undefined,
      layout: undefined,
      params: 0,
      read: undefined,
      shared: false,
      activation: undefined,
      site: undefined,
      callPath: ['old'],
      stop: undefined,
      unreached: false,
    });
    const [outer, nested, gone] = moveSteps([step('nest@0'), step('nest@0/c1@1'), step('elsewhere@7')], graph);
    assert.equal(outer?.site?.id, 'f#9');
    assert.deepEqual(outer.callPath, ['f#1']);
    assert.equal(nested?.site?.id, 'lenet5.ts#c1');
    assert.deepEqual(gone?.callPath, ['old']);
  });
});
