import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { DEFAULT_SETTINGS } from '../../../src/protocol/settings';
import type { Analyst, Outcome } from '../../../src/server/analyst';
import { OpenDocument } from '../../../src/server/document';
import { Readings } from '../../../src/server/readings';

const TEXT = "import * as tf from '@tensorflow/tfjs';\n";

/** All that promises lead to by now. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

describe('when a document is read', () => {
  let document: OpenDocument;
  let readings: Readings;
  /** The versions that were read, in their order. */
  let read: number[];
  /** For each hover that was looked for, whether all of the document might be read for it. */
  let looked: boolean[];

  /** An analyst that answers at once. */
  const analyst: Pick<Analyst, 'read' | 'hover' | 'list'> = {
    read: (request) => {
      const { path } = request();
      read.push(document.version);
      const reading = { path, sites: [], models: [], tensors: [], trainings: [], problems: [], limits: [] };
      const outcome: Outcome = { kind: 'read', answer: { type: 'reading', id: 0, reading, touched: [], problems: [] }, milliseconds: 1 };
      return Promise.resolve(outcome);
    },
    hover: (request) => {
      const { mayReadAll } = request();
      looked.push(mayReadAll);
      return Promise.resolve({
        kind: 'hover',
        known: mayReadAll ? { answer: undefined } : undefined,
        isWhole: mayReadAll,
        milliseconds: 1,
      });
    },
    list: () => Promise.resolve({ kind: 'ended', reason: 'not asked here' }),
  };

  const type = (): void => {
    const { version } = document;
    document.change([{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: 'a' }], version + 1);
    readings.touch(document);
  };

  beforeEach(async () => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    read = [];
    looked = [];
    document = new OpenDocument('file:///a/net.ts', '/a/net.ts', '/a', 'typescript', 1, TEXT);
    readings = new Readings(analyst, () => Promise.resolve(DEFAULT_SETTINGS), { settled: () => {} });
    readings.open(document);
    mock.timers.tick(1);
    await settle();
    mock.timers.tick(10_000);
    await settle();
    assert.deepEqual(read, [1]);
    read = [];
  });
  afterEach(() => {
    readings.close(document);
    mock.timers.reset();
  });

  it('after a pause, once for all edits before it', async () => {
    for (let edit = 0; edit < 5; edit++) {
      type();
      mock.timers.tick(100);
      await settle();
    }
    assert.deepEqual(read, []);
    mock.timers.tick(200);
    await settle();
    assert.deepEqual(read, [6]);
  });

  it('at once where someone waits for it', async () => {
    type();
    const ready = readings.settled(document);
    await settle();
    assert.deepEqual(read, [2]);
    await ready;
  });

  it('some times a second where someone waits and types on, and everyone is answered in the end', async () => {
    let answered = 0;
    for (let key = 0; key < 20; key++) {
      type();
      void readings.settled(document).then(() => answered++);
      await settle();
      mock.timers.tick(100);
      await settle();
    }
    assert.ok(read.length >= 6 && read.length <= 9, `${read.length} readings in two seconds`);
    mock.timers.tick(1000);
    await settle();
    assert.equal(read.at(-1), document.version);
    assert.equal(answered, 20);
  });

  it('at once again after a burst', async () => {
    for (let key = 0; key < 5; key++) {
      type();
      mock.timers.tick(100);
      await settle();
    }
    mock.timers.tick(1000);
    await settle();
    const before = read.length;
    type();
    void readings.settled(document);
    await settle();
    assert.equal(read.length, before + 1);
  });

  it('and that is known while it goes on', async () => {
    assert.equal(readings.underWay(document), undefined);
    type();
    void readings.settled(document);
    const underWay = readings.underWay(document);
    assert.notEqual(underWay, undefined);
    await underWay;
    assert.deepEqual(read, [2]);
    await settle();
    assert.equal(readings.underWay(document), undefined);
  });

  it('for a hover, and told of at once where that took all of it', async () => {
    type();
    assert.deepEqual(await readings.hoverSoon(document, 0, () => true), { answer: undefined });
    await settle();
    assert.deepEqual([looked, read], [[true], [2]]);
  });

  it('not for each hover of somebody who types on', async () => {
    for (let key = 0; key < 5; key++) {
      type();
      void readings.hoverSoon(document, 0, () => true);
      await settle();
      mock.timers.tick(100);
      await settle();
    }
    assert.deepEqual(looked, [true, true, false, false, true]);
  });

  it('no second time for a hover at the same place, unless its answer came of what another file said before', async () => {
    const hover = () => readings.hoverSoon(document, 0, () => true);
    type();
    await hover();
    await settle();
    assert.deepEqual([await hover(), looked.length], [{ answer: undefined }, 1]);
    mock.timers.tick(1000);
    type();
    const asked = hover();
    // The other file changes while the answer is on its way.
    readings.touchWhole(document, 1000);
    await asked;
    await settle();
    assert.equal(await hover(), undefined, 'the next reading is waited for');
  });
});
