import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PixelReport } from '../../engine/contract/pixel';
import type { WindowValues } from '../../engine/pixel/arithmeticTypes';
import { showValue } from '../words';
import { drawValues } from './paint';

/** Windows up to this many values a side are written out as numbers. */
const WRITTEN = 5;
const SIDE = 120;

/** The window on one input channel beside the kernel's values for it. */
export const Window = ({ report }: { readonly report: PixelReport }): JSX.Element | null => {
  const { window: found } = report.recomputed.arithmetic;
  if (!found) return null;
  const of = found.channel;
  return (
    <figure class="window">
      <div class="window-pair">
        <Grid window={found} values={found.values} name={`Window on channel ${of}`} />
        {found.weights.length > 0 && (
          <>
            <span class="times" aria-hidden="true">
              ×
            </span>
            <Grid window={found} values={found.weights} name={`Kernel for channel ${of}`} />
          </>
        )}
      </div>
      <figcaption>
        {found.weights.length > 0
          ? `Channel ${of}. The kernel lies on the window as it is, not flipped: TensorFlow.js cross-correlates.`
          : `Channel ${of}.`}
      </figcaption>
    </figure>
  );
};

interface GridProps {
  readonly window: WindowValues;
  readonly values: readonly number[];
  readonly name: string;
}

const Grid = ({ window: { rows, columns, winner }, values, name }: GridProps): JSX.Element => {
  if (rows > WRITTEN || columns > WRITTEN) return <Picture rows={rows} columns={columns} values={values} name={name} />;
  return (
    <table class="grid" aria-label={name}>
      <tbody>
        {Array.from({ length: rows }, (_, row) => (
          <tr key={row}>
            {values.slice(row * columns, (row + 1) * columns).map((value, column) => (
              <td key={column} class={row * columns + column === winner ? 'winner' : ''}>
                {Number.isNaN(value) ? <i title="padding">pad</i> : showValue(value)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Picture = ({
  rows,
  columns,
  values,
  name,
}: Pick<WindowValues, 'rows' | 'columns'> & Pick<GridProps, 'values' | 'name'>): JSX.Element => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const { current } = canvas;
    if (!current) return;
    drawValues(current, values, columns, rows);
    const zoom = Math.max(1, Math.floor(SIDE / Math.max(rows, columns)));
    current.style.width = `${columns * zoom}px`;
    current.style.height = `${rows * zoom}px`;
  }, [values, rows, columns]);
  const finite = values.filter(Number.isFinite);
  const text = `${name}, ${rows} by ${columns}, from ${showValue(Math.min(...finite))} to ${showValue(Math.max(...finite))}`;
  return <canvas ref={canvas} role="img" aria-label={text} title={text} />;
};
