import type { JSX } from 'preact';
import { showBytes } from '../engine/build/memory';
import { usePanel } from './context';
import { showValue } from './words';

/** Standard deviations at and below this have no bar. */
const FAINT = 1e-6;
const HEIGHT = 14;
const BAR = 4;
/** Nets of many layers have thinner bars. */
const WIDEST = 260;

/** The whole net in one line: how values spread from layer to layer, what is not a number, and what it takes. */
export const Status = (): JSX.Element | null => {
  const { store } = usePanel();
  const built = store.built.value;
  const numbers = store.numbers.value;
  if (!built) return null;
  const all = Object.values(numbers?.figures ?? {});
  const nans = all.reduce((total, figures) => total + figures.nans + figures.infinities, 0);
  return (
    <footer class="status">
      {numbers && <Spread />}
      {numbers && <span class={nans > 0 ? 'alarm' : ''}>{nans.toLocaleString('en-US')} NaN or infinite</span>}
      <span>weights {showBytes(built.need.weights)}</span>
      <span>activations {showBytes(built.need.activations)}</span>
    </footer>
  );
};

/** A bar a layer: its standard deviation on a logarithmic scale, from a millionth to the largest. */
const Spread = (): JSX.Element => {
  const { store } = usePanel();
  const figures = store.numbers.value?.figures ?? {};
  const layers = (store.built.value?.steps ?? []).flatMap((step) => {
    const std = figures[step.key]?.std;
    return std === undefined || Number.isNaN(std) ? [] : [{ step, std }];
  });
  const most = Math.max(FAINT * 10, ...layers.map(({ std }) => std));
  const heightOf = (std: number): number => (std <= FAINT ? 0 : (Math.log(std / FAINT) / Math.log(most / FAINT)) * HEIGHT);
  const [first, last] = [layers[0], layers[layers.length - 1]];
  return (
    <span class="spread">
      <span>std by layer</span>
      <svg
        width={Math.min(WIDEST, layers.length * BAR)}
        height={HEIGHT}
        viewBox={`0 0 ${Math.max(1, layers.length * BAR)} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={
          first && last
            ? `Standard deviation by layer, from ${showValue(first.std)} at ${first.step.name} to ${showValue(last.std)} at ${last.step.name}`
            : 'no layer ran'
        }
      >
        {layers.map(({ step, std }, k) => (
          <rect
            key={step.key}
            x={k * BAR}
            width={BAR - 1}
            y={HEIGHT - Math.max(1, heightOf(std))}
            height={Math.max(1, heightOf(std))}
            class={step.key === store.selected.value ? 'now' : ''}
          >
            <title>
              {step.name}: {showValue(std)}
            </title>
          </rect>
        ))}
      </svg>
    </span>
  );
};
