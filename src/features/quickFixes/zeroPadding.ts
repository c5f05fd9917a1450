import type { Propose } from './fix';
import { insertedBefore, optionOf, withoutOption } from './source';
import type { TextEdit } from './fix';

/** Padding as a number, as other libraries have it: a `zeroPadding2d` layer in TensorFlow.js, or 'same' where that comes to the same. */
export const zeroPadding: Propose = ({ text, site }) => {
  const option = site && optionOf(site, 'padding');
  if (!site || !option || !/^(?:separable|depthwise)?conv2d$/i.test(site.factory)) return [];
  const amount = amountIn(text.slice(option.value.start, option.value.end));
  const removal = withoutOption(site, text, 'padding');
  const inserted = amount === undefined ? undefined : insertedBefore(site, text, 'zeroPadding2d', [`padding: ${amount}`]);
  const edits = inserted && removal && inOrder([...inserted, removal]);
  return edits ? [{ title: `Insert zeroPadding2d({ padding: ${amount} })`, edits, shows: site.name.start, choice: 'zeroPadding' }] : [];
};

/** `1`, or `[1, 2]` as `[[1, 1], [2, 2]]`: rows and columns, before and behind. */
function amountIn(value: string): string | undefined {
  if (/^\d{1,4}$/.test(value)) return value;
  const [, rows, columns] = /^\[\s*(\d{1,4})\s*,\s*(\d{1,4})\s*\]$/.exec(value) ?? [];
  return rows === undefined || columns === undefined ? undefined : `[[${rows}, ${rows}], [${columns}, ${columns}]]`;
}

/** Edits that touch one another become one: two options next to each other are taken out with the comma between them. */
function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  const joined: TextEdit[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = joined.at(-1);
    if (last && edit.start < last.end)
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, edit.end), text: last.text + edit.text };
    else joined.push(edit);
  }
  return joined;
}
