import type { JSX } from 'preact';
import type { StepInfo } from '../../engine/contract/program';
import { usePanel } from '../context';
import { editsText, editText } from '../editWords';
import { unitsText } from '../../state/unitWords';

/** What is odd about a layer, and what the last edit did to it, in a few words behind its class. */
export const Marks = ({ step }: { readonly step: StepInfo }): JSX.Element => {
  const report = usePanel().units.reports.value.get(step.key);
  return (
    <>
      <Mark text={editText(step)} edit />
      <Mark text={report && unitsText(report)} />
    </>
  );
};

/** What the last edit did to the layers of a fold. */
export const FoldMarks = ({ steps }: { readonly steps: readonly StepInfo[] }): JSX.Element => <Mark text={editsText(steps)} edit />;

const Mark = ({ text, edit = false }: { readonly text: string | undefined; readonly edit?: boolean }): JSX.Element | null =>
  text === undefined ? null : <span class={edit ? 'mark edit-mark' : 'mark'}> · {text}</span>;
