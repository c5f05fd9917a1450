import type { JSX } from 'preact';
import { usePanel } from './context';

/** Layers that do something else while a model is trained. */
const DIFFERS = /^(BatchNormalization|Dropout|AlphaDropout|GaussianDropout|GaussianNoise)$/;

/** Whether layers run as at inference or as in training; offered where that makes a difference. */
export const Mode = (): JSX.Element | null => {
  const { store, runs } = usePanel();
  const steps = store.built.value?.steps ?? [];
  if (!steps.some((step) => DIFFERS.test(step.className))) return null;
  const choose = (training: boolean): void => {
    if (store.training.value === training) return;
    store.training.value = training;
    runs.runAgain();
  };
  return (
    <div class="choice" role="radiogroup" aria-label="Mode">
      {[false, true].map((training) => (
        <button
          key={String(training)}
          type="button"
          role="radio"
          aria-checked={store.training.value === training}
          title={
            training
              ? 'Batch norm takes the batch’s own statistics and dropout draws masks, as in fit. No weight changes.'
              : 'As predict runs the model: batch norm takes the moving statistics, dropout does nothing.'
          }
          onClick={() => choose(training)}
        >
          {training ? 'training' : 'inference'}
        </button>
      ))}
    </div>
  );
};
