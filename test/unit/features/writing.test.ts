import assert from 'node:assert/strict';
import { agree, evaluate } from '../../../src/features/formula';
import { Lines } from '../../../src/features/lines';
import { fitCount, showBytes, showLarge, showShare } from '../../../src/features/units';
import { columns, cut, escapeMarkdown, hoverText, shortName } from '../../../src/features/writing';

describe('writing', () => {
  it('keeps source text from ending the block', () => {
    assert.equal(hoverText(['a ``` b', '```` c']), '`````layerscope-hover\na ``` b\n```` c\n`````');
  });

  it('keeps source text on its line, and bounded', () => {
    assert.equal(hoverText(['a\nb\r\u2028c\u202Ed']), '```layerscope-hover\na b c d\n```');
    assert.equal(shortName('x'.repeat(1000)).length, 60);
    assert.ok(hoverText(['x'.repeat(1000)]).length < 200);
    assert.equal(cut('abc', 3), 'abc');
  });

  it('escapes all that Markdown could read as markup, bare addresses included', () => {
    assert.equal(escapeMarkdown('<img onerror=x>'), '\\<img onerror\\=x\\>');
    assert.equal(escapeMarkdown('[a](command:x)'), '\\[a\\]\\(command\\:x\\)');
    assert.equal(escapeMarkdown('https://x.y'), 'https\\://x\\.y');
    assert.equal(escapeMarkdown('`__proto__`\n# a'), '\\`\\_\\_proto\\_\\_\\` \\# a');
    assert.ok(escapeMarkdown('x'.repeat(10_000)).length <= 600);
  });

  it('puts numbers to the right, words to the left', () => {
    assert.deepEqual(
      columns([
        ['×1', '[a]', '1,792', ''],
        ['×12', '[long]', '2', 'when x'],
      ]),
      ['×1   [a]     1,792', '×12  [long]      2  when x'],
    );
  });
});

describe('units', () => {
  it('shows shares, bytes and large counts short', () => {
    assert.deepEqual(
      [0, 1, 34_944, 62_378_344].map((part) => showShare(part, 62_378_344)),
      ['0 %', '<0.01 %', '0.06 %', '100 %'],
    );
    assert.deepEqual([0, 999, 1_000, 1_161_600, 249_513_376, 4e12].map(showBytes), [
      '0 B',
      '999 B',
      '1.00 kB',
      '1.16 MB',
      '250 MB',
      '4.00 TB',
    ]);
    assert.equal(showBytes(999_999), '1.00 MB');
    assert.deepEqual([105_415_200, 1_140_000_000].map(showLarge), ['105,415,200', '1.14 G']);
    assert.deepEqual([fitCount(14_714_688, 10), fitCount(14_714_688, 9), fitCount('85*n', 3)], ['14,714,688', '14.7 M', '85*n']);
  });
});

describe('formulas', () => {
  it('have values', () => {
    const of = (formula: string): number | undefined => evaluate(formula, (name) => ({ U: 3, V: 5, 'a.b': 7 })[name] ?? NaN);
    assert.deepEqual(['18*U^2 + 2*U', '(U + 1)*V - 2', '-U', 'a.b/2', '1.5*U'].map(of), [168, 18, -3, 3.5, 4.5]);
    assert.deepEqual(['?', 'U +', '(U', 'U U', 'f(U)', '', '('.repeat(10_000), 'W'].map(of), Array(8).fill(undefined));
  });

  it('agree where they are the same, and only there', () => {
    assert.equal(agree('84*n + n', '85*n'), true);
    assert.equal(agree('(a + b)^2', 'a*a + 2*a*b + b*b'), true);
    assert.equal(agree('84*n', '85*n'), false);
    assert.equal(agree('a + 2*b', '2*a + b'), false);
    assert.equal(agree('?', '?'), false);
    assert.equal(agree('8*4', 32), true);
  });
});

describe('lines', () => {
  it('count from 1, whatever ends them', () => {
    const lines = new Lines('a\nbc\r\nd\re');
    assert.deepEqual(
      [0, 1, 2, 4, 6, 7, 8, 9].map((offset) => lines.lineOf(offset)),
      [1, 1, 2, 2, 3, 3, 4, 4],
    );
  });

  it('end before their break and the blanks at their end', () => {
    const lines = new Lines('ab  \r\ncd // x \n\nlast');
    assert.deepEqual(
      [0, 3, 6, 15, 16, 17].map((offset) => lines.endOfLine(offset)),
      [2, 3, 13, 15, 20, 20],
    );
  });
});
