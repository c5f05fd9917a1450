import type { JSX } from 'preact';
import { usePanel } from './context';
import { GivenValues } from './GivenValues';
import { Icon } from './Icon';
import { LoadWeights } from './weights/LoadWeights';
import { backendBadge, backendTitle, phaseText, showTime, weightsBadge, weightsTitle } from './words';

/** Which model, where it stands, what it runs on, with which weights, and whether it follows its source. */
export const Header = (): JSX.Element => {
  const { store } = usePanel();
  const model = store.model.value;
  const backend = store.backend.value;
  const built = store.built.value;
  return (
    <header class="header">
      <h1 class="title" title={`${model?.title ?? ''}, ${model?.file ?? ''} line ${model?.line ?? ''}`}>
        <span>{model?.title}</span>
        <span class="place">
          {model?.file}:{model?.line}
        </span>
      </h1>
      <div class="header-parts">
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
        <Live />
        <Lock />
      </div>
    </header>
  );
};

/** Whether the panel follows edits of the source, and how long its last run took. */
const Live = (): JSX.Element => {
  const { store, following } = usePanel();
  const ran = store.ran.value;
  const backend = store.backend.value;
  const live = following.live.value;
  const compiles = ran?.first === true && (backend?.name === 'webgpu' || backend?.name === 'webgl');
  const time = ran && `${compiles ? 'first run ' : ''}${showTime(ran.milliseconds)}`;
  const about = [
    live ? 'The model runs again while its source is edited. Click to hold it.' : 'Edits of the source wait. Click to follow them.',
    ...(ran ? [`The last run took ${showTime(ran.milliseconds)} in the layers, drawing not included.`] : []),
    ...(compiles ? ['A first run on a GPU also compiles its programs.'] : []),
  ];
  return (
    <button type="button" class="live" aria-pressed={live} title={about.join('\n')} onClick={() => following.setLive(!live)}>
      <span class="live-dot" aria-hidden="true" />
      live{time !== undefined && <span class="time"> {time}</span>}
    </button>
  );
};

/** Keeps the shown model while the caret goes to another. */
const Lock = (): JSX.Element => {
  const { following } = usePanel();
  const locked = following.locked.value;
  return (
    <button
      type="button"
      class="tool"
      aria-pressed={locked}
      aria-label="Keep this model"
      title={
        locked
          ? 'This model stays while the caret goes to others. Click to follow the caret.'
          : 'The panel shows the model that the caret is in. Click to keep this one.'
      }
      onClick={() => following.setLocked(!locked)}
    >
      <Icon name={locked ? 'lock' : 'unlock'} />
    </button>
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
