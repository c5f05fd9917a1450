import type { JSX } from 'preact';
import { usePanel } from '../context';

/** Lets the person choose a file with the model's weights; while one is read, stops that. */
export const LoadWeights = (): JSX.Element | null => {
  const { store, weights } = usePanel();
  const built = store.built.value;
  if (!built || built.refused !== undefined || built.need.parameters === 0) return null;
  const reading = weights.reading.value;
  if (reading !== undefined) {
    return (
      <button
        type="button"
        class="link load-weights"
        title={`Stop reading ${reading}. The weights stay as they are.`}
        onClick={() => weights.cancel()}
      >
        Stop reading
      </button>
    );
  }
  return (
    <button
      type="button"
      class="link load-weights"
      title="Load weights that TensorFlow.js saved: a model.json with its shards."
      onClick={() => void weights.choose()}
    >
      Load weights…
    </button>
  );
};
