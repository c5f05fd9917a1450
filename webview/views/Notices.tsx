import type { JSX } from 'preact';
import { usePanel } from './context';
import { DeviceNotices } from './DeviceNotices';
import { LoadWeights } from './weights/LoadWeights';
import { WeightsNotice } from './weights/WeightsNotice';
import { needText } from './weights/words';

/** What a person must know before looking at the pictures, a line each. */
export const Notices = (): JSX.Element => {
  const { store } = usePanel();
  const built = store.built.value;
  const stale = store.stale.value;
  const stop = store.ran.value?.stop;
  const open = stop === undefined ? store.model.value?.graph.stop : undefined;
  const fresh = built?.refused === undefined && built?.weights.kind === 'fresh' ? built.weights : undefined;
  return (
    <div class="notices" aria-live="polite">
      {stale !== undefined && <p class="notice warn">Not up to date: {stale}</p>}
      {built?.refused !== undefined && <p class="notice warn">{built.refused}</p>}
      {stop !== undefined && built?.refused === undefined && (
        <p class="notice warn" data-stop>
          Stopped at {stop.replace(/\.$/, '')}. What comes before it is shown.
        </p>
      )}
      {open !== undefined && built?.refused === undefined && <p class="notice warn">Not the whole model: {open}</p>}
      <DeviceNotices />
      {built && fresh && (
        <p class="notice">
          Fresh random weights, seed {fresh.seed}: shapes and flow are real, the pictures mean nothing yet. {needText(built.need)}{' '}
          <LoadWeights />
        </p>
      )}
      <WeightsNotice />
    </div>
  );
};

/** There is no model to show. */
export const Nothing = ({ reason }: { readonly reason: string }): JSX.Element => (
  <main class="nothing">
    <h1 class="title">Layerscope</h1>
    <p>{reason}</p>
  </main>
);

/** The panel itself failed. */
export const Failure = ({ text }: { readonly text: string }): JSX.Element => {
  const { controller } = usePanel();
  return (
    <div class="failure" role="alert">
      <p>The panel failed: {text}</p>
      <button type="button" class="button" onClick={() => controller.again()}>
        Try again
      </button>
    </div>
  );
};
