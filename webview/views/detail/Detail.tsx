import type { JSX } from 'preact';
import type { StepInfo } from '../../engine/contract/program';
import { usePanel } from '../context';
import { editSentence } from '../editWords';
import { SavePicture } from '../SavePicture';
import { Calls } from './Calls';
import { UnitNote } from './UnitNote';
import { showParams, showSizes } from '../words';
import { shownTab, tabsFor } from './tabs';

/** The selected layer: what it is, and the view of it that the person chose. */
export const Detail = (): JSX.Element | null => {
  const { store } = usePanel();
  const step = store.selectedStep.value;
  if (!step) return null;
  const ran = store.rows.value.get(step.key);
  const stop = ran?.stop ?? step.stop;
  return (
    <section class="detail" aria-label={`Layer ${step.name}`}>
      <Heading step={step} fallback={ran?.fallback} />
      <UnitNote step={step} />
      {stop !== undefined || step.unreached || ran?.unreached ? <NotRun stop={stop} /> : <Shown step={step} />}
    </section>
  );
};

/** The tabs that this layer has, and the view behind the chosen one. */
const Shown = ({ step }: { readonly step: StepInfo }): JSX.Element => {
  const { store, arrangement } = usePanel();
  const tabs = tabsFor(step);
  const tab = shownTab(step, store.arranged.value.tab);
  const { View } = tab;
  const move = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
    if (by === 0 || !next) return;
    event.preventDefault();
    arrangement.change({ tab: next.id });
    document.getElementById(`tab-${next.id}`)?.focus();
  };
  return (
    <>
      <div class="tab-row">
        <div class="tabs" role="tablist" aria-label="Views of the layer" onKeyDown={move}>
          {tabs.map(({ id, label }) => (
            <button
              key={id}
              id={`tab-${id}`}
              type="button"
              role="tab"
              aria-selected={id === tab.id}
              aria-controls="tab-panel"
              tabIndex={id === tab.id ? 0 : -1}
              onClick={() => arrangement.change({ tab: id })}
            >
              {label}
            </button>
          ))}
        </div>
        <SavePicture of="tab-panel" name={`${step.name} ${tab.label}`} />
      </div>
      <div id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab.id}`}>
        <View step={step} />
      </div>
    </>
  );
};

const Heading = ({ step, fallback }: { readonly step: StepInfo; readonly fallback: string | undefined }): JSX.Element => {
  const { controller } = usePanel();
  const { site } = step;
  const edited = editSentence(step);
  const parts = [
    showSizes(step.shape),
    step.shared ? 'shared weights' : `${showParams(step)} params`,
    ...(step.activation === undefined ? [] : [step.activation]),
    ...(fallback === undefined ? [] : [fallback]),
    ...(edited === undefined ? [] : [edited]),
  ];
  return (
    <div class="heading">
      <h2>
        {step.name}
        <span class="heading-class">{step.className}</span>
      </h2>
      <p class="heading-parts">
        {parts.join(' · ')}
        {site && (
          <>
            {' · '}
            <button type="button" class="quiet" title="Mark the line that made this layer" onClick={() => controller.reveal(step.key)}>
              line {site.line}
            </button>
          </>
        )}
        <Calls step={step} />
      </p>
    </div>
  );
};

const NotRun = ({ stop }: { readonly stop: string | undefined }): JSX.Element => (
  <p class="not-run">
    {stop === undefined ? 'This layer was not reached: a layer before it did not run.' : `This layer did not run: ${stop}`}
  </p>
);
