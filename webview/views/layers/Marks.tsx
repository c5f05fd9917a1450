import type { JSX } from 'preact';
import type { StepInfo } from '../../engine/contract/program';
import { usePanel } from '../context';
import { unitsText } from '../../state/unitWords';

/** What is odd about a layer, in a few words behind its class. */
export const Marks = ({ step }: { readonly step: StepInfo }): JSX.Element | null => {
  const report = usePanel().units.reports.value.get(step.key);
  const text = report && unitsText(report);
  return text === undefined ? null : <span class="mark"> · {text}</span>;
};
