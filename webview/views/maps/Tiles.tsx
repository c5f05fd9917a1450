import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { tileCorner, type Atlas, type Band } from '../../draw/atlas';
import type { Statistics } from '../../draw/painter';
import { isFlat } from '../../draw/scale';
import type { Picture } from '../../engine/contract/picture';
import type { StepInfo } from '../../engine/contract/program';
import { LABEL_HEIGHT } from '../../state/drawing';
import { Bitmap } from '../Bitmap';
import { usePanel } from '../context';
import { usePointer } from '../pixel/usePointer';
import { picturesText, showValue } from '../words';

/** A tile this wide, in CSS pixels, has room for a word beside its number. */
const WORD = 56;

/** The maps of the selected layer. Canvases hold the pixels; only numbers stand over them as text. */
export const Tiles = ({ step, figures }: { readonly step: StepInfo; readonly figures: Statistics | undefined }): JSX.Element => {
  const { store, drawing } = usePanel();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = frame;
    if (!current) return undefined;
    const observer = new ResizeObserver(() => drawing.setRoom({ width: Math.floor(current.clientWidth), ratio: window.devicePixelRatio }));
    observer.observe(current);
    return () => observer.disconnect();
  }, [drawing]);
  const picture = store.picture.value;
  const shown = picture?.key === step.key ? picture : undefined;
  const count = step.layout?.count ?? 0;
  return (
    <div class="tiles" ref={frame}>
      {shown?.atlas.bands.map((band, index) => (
        <BandOfTiles key={index} picture={shown} band={band} index={index} step={step} figures={figures} />
      ))}
      {shown && shown.atlas.count < count && (
        <p class="more">
          The first {shown.atlas.count} of {count.toLocaleString('en-US')} maps.{' '}
          <button type="button" class="link" onClick={() => drawing.showEveryMap()}>
            Show all
          </button>
        </p>
      )}
      {shown && shown.atlas.reduce > 1 && (
        <p class="more">
          One pixel is the mean of {shown.atlas.reduce}×{shown.atlas.reduce} values.
        </p>
      )}
    </div>
  );
};

interface BandProps {
  readonly picture: Picture;
  readonly band: Band;
  readonly index: number;
  readonly step: StepInfo;
  readonly figures: Statistics | undefined;
}

const BandOfTiles = ({ picture, band, index, step, figures }: BandProps): JSX.Element => {
  const { store } = usePanel();
  const pointer = usePointer(picture, band);
  const { bands: _bands, ...atlas } = picture.atlas;
  return (
    <div class={picture.layout.kind === 'maps' ? 'band labelled' : 'band'}>
      <Bitmap
        bitmap={picture.bitmaps[index]}
        role="img"
        aria-label={picturesText(step, figures)}
        data-layer={step.name}
        data-key={step.key}
        data-backend={store.backend.value?.name}
        data-scale={picture.look.scale}
        data-atlas={JSON.stringify({ ...atlas, ...band })}
        data-layout={JSON.stringify(picture.layout)}
        {...pointer}
      />
      {picture.layout.kind === 'maps' && <Labels atlas={picture.atlas} band={band} figures={figures} />}
    </div>
  );
};

const Labels = ({
  atlas,
  band,
  figures,
}: {
  readonly atlas: Atlas;
  readonly band: Band;
  readonly figures: Statistics | undefined;
}): JSX.Element => {
  const maps = usePanel().store.maps.value;
  const ratio = window.devicePixelRatio;
  return (
    <div class="labels" aria-hidden="true">
      {Array.from({ length: band.count }, (_, k) => {
        const tile = band.first + k;
        const corner = tileCorner(atlas, band, tile);
        const map = maps[tile];
        const flat = figures !== undefined && map !== undefined && maps.length > 1 && isFlat(figures, map);
        const place = {
          left: `${corner.x / ratio}px`,
          top: `${corner.y / ratio}px`,
          width: `${atlas.tileWidth / ratio}px`,
          height: `${LABEL_HEIGHT}px`,
        };
        return (
          <span
            key={tile}
            class={flat ? 'label flat' : 'label'}
            style={place}
            title={map && `map ${tile}: ${showValue(map.min)} to ${showValue(map.max)}`}
          >
            {tile}
            {flat && atlas.tileWidth / ratio >= WORD ? ` flat at ${showValue(map.mean)}` : ''}
          </span>
        );
      })}
    </div>
  );
};
