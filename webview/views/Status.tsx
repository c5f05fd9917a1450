import type { JSX } from 'preact';
import { showBytes } from '../engine/build/memory';
import { usePanel } from './context';
import { Signal } from './status/Signal';
import { showTime } from './words';

/** The whole net in one line: how values spread from layer to layer, what is not a number, and what it takes. */
export const Status = (): JSX.Element | null => {
  const { store, live } = usePanel();
  const built = store.built.value;
  if (!built) return null;
  return (
    <footer class="status">
      <Signal />
      {live.milliseconds.value !== undefined && (
        <span data-live title="From the edit in the source to the picture of the selected layer">
          {showTime(live.milliseconds.value)} after the edit
        </span>
      )}
      <span>weights {showBytes(built.need.weights)}</span>
      <span>activations {showBytes(built.need.activations)}</span>
    </footer>
  );
};
