import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { colorAt, colorTable, type MapName } from '../../draw/colorMaps';
import type { Statistics } from '../../draw/painter';
import { sharedScale, showValue } from '../words';

const table = colorTable();
/** Steps of the drawn colours. */
const WIDTH = 240;

interface LegendProps {
  /** True where each map has a scale of its own, and the ends have no one value. */
  readonly own: boolean;
  readonly figures: Statistics | undefined;
  readonly gray: boolean;
}

/** A canvas, so that saved pictures have it too. */
const Colors = ({ map }: { readonly map: MapName }): JSX.Element => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    for (let x = 0; x < WIDTH; x++) {
      const [red, green, blue] = colorAt(table, map, x / (WIDTH - 1)).map(Math.round);
      context.fillStyle = `rgb(${red} ${green} ${blue})`;
      context.fillRect(x, 0, 1, 1);
    }
  }, [map]);
  return <canvas aria-hidden="true" class="legend-colors" width={WIDTH} height={1} ref={canvas} />;
};

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
      <Colors map={scale.map} />
      <span class="legend-high">{high}</span>
    </div>
  );
};
