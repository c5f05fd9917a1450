import type { JSX } from 'preact';
import { usePanel } from './context';
import { GivenValues } from './GivenValues';
import { LoadWeights } from './weights/LoadWeights';
import { backendBadge, backendTitle, phaseText, showTime, weightsBadge, weightsTitle } from './words';

/** Which model, where it stands, what it runs on, with which weights, and how long it took. */
export const Header = (): JSX.Element => {
  const { store } = usePanel();
  const model = store.model.value;
  const backend = store.backend.value;
  const built = store.built.value;
  const ran = store.ran.value;
  const compiles = ran?.first === true && (backend?.name === 'webgpu' || backend?.name === 'webgl');
  return (
    <header class="header">
      <h1 class="title">
        {model?.title}
        <span class="place">
          {model?.file}:{model?.line}
        </span>
      </h1>
      <GivenValues />
      {backend && (
        <span class="badge" data-backend={backend.name} title={backendTitle(backend)}>
          {backendBadge(backend)}
        </span>
      )}
      {built && built.refused === undefined && (
        <span class="badge" data-weights={built.weights.kind} title={weightsTitle(built)}>
          {weightsBadge(built)}
        </span>
      )}
      {built?.weights.kind !== 'fresh' && <LoadWeights />}
      {ran && (
        <span
          class="time"
          title={`Time in the layers, drawing not included.${compiles ? ' A first run on a GPU also compiles its programs.' : ''}`}
        >
          {compiles ? `first run ${showTime(ran.milliseconds)}` : showTime(ran.milliseconds)}
        </span>
      )}
    </header>
  );
};

/** A line that fills up while work is under way, and its words for who cannot see it. */
export const Progress = (): JSX.Element => {
  const phase = usePanel().store.phase.value;
  const text = phaseText(phase);
  const part = 'total' in phase && phase.total > 0 ? phase.done / phase.total : undefined;
  return (
    <div class="progress" role="progressbar" aria-label={text === '' ? 'At rest' : text} aria-valuetext={text} hidden={text === ''}>
      <div
        class={part === undefined ? 'progress-part unknown' : 'progress-part'}
        style={{ width: part === undefined ? '100%' : `${100 * part}%` }}
      />
      <span class="progress-text">{text}</span>
    </div>
  );
};
