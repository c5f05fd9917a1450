import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editBetween, type Edit } from '../../../src/model/edit';
import { OffsetMap } from '../../../src/server/offsetMap';

const apply = (text: string, { start, end }: Edit, inserted: string): string => text.slice(0, start) + inserted + text.slice(end);

describe('OffsetMap', () => {
  const insertAt5 = new OffsetMap([{ start: 5, end: 5, length: 3 }]);
  const replace5To8 = new OffsetMap([{ start: 5, end: 8, length: 1 }]);

  it('leaves what is before an edit and moves what is behind it', () => {
    assert.deepEqual(
      [0, 4, 6, 9].map((at) => insertAt5.forward(at, 'start')),
      [0, 4, 9, 12],
    );
    assert.deepEqual(
      [0, 5, 8, 9].map((at) => replace5To8.forward(at, 'start')),
      [0, 5, 6, 7],
    );
  });

  it('pushes starts, but not ends, on by what is inserted exactly there', () => {
    assert.equal(insertAt5.forward(5, 'start'), 8);
    assert.equal(insertAt5.forward(5, 'end'), 5);
    assert.deepEqual(insertAt5.forwardSpan({ start: 5, end: 7 }), { start: 8, end: 10 });
    assert.deepEqual(insertAt5.forwardSpan({ start: 2, end: 5 }), { start: 2, end: 5 });
    assert.deepEqual(insertAt5.forwardSpan({ start: 2, end: 9 }), { start: 2, end: 12 });
  });

  it('gives up what was replaced', () => {
    assert.equal(replace5To8.forward(6, 'start'), undefined);
    assert.equal(replace5To8.forwardSpan({ start: 6, end: 12 }), undefined);
    assert.deepEqual(replace5To8.forwardSpan({ start: 2, end: 12 }), { start: 2, end: 10 });
    assert.equal(new OffsetMap([{ start: 0, end: 9, length: 0 }]).forwardSpan({ start: 0, end: 9 }), undefined);
  });

  it('goes back, but not from text that is new', () => {
    assert.deepEqual(
      [0, 5, 6, 7, 8, 9].map((at) => insertAt5.back(at)),
      [0, 5, undefined, undefined, 5, 6],
    );
    assert.deepEqual(
      [5, 6, 7].map((at) => replace5To8.back(at)),
      [5, 8, 9],
    );
  });

  it('carries every character that survives any edits to where it stands, and back', () => {
    const edit = fc.record({ at: fc.nat(1000), remove: fc.nat(5), insert: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (changes) => {
        // Each character of the first text is one of its kind, so that it can be found again.
        const before = Array.from({ length: 40 }, (_, index) => String.fromCharCode(0x4e00 + index)).join('');
        let text = before;
        const edits = changes.map(({ at, remove, insert }) => {
          const start = at % (text.length + 1);
          const made: Edit = { start, end: Math.min(text.length, start + remove), length: insert };
          text = apply(text, made, '.'.repeat(insert));
          return made;
        });
        const map = new OffsetMap(edits);
        for (const [index, character] of Array.from(before).entries()) {
          const now = text.indexOf(character);
          const mapped = map.forward(index, 'start');
          if (now >= 0) {
            assert.equal(mapped, now);
            assert.equal(map.forward(index + 1, 'end'), now + 1);
            assert.equal(map.back(now), index);
          }
        }
      }),
    );
  });
});

describe('editBetween', () => {
  it('finds the stretch that differs', () => {
    assert.deepEqual(editBetween('abcdef', 'abXdef'), { start: 2, end: 3, length: 1 });
    assert.deepEqual(editBetween('aaa', 'aaaa'), { start: 3, end: 3, length: 1 });
    assert.deepEqual(editBetween('same', 'same'), { start: 4, end: 4, length: 0 });
    assert.deepEqual(editBetween('abc', ''), { start: 0, end: 3, length: 0 });
  });

  it('turns one text into the other', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b') }), fc.string({ unit: fc.constantFrom('a', 'b') }), (before, after) => {
        const edit = editBetween(before, after);
        assert.equal(apply(before, edit, after.slice(edit.start, edit.start + edit.length)), after);
      }),
    );
  });
});
