import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Band } from '../../draw/atlas';
import type { Statistics } from '../../draw/painter';
import type { Picture } from '../../engine/contract/picture';
import type { StepInfo } from '../../engine/contract/program';
import { LABEL_HEIGHT } from '../../state/drawing';
import { nextZoom } from '../../state/tileChoices';
import { Bitmap } from '../Bitmap';
import { usePanel } from '../context';
import { firstNewMap } from '../editWords';
import { usePointer } from '../pixel/usePointer';
import { picturesText } from '../words';
import { useHoverValue } from './HoverValue';
import { Labels } from './Labels';

interface TilesProps {
  readonly step: StepInfo;
  readonly figures: Statistics | undefined;
}

/** The maps of the selected layer. Canvases hold the pixels; only numbers stand over them as text. + and − change the zoom. */
export const Tiles = ({ step, figures }: TilesProps): JSX.Element => {
  const { store, drawing } = usePanel();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = frame;
    if (!current) return undefined;
    const observer = new ResizeObserver(() => drawing.setRoom({ width: Math.floor(current.clientWidth), ratio: window.devicePixelRatio }));
    observer.observe(current);
    // A view that was closed gave its bitmaps to canvases that are gone.
    if (store.picture.peek()?.bitmaps.some((bitmap) => bitmap.width === 0)) void drawing.draw();
    return () => observer.disconnect();
  }, [drawing, store]);
  const picture = store.picture.value;
  const shown = picture?.key === step.key ? picture : undefined;
  const hover = useHoverValue(shown && !isPlain(shown, drawing.figures.value?.order) ? shown : undefined);
  const press = (event: KeyboardEvent): void => {
    const by = event.key === '+' || event.key === '=' ? 1 : event.key === '-' ? -1 : undefined;
    if (by === undefined || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    drawing.changeTiles({ zoom: nextZoom(drawing.tiles.zoom, by) });
  };
  return (
    <div
      class="tiles"
      ref={frame}
      role="group"
      aria-label={`Tiles of ${step.name}`}
      tabIndex={0}
      onKeyDown={press}
      onMouseMove={hover.move}
      onMouseLeave={hover.leave}
    >
      {shown?.atlas.bands.map((band, index) => (
        <BandOfTiles key={index} picture={shown} band={band} index={index} step={step} figures={figures} />
      ))}
      {shown && <More picture={shown} />}
      {hover.box}
    </div>
  );
};

const SORTED: Readonly<Record<Picture['sort'], string>> = {
  index: 'first',
  strength: 'strongest',
  variance: 'most varying',
  dead: 'most dead',
};

/** What is not shown, and how to see it. */
const More = ({ picture }: { readonly picture: Picture }): JSX.Element => {
  const { drawing } = usePanel();
  const { atlas, layout } = picture;
  return (
    <>
      {atlas.count < layout.count && (
        <p class="more">
          The {SORTED[picture.sort]} {atlas.count} of {layout.count.toLocaleString('en-US')} maps.{' '}
          <button type="button" class="link" data-control onClick={() => drawing.showEveryMap()}>
            Show all
          </button>
        </p>
      )}
      {atlas.reduce > 1 && (
        <p class="more">
          One pixel is the mean of {atlas.reduce}×{atlas.reduce} values.
        </p>
      )}
    </>
  );
};

/** True where tiles are the output's maps and their order is known: the pixel view answers for those, and takes clicks. */
const isPlain = ({ shows, sort, layout }: Picture, order: readonly number[] | undefined): boolean =>
  shows === 'output' && (sort === 'index' || order !== undefined) && (layout.frame ?? 0) === 0;

interface BandProps extends TilesProps {
  readonly picture: Picture;
  readonly band: Band;
  readonly index: number;
}

const BandOfTiles = ({ picture, band, index, step, figures }: BandProps): JSX.Element => {
  const { store, drawing } = usePanel();
  const place = useRef<HTMLDivElement>(null);
  const order = drawing.figures.value?.order;
  const pointer = usePointer(picture, band, picture.sort === 'index' ? undefined : order);
  const { bands: _bands, ...atlas } = picture.atlas;
  const nth = picture.drawn.indexOf(index);
  const { filters } = picture;
  const ratio = window.devicePixelRatio;
  const labelled = picture.layout.kind === 'maps';
  const header = filters ? (picture.atlas.pitchY - picture.atlas.tileHeight - Math.round(8 * ratio)) / ratio : LABEL_HEIGHT;
  useEffect(() => {
    const { current } = place;
    if (!current || nth >= 0) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) drawing.showBand(index);
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [drawing, index, nth]);
  return (
    <div
      class="band"
      ref={place}
      style={{ paddingTop: labelled ? `${header}px` : '', minHeight: nth < 0 ? `${header + band.height / ratio}px` : '' }}
    >
      <Bitmap
        bitmap={picture.bitmaps[nth]}
        role="img"
        aria-label={picturesText(step, figures)}
        data-layer={step.name}
        data-key={step.key}
        data-band={index}
        data-backend={store.backend.value?.name}
        data-scale={picture.look.scale}
        data-atlas={JSON.stringify({ ...atlas, ...band })}
        data-layout={JSON.stringify(picture.layout)}
        {...(isPlain(picture, order) ? pointer : {})}
      />
      {filters && <Over bitmap={filters.bitmaps[nth]} left={0} label={`Filters of ${step.name}`} />}
      {filters?.bias && (
        <Over
          bitmap={filters.bias.bitmaps[nth]}
          left={filters.atlas.tileWidth / ratio + 2}
          label={`Biases of ${step.name}, one cell beside each filter`}
        />
      )}
      {labelled && <Labels picture={picture} band={band} figures={figures} newFrom={firstNewMap(step)} />}
    </div>
  );
};

/** A picture of the size of the band, whose tiles stand over the rows of maps. */
const Over = ({
  bitmap,
  left,
  label,
}: {
  readonly bitmap: ImageBitmap | undefined;
  readonly left: number;
  readonly label: string;
}): JSX.Element => (
  <div class="over" style={{ left: `${left}px`, top: `${LABEL_HEIGHT}px` }}>
    <Bitmap bitmap={bitmap} role="img" aria-label={label} data-over="" />
  </div>
);
