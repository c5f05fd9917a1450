import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { OpenDocument } from '../../../src/server/document';
import { TextRefresh } from '../../../src/server/textRefresh';

describe('asking an editor to fetch texts anew', () => {
  const document = {} as OpenDocument;
  let asked = 0;
  let texts: TextRefresh;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] });
    asked = 0;
    texts = new TextRefresh(() => (asked += 1), '[]');
  });
  afterEach(() => mock.timers.reset());

  it('happens where they say something else than was given', () => {
    texts.given(document, 'a');
    texts.settled(document, 'a');
    mock.timers.tick(1000);
    assert.equal(asked, 0);
    texts.settled(document, 'b');
    texts.settled(document, 'c');
    mock.timers.tick(1000);
    assert.equal(asked, 1);
  });

  it('happens at once, and then once for all that comes soon after', () => {
    const others = ['b', 'c', 'd'].map((text) => ({ of: {} as OpenDocument, text }));
    texts.settled(document, 'a');
    mock.timers.tick(1);
    assert.equal(asked, 1);
    for (const { of, text } of others) {
      texts.settled(of, text);
      mock.timers.tick(5);
    }
    assert.equal(asked, 1);
    mock.timers.tick(1000);
    assert.equal(asked, 2);
  });

  it('is not needed where the editor has come by itself', () => {
    texts.settled(document, 'a');
    texts.given(document, 'a');
    mock.timers.tick(1000);
    assert.equal(asked, 0);
  });

  it('is needed where it was given what was right before', () => {
    texts.settled(document, 'b');
    // Its request was begun before a change of settings, and ends after it.
    texts.given(document, 'a');
    mock.timers.tick(1000);
    assert.equal(asked, 1);
  });
});
