import type { JSX } from 'preact';
import type { Statistics } from '../../draw/painter';
import { isFlat } from '../../draw/scale';
import type { StepInfo } from '../../engine/contract/program';
import { usePanel } from '../context';
import { Hover } from '../pixel/Hover';
import { showValue } from '../words';
import { Legend } from './Legend';
import { Tiles } from './Tiles';

/** The maps of the selected layer, with their scale and figures. */
export const Maps = ({ step }: { readonly step: StepInfo }): JSX.Element => {
  const { store, drawing } = usePanel();
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
                onClick={() => drawing.setScale(one)}
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
      <Hover step={step} />
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
