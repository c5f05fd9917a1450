import type { JSX } from 'preact';
import type { StepInfo } from '../../engine/contract/program';
import { unitsSentence } from '../../state/unitWords';
import { usePanel } from '../context';

/** What was found of a layer's dead and duplicate units, and over which inputs. */
export const UnitNote = ({ step }: { readonly step: StepInfo }): JSX.Element | null => {
  const { store, units } = usePanel();
  const report = units.reports.value.get(step.key);
  const text = report && unitsSentence(step.name, report, store.built.value?.weights);
  return text === undefined ? null : <p class="unit-note">{text}</p>;
};
