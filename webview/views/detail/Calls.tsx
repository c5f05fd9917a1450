import type { JSX } from 'preact';
import type { StepInfo } from '../../engine/contract/program';
import { callBeside } from '../../state/calls';
import { usePanel } from '../context';

/** Which of the layers that its line made this one is, and the way to the others. */
export const Calls = ({ step }: { readonly step: StepInfo }): JSX.Element | null => {
  const { controller, layers } = usePanel();
  const { site } = step;
  if (!site || site.of < 2) return null;
  const button = (by: 1 | -1, sign: string, name: string): JSX.Element => {
    const other = callBeside(layers.steps.value, step, by);
    return (
      <button type="button" aria-label={name} title={name} disabled={!other} onClick={() => other && controller.choose(other.key, false)}>
        {sign}
      </button>
    );
  };
  return (
    <span class="calls" role="group" aria-label="Layers of this line">
      call {site.call + 1} of {site.of} {button(-1, '◀', 'The layer of the call before')}
      {button(1, '▶', 'The layer of the next call')}
    </span>
  );
};
