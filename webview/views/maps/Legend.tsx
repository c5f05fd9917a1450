import type { JSX } from 'preact';
import { colorAt, colorTable, type MapName } from '../../draw/colorMaps';
import type { Statistics } from '../../draw/painter';
import { sharedScale, showValue } from '../words';

const table = colorTable();
const STOPS = 16;

const gradient = (map: MapName): string => {
  const stops = Array.from(
    { length: STOPS + 1 },
    (_, k) =>
      `rgb(${colorAt(table, map, k / STOPS)
        .map(Math.round)
        .join(' ')})`,
  );
  return `linear-gradient(to right, ${stops.join(', ')})`;
};

interface LegendProps {
  /** True where each map has a scale of its own, and the ends have no one value. */
  readonly own: boolean;
  readonly figures: Statistics | undefined;
  readonly gray: boolean;
}

/** The colours from the scale's low end to its high one. */
export const Legend = ({ own, figures, gray }: LegendProps): JSX.Element | null => {
  if (!figures || Number.isNaN(figures.min)) return null;
  const scale = sharedScale(figures, gray);
  const low = own ? (scale.map === 'diverging' ? '−' : 'min') : showValue(scale.low);
  const high = own ? (scale.map === 'diverging' ? '+' : 'max') : showValue(scale.high);
  return (
    <div
      class="legend"
      role="img"
      aria-label={own ? 'Colours from each map\u2019s smallest to its largest value' : `Colours from ${low} to ${high}`}
    >
      <span class="legend-low">{low}</span>
      <span class="legend-colors" style={{ backgroundImage: gradient(scale.map) }} />
      <span class="legend-high">{high}</span>
    </div>
  );
};
