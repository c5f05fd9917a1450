import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitLine } from '../../../src/features/hintLines';
import { MAX_LABEL } from '../../../src/features/hintText';
import type { Hint } from '../../../src/features/inlayHints';

const hint = (short: string, counts = '', id = short): Hint => ({
  id,
  anchor: 0,
  label: short + counts,
  short,
  tooltip: '',
  isAnswer: true,
});
const labels = (...hints: readonly Hint[]): readonly string[] => fitLine(hints).map(({ label }) => label);

describe('hints of one line', () => {
  it('stay as they are where all of them fit', () => {
    assert.deepEqual(labels(hint('→ 8×8×4', ' · 112'), hint('→ 256')), ['→ 8×8×4 · 112', '→ 256']);
  });

  it('leave counts to their tooltips, those of inner calls first', () => {
    assert.deepEqual(labels(hint('→ 112×112×64', ' · 9,408 · ×36'), hint('→ 112×112×64', ' · 256', 'bn')), [
      '→ 112×112×64',
      '→ 112×112×64 · 256',
    ]);
  });

  it('leave out inner calls where shapes alone are too long, never the outermost', () => {
    const shape = '→ 112×112×64 … 56×56×64';
    assert.deepEqual(labels(hint(shape, '', 'a'), hint(shape, '', 'b'), hint(shape, ' · 9', 'c')), [shape]);
  });

  it('are never longer together than an editor shows of a line, nor any of them longer than it was', () => {
    const one = fc.tuple(fc.string({ maxLength: 30 }), fc.string({ maxLength: 13 })).map(([short, counts]) => hint(short, counts));
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 6 }), (all) => {
        const named = all.map((each, i) => ({ ...each, id: String(i) }));
        const fitted = fitLine(named);
        assert.ok(fitted.reduce((sum, { label }) => sum + label.length, 0) <= MAX_LABEL);
        assert.ok(fitted.every(({ id, label }) => [named[Number(id)]?.label, named[Number(id)]?.short].includes(label)));
        assert.equal(fitted.at(-1)?.id, String(all.length - 1));
      }),
    );
  });
});
