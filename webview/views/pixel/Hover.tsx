import type { JSX } from 'preact';
import type { StepInfo } from '../../engine/contract/program';
import { usePanel } from '../context';
import { exact, placeText } from './words';

/** The value under the pointer, in a line that is always there so that nothing moves. A button opens the dock for those who do not point. */
export const Hover = ({ step }: { readonly step: StepInfo }): JSX.Element => {
  const { pixel } = usePanel();
  const at = pixel.hovering.value;
  const { value, loading } = pixel.hover.state.value;
  const { layout } = step;
  return (
    <p class="hover">
      {at?.key === step.key ? (
        <span data-hover>
          {placeText(layout, at)}
          {value !== undefined && `: ${exact(value)}`}
          {value === undefined && loading ? ': …' : ''}
        </span>
      ) : (
        layout && (
          <button
            type="button"
            class="quiet"
            onClick={() =>
              pixel.choose({ key: step.key, map: 0, row: Math.floor(layout.height / 2), column: Math.floor(layout.width / 2) })
            }
          >
            Click a value to see how it comes about
          </button>
        )
      )}
    </p>
  );
};
