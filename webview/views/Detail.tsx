import type { JSX } from 'preact';
import type { Statistics } from '../draw/painter';
import { isFlat } from '../draw/scale';
import type { StepInfo } from '../engine/messages';
import { usePanel } from './context';
import { Legend } from './Legend';
import { Tiles } from './Tiles';
import { showParams, showSizes, showValue } from './words';

/** The selected layer: what it is, its figures, its scale and its maps. */
export const Detail = (): JSX.Element | null => {
  const { store } = usePanel();
  const step = store.selectedStep.value;
  if (!step) return null;
  const ran = store.rows.value.get(step.key);
  const stop = ran?.stop ?? step.stop;
  return (
    <section class="detail" aria-label={`Layer ${step.name}`}>
      <Heading step={step} />
      {stop !== undefined || step.unreached || ran?.unreached ? <NotRun stop={stop} /> : <Shown step={step} />}
    </section>
  );
};

const Heading = ({ step }: { readonly step: StepInfo }): JSX.Element => {
  const { site } = step;
  const parts = [
    showSizes(step.shape),
    step.shared ? 'shared weights' : `${showParams(step)} params`,
    ...(step.activation === undefined ? [] : [step.activation]),
    ...(site ? [`line ${site.line}${site.of > 1 ? ` (call ${site.call + 1} of ${site.of})` : ''}`] : []),
  ];
  return (
    <div class="heading">
      <h2>
        {step.name}
        <span class="heading-class">{step.className}</span>
      </h2>
      <span class="heading-parts">{parts.join(' · ')}</span>
    </div>
  );
};

const NotRun = ({ stop }: { readonly stop: string | undefined }): JSX.Element => (
  <p class="not-run">
    {stop === undefined ? 'This layer was not reached: a layer before it did not run.' : `This layer did not run: ${stop}`}
  </p>
);

const Shown = ({ step }: { readonly step: StepInfo }): JSX.Element => {
  const { store, controller } = usePanel();
  const figures = store.numbers.value?.figures[step.key];
  const maps = store.picture.value?.key === step.key ? store.maps.value : [];
  const { scale } = store.arranged.value;
  const several = (step.layout?.count ?? 1) > 1;
  return (
    <>
      <div class="tools">
        {several && (
          <div class="choice" role="radiogroup" aria-label="Scale">
            <span class="caption">Scale</span>
            {(['shared', 'own'] as const).map((one) => (
              <button
                key={one}
                type="button"
                role="radio"
                aria-checked={scale === one}
                title={one === 'shared' ? 'One scale for all maps of the layer' : 'Each map from its own smallest to its own largest value'}
                onClick={() => controller.setScale(one)}
              >
                {one}
              </button>
            ))}
          </div>
        )}
        <Legend own={several && scale === 'own'} figures={figures} gray={store.picture.value?.look.map === 'gray'} />
      </div>
      <p class="figures" title={figures && figuresText(step, figures, maps)}>
        {figures ? figuresText(step, figures, maps) : '\u00a0'}
      </p>
      <Tiles step={step} figures={figures} />
    </>
  );
};

const figuresText = (step: StepInfo, figures: Statistics, maps: readonly Statistics[]): string => {
  const flat = maps.length > 1 ? maps.filter((map) => isFlat(figures, map)).length : 0;
  const zeros = figures.zeros / Math.max(1, figures.count);
  const parts = [
    `mean ${showValue(figures.mean)}`,
    `std ${showValue(figures.std)}`,
    ...(zeros > 0 ? [`${zeros < 0.01 ? '<1' : Math.round(100 * zeros)} % zeros`] : []),
    ...(figures.nans > 0 ? [`${figures.nans.toLocaleString('en-US')} NaN`] : []),
    ...(figures.infinities > 0 ? [`${figures.infinities.toLocaleString('en-US')} infinite`] : []),
    ...(flat > 0 ? [`${flat} of ${maps.length} maps flat`] : []),
    ...((step.layout?.frames ?? 1) > 1 ? [`frame 1 of ${step.layout?.frames ?? 1}`] : []),
  ];
  return parts.join(' · ');
};
