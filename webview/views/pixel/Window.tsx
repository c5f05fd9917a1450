import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PixelReport } from '../../engine/contract/pixel';
import { Grid } from './Grid';
import { Options } from './Options';

/** The window on one input channel beside the kernel's values for it, as it lies on the window or turned around. */
export const Window = ({ report }: { readonly report: PixelReport }): JSX.Element | null => {
  const [flipped, setFlipped] = useState(false);
  const { window: found } = report.recomputed.arithmetic;
  if (!found) return null;
  const of = found.channel;
  const hasKernel = found.weights.length > 0;
  return (
    <figure class="window">
      <div class="window-pair">
        <Grid window={found} values={found.values} name={`Window on channel ${of}`} />
        {hasKernel && (
          <>
            <span class="times" aria-hidden="true">
              {flipped ? '\u2217' : '×'}
            </span>
            <Grid
              window={found}
              values={flipped ? [...found.weights].reverse() : found.weights}
              name={`Kernel for channel ${of}${flipped ? ', flipped' : ''}`}
            />
          </>
        )}
      </div>
      <figcaption>
        Channel {of}.
        {hasKernel &&
          (flipped
            ? ' Shown flipped, as a convolution in mathematics writes its kernel; the products are the same.'
            : ' The kernel lies on the window as it is, not flipped: TensorFlow.js cross-correlates.')}
        <span class="options">
          <Options report={report} />
          {hasKernel && (
            <label class="check">
              <input type="checkbox" checked={flipped} onChange={({ currentTarget }) => setFlipped(currentTarget.checked)} />
              show flipped
            </label>
          )}
        </span>
      </figcaption>
    </figure>
  );
};
