import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Distribution } from '../../engine/histograms/distribution';
import { countScale, countTicks, valueTicks } from './axes';
import { barsPath, histogramText, binText, zeroPlace } from './words';

/** Height of the drawing's own coordinates; a bar is one wide. */
const HEIGHT = 100;

interface HistogramProps {
  readonly distribution: Distribution;
  /** What the values are, for who cannot see the picture: "output of conv1". */
  readonly name: string;
  /** Bars as long as the logarithm of their counts, so that rare values are seen beside many. */
  readonly logarithmic: boolean;
}

/** How often values fall where: all bars are one shape, in the theme's colours; pointing at a bar tells its bin. */
export const Histogram = ({ distribution, name, logarithmic }: HistogramProps): JSX.Element => {
  const [bin, setBin] = useState<number | undefined>();
  const { counts } = distribution;
  const most = Math.max(0, ...counts);
  if (counts.length === 0) return <p class="histogram-none">There is no finite value to count.</p>;
  const heights = countTicks(most, logarithmic);
  const zero = zeroPlace(distribution);
  const point = (event: PointerEvent): void => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    setBin(Math.min(counts.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * counts.length))));
  };
  return (
    <figure class="histogram">
      <div class="histogram-counts" aria-hidden="true">
        {heights.map(({ at, text }) => (
          <span key={text} style={{ bottom: `${at * 100}%` }}>
            {text}
          </span>
        ))}
      </div>
      <svg
        viewBox={`0 0 ${counts.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Histogram of ${name}: ${histogramText(distribution)}`}
        onPointerMove={point}
        onPointerLeave={() => setBin(undefined)}
      >
        {bin !== undefined && bin < counts.length && <rect class="histogram-now" x={bin} width={1} y={0} height={HEIGHT} />}
        {heights.map(({ at, text }) => (
          <path key={text} class="histogram-line" d={`M0 ${HEIGHT * (1 - at)}H${counts.length}`} />
        ))}
        <path class="histogram-bars" d={barsPath(counts, HEIGHT, countScale(most, logarithmic))} />
        {zero !== undefined && <path class="histogram-zero" d={`M${zero} 0V${HEIGHT}`} />}
      </svg>
      <div class="histogram-values" aria-hidden="true">
        {valueTicks(distribution).map(({ at, text }) => (
          <span key={text} style={{ left: `${at * 100}%` }}>
            {text}
          </span>
        ))}
      </div>
      <figcaption class="histogram-bin">{bin === undefined ? '\u00a0' : binText(distribution, bin)}</figcaption>
    </figure>
  );
};
