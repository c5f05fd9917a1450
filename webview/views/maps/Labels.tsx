import type { JSX } from 'preact';
import { tileCorner, type Band } from '../../draw/atlas';
import type { Statistics } from '../../draw/painter';
import { isFlat } from '../../draw/scale';
import type { Picture } from '../../engine/contract/picture';
import { LABEL_HEIGHT } from '../../state/drawing';
import { usePanel } from '../context';
import { showValue } from '../words';

/** A tile this wide, in CSS pixels, has room for a word beside its number. */
const WORD = 56;

interface LabelsProps {
  readonly picture: Picture;
  readonly band: Band;
  readonly figures: Statistics | undefined;
  /** The first map that the last edit added; undefined where it added none. */
  readonly newFrom: number | undefined;
}

/** The channel's own index over each tile, and its bias where there is room. While an order is being read there is none. */
export const Labels = ({ picture, band, figures, newFrom }: LabelsProps): JSX.Element | null => {
  const found = usePanel().drawing.figures.value;
  const maps = found?.maps ?? [];
  const { atlas, sort, filters } = picture;
  if (sort !== 'index' && !found?.order) return null;
  const ratio = window.devicePixelRatio;
  const room = Math.max(atlas.tileWidth, atlas.pitchX - Math.round(8 * ratio)) / ratio;
  return (
    <div class="labels" aria-hidden="true">
      {Array.from({ length: band.count }, (_, k) => {
        const tile = band.first + k;
        const channel = found?.order?.[tile] ?? tile;
        const corner = tileCorner(atlas, band, tile);
        const map = maps[channel];
        const bias = filters?.bias ? found?.biases?.[channel] : undefined;
        const flat = figures !== undefined && map !== undefined && maps.length > 1 && isFlat(figures, map);
        const place = {
          left: `${corner.x / ratio}px`,
          top: `${corner.y / ratio}px`,
          width: `${room}px`,
          height: `${LABEL_HEIGHT}px`,
        };
        const added = newFrom !== undefined && channel >= newFrom;
        return (
          <span
            key={tile}
            class={`label${flat ? ' flat' : ''}${added ? ' added' : ''}`}
            style={place}
            title={titleOf(channel, map, bias, added)}
          >
            {channel}
            {added ? ' new' : ''}
            {flat && room >= WORD
              ? ` flat at ${showValue(map.mean)}`
              : bias !== undefined && room >= (added ? 2 : 1) * WORD
                ? ` bias ${showValue(bias)}`
                : ''}
          </span>
        );
      })}
    </div>
  );
};

const titleOf = (channel: number, map: Statistics | undefined, bias: number | undefined, added: boolean): string | undefined =>
  map &&
  [
    `map ${channel}: ${showValue(map.min)} to ${showValue(map.max)}`,
    ...(bias === undefined ? [] : [`bias ${showValue(bias)}`]),
    ...(added ? ['new since the last edit'] : []),
  ].join(', ');
