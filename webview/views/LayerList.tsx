import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { StepInfo } from '../engine/contract/program';
import type { LayerRan } from '../engine/contract/run';
import { Bitmap } from './Bitmap';
import { usePanel } from './context';
import { showParams, showSizes, showTime } from './words';

const rowId = (key: string): string => `layer-${key}`;

/** All layers in the order in which they run; the arrow keys go through them, Enter moves the caret to the layer's line. */
export const LayerList = (): JSX.Element => {
  const { store, controller } = usePanel();
  const steps = store.built.value?.steps ?? [];
  const selected = store.selected.value;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = selected === undefined ? null : document.getElementById(rowId(selected));
    row?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [selected]);
  const press = (event: KeyboardEvent): void => {
    const at = steps.findIndex((step) => step.key === selected);
    const next = nextIndex(event.key, at, steps.length);
    const step = steps[next ?? at];
    if ((next === undefined && event.key !== 'Enter') || !step) return;
    event.preventDefault();
    controller.choose(step.key, event.key === 'Enter');
  };
  return (
    <nav class="layers" aria-label="Layers">
      <div
        class="layer-list"
        role="listbox"
        aria-label="Layers"
        aria-activedescendant={selected === undefined ? undefined : rowId(selected)}
        tabIndex={0}
        ref={list}
        onKeyDown={press}
      >
        {steps.map((step) => (
          <LayerRow
            key={step.key}
            step={step}
            ran={store.rows.value.get(step.key)}
            selected={step.key === selected}
            choose={(focus) => controller.choose(step.key, focus)}
          />
        ))}
      </div>
    </nav>
  );
};

const nextIndex = (key: string, at: number, count: number): number | undefined => {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return Math.min(count - 1, at + 1);
    case 'ArrowUp':
    case 'ArrowLeft':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
};

interface LayerRowProps {
  readonly step: StepInfo;
  readonly ran: LayerRan | undefined;
  readonly selected: boolean;
  readonly choose: (focus: boolean) => void;
}

const LayerRow = ({ step, ran, selected, choose }: LayerRowProps): JSX.Element => {
  const stop = ran?.stop ?? step.stop;
  const unreached = ran?.unreached ?? step.unreached;
  const state = stop !== undefined ? 'stopped' : unreached ? 'unreached' : 'runs';
  return (
    <div
      id={rowId(step.key)}
      class={`row ${state}`}
      role="option"
      aria-selected={selected}
      aria-label={rowText(step, stop, unreached)}
      data-layer={step.name}
      data-key={step.key}
      onClick={() => choose(false)}
      onDblClick={() => choose(true)}
    >
      <span class="row-name">
        {step.path.length > 0 && <span class="row-path">{step.path.join(' / ')} / </span>}
        {step.name}
        <span class="row-class">{step.className}</span>
      </span>
      {state === 'runs' ? (
        <>
          <span class="row-shape">{showSizes(step.shape)}</span>
          <span class="row-params">{step.className === 'InputLayer' ? '' : showParams(step)}</span>
          <span class="row-maps">
            <Bitmap bitmap={ran?.thumbnail} aria-hidden="true" />
          </span>
          <span class="row-time">{ran && ran.milliseconds > 0 ? showTime(ran.milliseconds) : ''}</span>
        </>
      ) : (
        <>
          <span class="row-shape">{step.read?.shape}</span>
          <span class="row-params">{step.read?.params}</span>
          <span class="row-stop" title={stop}>
            {stop === undefined ? 'not reached' : 'did not run'}
          </span>
        </>
      )}
    </div>
  );
};

const rowText = (step: StepInfo, stop: string | undefined, unreached: boolean): string => {
  const what = [...step.path, step.name].join(' / ');
  if (stop !== undefined) return `${what}, ${step.className}, did not run: ${stop}`;
  if (unreached) return `${what}, ${step.className}, not reached`;
  return `${what}, ${step.className}, ${showSizes(step.shape)}, ${showParams(step)} parameters`;
};
