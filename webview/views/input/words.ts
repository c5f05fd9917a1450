import type { FeedInfo } from '../../engine/contract/input';
import { rangeText } from '../../engine/inputs/picture';
import type { Held, Source } from '../../state/sources';
import { showSizes } from '../words';

/** What is fed in: `digit 7 · 32×32×1 · 0-1`, `random 0-1 · seed 42 · 224×224×3`, `cat.png · 224×224×3, middle cut out · 0 to 1`. */
export const sourceText = (feed: FeedInfo, source: Source, held: Held | undefined): string => {
  const sizes = showSizes(feed.shape);
  switch (source.kind) {
    case 'digit':
      return `digit ${source.digit} · ${sizes} · 0-1`;
    case 'random':
      return `random ${feed.range} · seed ${source.seed} · ${sizes}`;
    case 'zeros':
      return `zeros · ${sizes}`;
    case 'drawing':
      return `drawing · ${sizes} · paper 0, ink 1`;
    case 'typed':
      return `typed values · ${sizes}`;
    case 'picture':
      return `${pictureName(held)} · ${sizes} · ${rangeText(source.range, feed.picture?.channels ?? 3)}${source.inverted ? ', inverted' : ''}`;
  }
};

const pictureName = (held: Held | undefined): string => {
  const name = held?.picture?.name ?? '';
  return name === '' ? 'picture' : name.length > 40 ? `${name.slice(0, 37)}…` : name;
};

/** Why the choice that was remembered is not what is fed in; undefined where it is. */
export const missingText = (wanted: Source | undefined, source: Source): string | undefined => {
  if (!wanted || wanted.kind === source.kind) return undefined;
  switch (wanted.kind) {
    case 'picture':
      return 'picture, choose again';
    case 'typed':
      return 'the typed values do not fit this input any more';
    default:
      return `this input takes no ${wanted.kind}`;
  }
};

/** What of a batch is shown. */
export const exampleText = (source: Source | undefined, example: number): string => {
  if (source?.kind === 'digit') return `digit ${(source.digit + example) % 10}`;
  return source?.kind === 'random' ? `seed ${source.seed + example}` : `example ${example + 1}`;
};
