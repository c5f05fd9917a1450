import assert from 'node:assert/strict';
import type { ModelGraph } from '../../../src/model/graph';
import type { Reading } from '../../../src/model/reading';
import { Handles, renamed, splitId } from '../../../src/server/handles';
import { OffsetMap } from '../../../src/server/offsetMap';

const PATH = '/p/net.ts';

const site = (offset: number): Reading['sites'][number] => ({
  id: `${PATH}#${offset}`,
  name: { start: offset, end: offset + 5 },
  call: { start: offset, end: offset + 9 },
  applications: [],
  options: [],
  factory: 'dense',
  className: 'Dense',
  cases: [],
});

const reading = (...offsets: number[]): Reading => ({
  path: PATH,
  sites: offsets.map(site),
  models: [],
  tensors: [],
  trainings: [],
  problems: [],
  limits: [],
});

const unchanged = new OffsetMap([]);

describe('Handles', () => {
  it('name places by where they were first seen', () => {
    const handles = new Handles(PATH);
    handles.update(reading(10, 50), unchanged);
    assert.deepEqual([handles.of(10), handles.of(50)], [`${PATH}#10`, `${PATH}#50`]);
    handles.update(reading(17, 57), new OffsetMap([{ start: 0, end: 0, length: 7 }]));
    assert.deepEqual([handles.of(17), handles.of(57)], [`${PATH}#10`, `${PATH}#50`]);
    assert.equal(handles.offsetOf(`${PATH}#50`), 57);
    assert.equal(handles.offsetOf(`${PATH}#57`), undefined);
  });

  it('give a new place a name of its own, also where its own would be taken', () => {
    const handles = new Handles(PATH);
    handles.update(reading(10), unchanged);
    handles.update(reading(10, 50), new OffsetMap([{ start: 0, end: 0, length: 40 }]));
    assert.equal(handles.of(50), `${PATH}#10`);
    assert.equal(handles.of(10), `${PATH}#10~2`);
    assert.deepEqual(splitId(handles.of(10)), { path: PATH, offset: 10 });
  });

  it('forget what is gone', () => {
    const handles = new Handles(PATH);
    handles.update(reading(10, 50), unchanged);
    handles.update(reading(10), new OffsetMap([{ start: 48, end: 60, length: 0 }]));
    assert.equal(handles.offsetOf(`${PATH}#50`), undefined);
  });

  it('rename a graph through and through', () => {
    const inner: ModelGraph = {
      name: 'inner',
      kind: 'sequential',
      layers: [{ name: 'a', className: 'Dense', factory: 'dense', options: {}, site: { id: 'x#1', call: 0, of: 1, line: 1 } }],
      nodes: [{ layer: 0, inputs: [], callPath: ['x#2', 'x#3'] }],
      inputs: [],
      outputs: [],
    };
    const outer: ModelGraph = {
      ...inner,
      layers: [{ name: 'm', className: 'Sequential', factory: 'model', options: {}, model: inner }],
      nodes: [{ layer: 0, inputs: [] }],
    };
    const text = JSON.stringify(renamed(outer, (id) => id.replace('x', 'y')));
    assert.deepEqual(text.match(/[xy]#\d/g), ['y#1', 'y#2', 'y#3']);
  });

  it('read names of files with any name', () => {
    assert.deepEqual(splitId('/p/a#1b.ts#12'), { path: '/p/a#1b.ts', offset: 12 });
    assert.deepEqual(splitId('/p/a#1b.ts#12~3'), { path: '/p/a#1b.ts', offset: 12 });
    assert.equal(splitId('/p/a.ts'), undefined);
  });
});
