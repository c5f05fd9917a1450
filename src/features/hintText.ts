import { shapeList, showShort, type Count, type Dim, type Shape, type Shapes } from '../model/shape';
import { fitCount } from './units';

/** VS Code's default for one line of hints (`editor.inlayHints.maximumLength`), in characters. */
export const MAX_LABEL = 43;

const SEPARATOR = ' · ';

/** Longest names of unknown sizes that are tried, one after the other, until the shapes fit; the last says little more than that there is a name. */
const NAME_LENGTHS = [60, 24, 16, 10, 6, 4];

const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$.[\]]*$/u;

/**
 * Shapes as short as they must be to fit: names lose their middle (`numb…sses`), formulas become `…`; numbers stay whole, for a part of a
 * number is another number. undefined where that is not enough.
 */
export function fitShapes(write: (show: (shapes: Shapes) => string) => string, room: number): string | undefined {
  for (const length of NAME_LENGTHS) {
    const text = write((shapes) =>
      shapeList(shapes)
        .map((shape) => showShort(shortened(shape, length)))
        .join(', '),
    );
    if (text.length <= room) return text;
  }
  return undefined;
}

const shortened = (shape: Shape, length: number): Shape => shape.map((dim): Dim => (typeof dim === 'string' ? shortDim(dim, length) : dim));

function shortDim(dim: string, length: number): string {
  if (dim.length <= length) return dim;
  if (!IDENTIFIER.test(dim)) return '…';
  const kept = length - 1;
  return `${dim.slice(0, Math.ceil(kept / 2))}…${dim.slice(dim.length - Math.floor(kept / 2))}`;
}

/** Puts parts behind a start as long as they fit. A count that does not is left to the tooltip: a cut number would be a wrong one. */
export function withCounts(start: string, counts: readonly { readonly count: Count | undefined; readonly unit: string }[]): string {
  let label = start;
  for (const { count, unit } of counts) {
    if (count === undefined || count === 0 || count === '?') continue;
    const room = MAX_LABEL - label.length - SEPARATOR.length - unit.length;
    const shown = fitCount(count, room);
    if (shown.length <= room) label += SEPARATOR + shown + unit;
  }
  return label;
}
