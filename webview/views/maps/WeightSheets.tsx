import type { JSX } from 'preact';
import type { WeightSheet } from '../../engine/contract/picture';
import { Bitmap } from '../Bitmap';
import { usePanel } from '../context';

/** The weights of a layer whose tiles have no filters of their own: matrices, filters as tiles, biases as strips. */
export const WeightSheets = (): JSX.Element | null => {
  const sheets = usePanel().drawing.sheets.value;
  if (sheets.length === 0) return null;
  return (
    <section class="weight-sheets" aria-label="Weights">
      {sheets.map((sheet) => (
        <Sheet key={sheet.name} sheet={sheet} />
      ))}
    </section>
  );
};

const Sheet = ({ sheet }: { readonly sheet: WeightSheet }): JSX.Element => {
  const { name, shape, axes, atlas, layout, bitmaps } = sheet;
  const cut = atlas.count < layout.count ? ` · the first ${atlas.count} of ${layout.count.toLocaleString('en-US')}` : '';
  const mean = atlas.reduce > 1 ? ` · one pixel is the mean of ${atlas.reduce}×${atlas.reduce} values` : '';
  return (
    <figure class="weight-sheet">
      <figcaption>
        <span class="weight-name">{name}</span> {shape.join('×')} · {axes}
        {cut}
        {mean}
      </figcaption>
      {bitmaps.map((bitmap, index) => (
        <Bitmap key={index} bitmap={bitmap} role="img" aria-label={`${name}, ${axes}`} data-weight={name} />
      ))}
    </figure>
  );
};
