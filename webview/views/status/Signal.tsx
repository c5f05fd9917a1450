import type { JSX } from 'preact';
import { usePanel } from '../context';
import { Spread } from './Spread';
import { firstBroken, type Deviation } from './words';

/** How values spread from layer to layer, and where they stop being numbers. */
export const Signal = (): JSX.Element | null => {
  const { store, controller } = usePanel();
  const numbers = store.numbers.value;
  if (!numbers) return null;
  const layers = (store.built.value?.steps ?? []).flatMap(({ key, name }): Deviation[] => {
    const figures = numbers.figures[key];
    return figures ? [{ key, name, std: figures.std, broken: figures.nans + figures.infinities }] : [];
  });
  const broken = layers.reduce((total, layer) => total + layer.broken, 0);
  const first = firstBroken(layers);
  return (
    <>
      <Spread layers={layers} />
      <span class={broken > 0 ? 'alarm' : ''}>
        {broken.toLocaleString('en-US')} NaN or infinite
        {first && (
          <>
            {', '}
            <button
              class="link"
              type="button"
              title="The first layer whose output is not all numbers"
              onClick={() => controller.choose(first.key, false)}
            >
              first in {first.name}
            </button>
          </>
        )}
      </span>
    </>
  );
};
