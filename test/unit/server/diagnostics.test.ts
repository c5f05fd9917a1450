import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { PublishDiagnosticsParams } from 'vscode-languageserver';
import type { Problem, Reading } from '../../../src/model/reading';
import { Diagnostics, PAUSE, REST } from '../../../src/server/diagnostics';
import { OpenDocument } from '../../../src/server/document';

/** A document in which words are problems: `bad`, and `far` where `cause` stands anywhere; each is its own code. Reading takes no time. */
class Stage {
  readonly sent: PublishDiagnosticsParams[] = [];
  readonly document: OpenDocument;
  readonly diagnostics = new Diagnostics(
    {
      sendDiagnostics: (params) => {
        this.sent.push(params);
        return Promise.resolve();
      },
    },
    (code) => `file:///pages/${code}.md`,
  );

  constructor(text: string) {
    this.document = new OpenDocument('file:///main.ts', '/main.ts', '/', 'typescript', 1, text);
    this.read();
  }

  /** Puts a text in the place of the first `old`, and reads. */
  type(old: string, text: string): void {
    this.edit(old, text);
    this.read();
  }

  edit(old: string, text: string): void {
    const at = this.document.text.indexOf(old);
    const range = this.document.rangeOf({ start: at, end: at + old.length });
    this.document.change([{ range, text }], this.document.version + 1);
    this.diagnostics.hold(this.document);
  }

  read(): void {
    const { text, version, lastEdit } = this.document;
    const problems = [...text.matchAll(text.includes('cause') ? /bad|far/g : /bad/g)].map(({ index, 0: code }): Problem => ({
      span: { start: index, end: index + code.length },
      severity: 'warning',
      code,
      message: `${code} is bad`,
    }));
    const line = lastEdit === undefined ? undefined : this.document.lineAround(lastEdit);
    this.document.startReading();
    this.document.accept({ reading: READING, version, text, touched: [], problems, ...(line && { edited: line }) });
    this.diagnostics.update(this.document, true);
  }

  /** The codes that the editor shows. */
  get shown(): readonly unknown[] {
    return this.sent.at(-1)?.diagnostics.map(({ code }) => code) ?? [];
  }
}

const READING: Reading = { path: '/main.ts', sites: [], models: [], tensors: [], trainings: [], problems: [], limits: [] };

describe('when problems are shown', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 }));
  afterEach(() => mock.timers.reset());

  it('at once where nothing is being typed', () => {
    assert.deepEqual(new Stage('one\nbad\n').shown, ['bad']);
  });

  it('after a pause where they come of an edit elsewhere', () => {
    const stage = new Stage('one\nbad far\n');
    stage.type('one', 'cause');
    assert.deepEqual(stage.shown, ['bad']);
    mock.timers.tick(PAUSE - 1);
    assert.deepEqual(stage.shown, ['bad']);
    mock.timers.tick(1);
    assert.deepEqual(stage.shown, ['bad', 'far']);
  });

  it('not on the statement that is being typed, until the person rests', () => {
    const stage = new Stage('one\ntwo');
    stage.type('two', 'bad');
    mock.timers.tick(REST - 1);
    assert.deepEqual(stage.sent, []);
    mock.timers.tick(1);
    assert.deepEqual(stage.shown, ['bad']);
  });

  it('not after a pause and not after a rest where typing goes on; as soon as it goes on elsewhere', () => {
    const stage = new Stage('one\ntwo');
    stage.type('two', 'bad');
    for (let round = 0; round < 5; round++) {
      mock.timers.tick(REST - 1);
      stage.type('bad', 'bad ');
      assert.deepEqual(stage.shown, []);
    }
    stage.type('one', 'other');
    mock.timers.tick(PAUSE);
    assert.deepEqual(stage.shown, ['bad']);
  });

  it('without blinking: what was marked before stays while its statement is typed in, and goes at once when it is right', () => {
    const stage = new Stage('one\nbad two\n');
    stage.type('two', 'three');
    assert.deepEqual(stage.shown, ['bad']);
    assert.equal(stage.sent.length, 1);
    stage.type('bad', 'good');
    assert.deepEqual(stage.shown, []);
  });

  it('not while an edit is not read yet', () => {
    const stage = new Stage('one\ntwo\nthree');
    stage.type('two', 'bad');
    stage.edit('three', 'four');
    mock.timers.tick(10 * REST);
    assert.deepEqual(stage.shown, []);
  });

  it('with the address of their page, and none when the document is closed', () => {
    const stage = new Stage('bad');
    assert.equal(stage.sent[0]?.diagnostics[0]?.codeDescription?.href, 'file:///pages/bad.md');
    stage.diagnostics.close(stage.document);
    assert.deepEqual(stage.shown, []);
  });
});
