import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { usePanel } from '../context';
import { showValue } from '../words';
import { signalText, type Deviation } from './words';

/** Standard deviations at and below this have no bar. */
const FAINT = 1e-6;
const HEIGHT = 14;
const BAR = 4;
/** Nets of many layers have thinner bars. */
const WIDEST = 260;

/**
 * A bar a layer: its standard deviation on a logarithmic scale, from a millionth to the largest. A click selects the layer; so do the arrow
 * keys, as on a slider. All bars of one colour are one shape, however many layers there are.
 */
export const Spread = ({ layers }: { readonly layers: readonly Deviation[] }): JSX.Element => {
  const { store, controller } = usePanel();
  const [under, setUnder] = useState<number | undefined>();
  const at = layers.findIndex(({ key }) => key === store.selected.value);
  const choose = (index: number): void => {
    const layer = layers[Math.min(layers.length - 1, Math.max(0, index))];
    if (layer) controller.choose(layer.key, false);
  };
  const press = (event: KeyboardEvent): void => {
    const next = nextIndex(event.key, at, layers.length);
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
  };
  const indexAt = (event: MouseEvent): number => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return Math.min(layers.length - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * layers.length)));
  };
  const pointed = under === undefined ? undefined : layers[under];
  return (
    <span class="spread" title={[pointed && deviationText(pointed), signalText(layers)].filter(Boolean).join('\n')}>
      <span>std by layer</span>
      {/* The slider is an HTML element: of an SVG one the focus depends on how its tabindex is spelt. */}
      <span
        class="spread-strip"
        role="slider"
        tabIndex={0}
        aria-label={`Layer, by its standard deviation. ${signalText(layers)}`}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, layers.length - 1)}
        aria-valuenow={Math.max(0, at)}
        aria-valuetext={layers[at] ? deviationText(layers[at]) : 'none'}
        onKeyDown={press}
        onClick={(event) => choose(indexAt(event))}
        onPointerMove={(event) => setUnder(indexAt(event))}
        onPointerLeave={() => setUnder(undefined)}
      >
        <svg
          width={Math.min(WIDEST, layers.length * BAR)}
          height={HEIGHT}
          viewBox={`0 0 ${Math.max(1, layers.length * BAR)} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path class="spread-bars" d={barsOf(layers, (layer, k) => k !== at && layer.broken === 0)} />
          <path class="spread-broken" d={barsOf(layers, (layer, k) => k !== at && layer.broken > 0)} />
          <path class="spread-now" d={barsOf(layers, (_, k) => k === at)} />
        </svg>
      </span>
    </span>
  );
};

const deviationText = ({ name, std, broken }: Deviation): string =>
  `${name}: ${showValue(std)}${broken > 0 ? `, ${broken.toLocaleString('en-US')} NaN or infinite` : ''}`;

/** The bars of some layers as one shape. A layer without a finite value has a bar of full height. */
const barsOf = (layers: readonly Deviation[], which: (layer: Deviation, index: number) => boolean): string => {
  const most = Math.max(FAINT * 10, ...layers.map(({ std }) => std).filter(Number.isFinite));
  const heightOf = (std: number): number => {
    if (!Number.isFinite(std)) return HEIGHT;
    return Math.max(1, std <= FAINT ? 0 : (Math.log(std / FAINT) / Math.log(most / FAINT)) * HEIGHT);
  };
  return layers.map((layer, k) => (which(layer, k) ? `M${k * BAR} ${HEIGHT}v${-heightOf(layer.std)}h${BAR - 1}V${HEIGHT}Z` : '')).join('');
};

const nextIndex = (key: string, at: number, count: number): number | undefined => {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return at + 1;
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
};
