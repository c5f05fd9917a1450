import type { JSX } from 'preact';
import type { Statistics } from '../../draw/painter';
import { isFlat } from '../../draw/scale';
import type { StepInfo } from '../../engine/contract/program';
import { usePanel } from '../context';
import { Hover } from '../pixel/Hover';
import { showValue } from '../words';
import { Legend } from './Legend';
import { Tiles } from './Tiles';
import { Toolbar } from './Toolbar';
import { WeightSheets } from './WeightSheets';

/** The maps of the selected layer, with their scale and figures. */
export const Maps = ({ step }: { readonly step: StepInfo }): JSX.Element => {
  const { store, drawing } = usePanel();
  const picture = store.picture.value?.key === step.key ? store.picture.value : undefined;
  const read = drawing.figures.value;
  // The output's own figures are known for every layer; those of anything else are read with its maps.
  const figures = read?.layer ?? (picture?.shows === 'output' ? store.numbers.value?.figures[step.key] : undefined);
  const maps = picture ? store.maps.value : [];
  const { scale } = store.arranged.value;
  const several = (step.layout?.count ?? 1) > 1;
  return (
    <>
      <div class="tools">
        <Toolbar step={step} picture={picture} />
      </div>
      <div class="scale-line">
        <Legend own={several && scale === 'own'} figures={figures} gray={picture?.look.map === 'gray'} />
        <p class="figures" title={figures && figuresText(figures, maps)}>
          {figures ? figuresText(figures, maps) : '\u00a0'}
        </p>
      </div>
      {picture?.layout.kind === 'sequence' && <p class="axes">Steps to the right, features down.</p>}
      <Hover step={step} />
      <Tiles step={step} figures={figures} />
      <WeightSheets />
    </>
  );
};

const figuresText = (figures: Statistics, maps: readonly Statistics[]): string => {
  const flat = maps.length > 1 ? maps.filter((map) => isFlat(figures, map)).length : 0;
  const zeros = figures.zeros / Math.max(1, figures.count);
  const parts = [
    `mean ${showValue(figures.mean)}`,
    `std ${showValue(figures.std)}`,
    ...(zeros > 0 ? [`${zeros < 0.01 ? '<1' : Math.round(100 * zeros)} % zeros`] : []),
    ...(figures.nans > 0 ? [`${figures.nans.toLocaleString('en-US')} NaN`] : []),
    ...(figures.infinities > 0 ? [`${figures.infinities.toLocaleString('en-US')} infinite`] : []),
    ...(flat > 0 ? [`${flat} of ${maps.length} maps flat`] : []),
  ];
  return parts.join(' · ');
};
